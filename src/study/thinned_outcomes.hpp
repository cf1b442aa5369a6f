#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "outcome/outcome_sink.hpp"
#include "results/outcome_table.hpp"

namespace flywheel {

/// Keeps outcomes for a look at a run that is going, in memory that has a bound: all of them, then
/// every second, fourth, eighth ... of those it was given, so that they are spread over the run.
class ThinnedOutcomes : public OutcomeSink {
 public:
  /// Holds at most so many bytes of rows and paths, but a thousand outcomes in any case.
  ThinnedOutcomes(const OutcomeShape& shape, std::size_t most_bytes);

  Appetite take(Outcome outcome) override;

  /// Outcomes given for one that is kept, a power of two.
  [[nodiscard]] std::size_t step() const { return step_; }
  [[nodiscard]] std::span<const Outcome> outcomes() const { return outcomes_; }
  [[nodiscard]] const OutcomeShape& shape() const { return shape_; }

 private:
  OutcomeShape shape_;
  std::size_t most_;
  std::size_t step_{1};
  std::size_t given_{0};
  std::vector<Outcome> outcomes_;
};

}  // namespace flywheel
