#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/probability.hpp"
#include "outcome/outcome_sink.hpp"

namespace flywheel {

/// Counts the outcomes of a run on their way.
class RunCounter : public OutcomeSink {
 public:
  RunCounter(double target_roas, OutcomeSink& next) : target_roas_{target_roas}, next_{next} {}

  Appetite take(Outcome outcome) override;

  [[nodiscard]] std::uint64_t done() const { return done_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }
  /// Of all, those that an earlier process played.
  [[nodiscard]] std::uint64_t kept() const { return kept_; }
  /// Futures with a ROAS, and those of them that reach the target.
  [[nodiscard]] Tries tries() const { return tries_; }
  [[nodiscard]] double target_roas() const { return target_roas_; }
  /// Why the first of the failed ones failed.
  [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }

 private:
  double target_roas_;
  OutcomeSink& next_;
  std::uint64_t done_{0};
  std::uint64_t failed_{0};
  std::uint64_t kept_{0};
  Tries tries_{0, 0};
  std::vector<std::string> failures_;
};

}  // namespace flywheel
