#include "random/deviance.hpp"

#include "core/elementary.hpp"

namespace flywheel {

namespace {
constexpr double half_log_of_two_pi = 0.91893853320467274178;
}  // namespace

double half_deviance(double x, double mean) {
  const double excess = (x - mean) / mean;
  if (x == 0.0) return mean;
  return mean * ((1.0 + excess) * portable_log1p(excess) - excess);
}

double log_poisson_probability(double count, double mean) {
  if (count == 0.0) return -mean;
  return -stirling_correction(count) - half_deviance(count, mean) -
         (half_log_of_two_pi + 0.5 * portable_log(count));
}

double log_binomial_probability(double count, double trials, double chance) {
  const double failures = trials - count;
  if (count == 0.0) return trials * portable_log1p(-chance);
  if (failures == 0.0) return trials * portable_log(chance);
  const double corrections =
      stirling_correction(trials) - stirling_correction(count) - stirling_correction(failures);
  const double deviances =
      half_deviance(count, trials * chance) + half_deviance(failures, trials * (1.0 - chance));
  const double variance = count * (failures / trials);
  return corrections - deviances - (half_log_of_two_pi + 0.5 * portable_log(variance));
}

}  // namespace flywheel
