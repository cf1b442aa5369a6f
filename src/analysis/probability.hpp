#pragma once

#include <cstddef>
#include <span>

#include "analysis/estimate.hpp"

namespace flywheel {

/// How many values reach the target (at or above it); NaN reaches nothing.
[[nodiscard]] std::size_t count_at_least(std::span<const double> values, double target);

/// z with P(|Z| <= z) = confidence for a standard normal Z; confidence in (0, 1).
[[nodiscard]] double two_sided_normal_quantile(double confidence);

/// t with P(|T| <= t) = confidence for Student's T of so many degrees of freedom, at least 1.
[[nodiscard]] double two_sided_student_quantile(double confidence, std::size_t degrees);

/// A number of successes in independent trials.
struct Tries {
  std::size_t successes;
  std::size_t trials;  ///< at least 1 and at least `successes`
};

/// Score interval: all p with |share - p| <= z sqrt(p (1 - p) / n) (Wilson 1927). Covers
/// `confidence` on average over p; the interval to show (Brown, Cai & DasGupta 2001).
[[nodiscard]] Interval wilson_interval(Tries tries, double confidence = 0.95);

/// Exact interval from beta quantiles (Clopper & Pearson 1934): covers at least `confidence`
/// whatever p; the interval for guarantees.
[[nodiscard]] Interval clopper_pearson_interval(Tries tries, double confidence = 0.95);

/// A probability with its error at 95 %.
struct ProbabilityEstimate {
  Tries tries;
  double value;           ///< successes / trials
  double standard_error;  ///< sqrt(value (1 - value) / trials); zero at 0 and 1, see the intervals
  Interval wilson;
  Interval clopper_pearson;
};

[[nodiscard]] ProbabilityEstimate estimate_probability(Tries tries);

/// P(X >= target).
[[nodiscard]] ProbabilityEstimate probability_at_least(std::span<const double> values,
                                                       double target);

/// What a probability should be known to.
struct PrecisionGoal {
  double half_width;        ///< in (0, 0.5)
  double confidence{0.95};  ///< in (0, 1)
};

/// Fewest trials whose Wilson interval at this share is no wider than the goal.
///
/// With u = z^2 / n the half-width h solves h^2 (1 + u)^2 = p (1 - p) u + u^2 / 4.
[[nodiscard]] std::size_t trials_for(const PrecisionGoal& goal, double share);

/// Trials still to come before the Wilson interval meets the goal, if the share stays as it is.
[[nodiscard]] std::size_t trials_still_needed(Tries tries, const PrecisionGoal& goal);

}  // namespace flywheel
