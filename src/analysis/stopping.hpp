#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/probability.hpp"

namespace flywheel {

/// The k-th replication count, from k = 0, at which a run may stop: 200 * 1.25^k to the nearest
/// multiple of 50: 200, 250, 300, 400, 500, 600, 750, 950 ... Fixed, so that no other thread count,
/// goal or limit moves a checkpoint. k up to 100 (beyond 10^12).
[[nodiscard]] std::size_t checkpoint(std::size_t index);

/// What a run knows of its probability after some number of replications.
struct Look {
  Tries tries;
  double error_spent;  ///< chance, at most, that this look's interval misses the truth
  Interval interval;   ///< Clopper-Pearson at confidence 1 - error_spent
  bool precise_enough;
};

/// When to stop a run whose probability of success should be known to a half-width.
///
/// A rule that looks again and again and stops when it likes what it sees covers less than it says.
/// Here the permitted error, 1 - confidence, is spent over the checkpoints n_0 < n_1 < ... < N in
/// proportion to the replications between them (the linear spending function of Lan & DeMets 1983,
/// combined by the union bound instead of the joint normal law): look k misses with chance at
/// most (n_k - n_{k-1}) / N of it. N is the first checkpoint at which even the worst count meets
/// the goal.
///
/// Guarantee, exact at every sample size: with probability at least `confidence`, the intervals of
/// *all* looks contain the truth, hence also the one at which the run stops, whatever made it stop.
/// The price: about 1.7 times the replications of a single look planned in advance.
///
/// The decision depends on the outcomes in replication order alone, never on which came in first.
class PrecisionRule {
 public:
  explicit PrecisionRule(const PrecisionGoal& goal);

  /// Where the rule looks, ascending; at the last one it always stops.
  [[nodiscard]] std::span<const std::size_t> checkpoints() const { return checkpoints_; }

  /// The look at the checkpoint of this index.
  [[nodiscard]] Look look(std::size_t index, std::size_t successes) const;

  /// The look of a run that ends for another reason (its limit, a signal) after this many tries,
  /// not at a checkpoint or not stopped there. It may use all the error not spent by then; when
  /// that is decided by anything but the outcomes the guarantee holds for it too. At most N tries.
  [[nodiscard]] Look final_look(Tries tries) const;

  /// The first look that is precise enough, in the values of replications 0, 1, 2 ... ; none if
  /// they are too few. A success is a value at or above the target.
  [[nodiscard]] std::optional<Look> first_precise_look(std::span<const double> values,
                                                       double target) const;

 private:
  [[nodiscard]] Look look_at(Tries tries, double error) const;

  PrecisionGoal goal_;
  std::vector<std::size_t> checkpoints_;
};

}  // namespace flywheel
