#pragma once

#include <optional>

#include "analysis/stopping.hpp"
#include "outcome/outcome_sink.hpp"

namespace flywheel {

/// Ends a run as soon as P(net cohort ROAS >= target) is known to the goal.
///
/// Looks only at the rule's checkpoints and in the order of replications, so a run stops at the
/// same replication on any number of threads. A failed replication counts as one that misses the
/// target: it must not make the run stop earlier or look better. One that spent nothing on media
/// has no ROAS and does not count, as in the probability that the summary states.
class PrecisionStop : public OutcomeSink {
 public:
  PrecisionStop(const PrecisionGoal& goal, double target, OutcomeSink& next);

  Appetite take(Outcome outcome) override;

  /// The look that ended the run, else the rule's final look at what was taken so far; nothing
  /// when none of that was a try.
  [[nodiscard]] std::optional<Look> last_look() const;

 private:
  PrecisionRule rule_;
  double target_;
  OutcomeSink& next_;
  std::size_t index_{0};  ///< of the next checkpoint
  Tries tries_{0, 0};
  std::optional<Look> look_;  ///< that ended the run
};

}  // namespace flywheel
