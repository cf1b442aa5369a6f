#pragma once

namespace flywheel {

/// x log(x / mean) + mean - x for x >= 0 and mean > 0: half the deviance of a Poisson count, the
/// term in which log-probabilities of counts cancel least (Loader 2000, function bd0). The error
/// is about |x - mean| / 2^53, where the textbook form with log-factorials loses x log x / 2^53:
/// all digits at a mean of 1e12.
[[nodiscard]] double half_deviance(double x, double mean);

/// Logarithm of the probability that a Poisson count of this mean is `count`; mean > 0.
[[nodiscard]] double log_poisson_probability(double count, double mean);

/// Logarithm of the probability of `count` successes in `trials` of probability `chance` in (0, 1).
[[nodiscard]] double log_binomial_probability(double count, double trials, double chance);

}  // namespace flywheel
