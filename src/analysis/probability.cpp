#include "analysis/probability.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>

#include "core/check.hpp"

namespace flywheel {
namespace {

void expect_tries(Tries tries) {
  expect(tries.trials > 0, "a probability is estimated from at least one trial");
  expect(tries.successes <= tries.trials, "there are no more successes than trials");
}

}  // namespace

std::size_t count_at_least(std::span<const double> values, double target) {
  return static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [=](double value) { return value >= target; }));
}

double two_sided_normal_quantile(double confidence) {
  expect(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  // From the upper tail, which keeps its digits for confidences near one.
  return boost::math::quantile(
      boost::math::complement(boost::math::normal{}, 0.5 * (1.0 - confidence)));
}

double two_sided_student_quantile(double confidence, std::size_t degrees) {
  expect(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  expect(degrees > 0, "Student's t has a degree of freedom or more");
  const boost::math::students_t law{static_cast<double>(degrees)};
  return boost::math::quantile(boost::math::complement(law, 0.5 * (1.0 - confidence)));
}

Interval wilson_interval(Tries tries, double confidence) {
  expect_tries(tries);
  const double z = two_sided_normal_quantile(confidence);
  const auto trials = static_cast<double>(tries.trials);
  const double share = static_cast<double>(tries.successes) / trials;
  const double shrink = 1.0 + z * z / trials;
  const double center = (share + 0.5 * z * z / trials) / shrink;
  const double reach =
      z / shrink * std::sqrt(share * (1.0 - share) / trials + 0.25 * z * z / (trials * trials));
  // At 0 and n the end is exact by theory but not by rounding.
  return {.low = tries.successes == 0 ? 0.0 : center - reach,
          .high = tries.successes == tries.trials ? 1.0 : center + reach};
}

Interval clopper_pearson_interval(Tries tries, double confidence) {
  expect_tries(tries);
  expect(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  const double tail = 0.5 * (1.0 - confidence);
  const auto successes = static_cast<double>(tries.successes);
  const auto failures = static_cast<double>(tries.trials - tries.successes);
  return {
      .low = tries.successes == 0 ? 0.0 : boost::math::ibeta_inv(successes, failures + 1.0, tail),
      .high = tries.successes == tries.trials
                  ? 1.0
                  : boost::math::ibetac_inv(successes + 1.0, failures, tail)};
}

ProbabilityEstimate estimate_probability(Tries tries) {
  expect_tries(tries);
  const auto trials = static_cast<double>(tries.trials);
  const double share = static_cast<double>(tries.successes) / trials;
  return {.tries = tries,
          .value = share,
          .standard_error = std::sqrt(share * (1.0 - share) / trials),
          .wilson = wilson_interval(tries),
          .clopper_pearson = clopper_pearson_interval(tries)};
}

ProbabilityEstimate probability_at_least(std::span<const double> values, double target) {
  return estimate_probability(
      {.successes = count_at_least(values, target), .trials = values.size()});
}

std::size_t trials_for(const PrecisionGoal& goal, double share) {
  expect(goal.half_width > 0.0 && goal.half_width < 0.5, "a half-width lies between 0 and 0.5");
  expect(share >= 0.0 && share <= 1.0, "a share lies between 0 and 1");
  const double z = two_sided_normal_quantile(goal.confidence);
  const double square = goal.half_width * goal.half_width;
  // (1/4 - h^2) u^2 + (p (1 - p) - 2 h^2) u - h^2 = 0 has one positive root.
  const double leading = 0.25 - square;
  const double middle = share * (1.0 - share) - 2.0 * square;
  const double root =
      (-middle + std::sqrt(middle * middle + 4.0 * leading * square)) / (2.0 * leading);
  return static_cast<std::size_t>(std::ceil(z * z / root));
}

std::size_t trials_still_needed(Tries tries, const PrecisionGoal& goal) {
  expect_tries(tries);
  const std::size_t needed =
      trials_for(goal, static_cast<double>(tries.successes) / static_cast<double>(tries.trials));
  return needed > tries.trials ? needed - tries.trials : 0;
}

}  // namespace flywheel
