#include "analysis/two_sample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "analysis/moments.hpp"
#include "analysis/quantiles.hpp"
#include "core/check.hpp"

namespace flywheel {
namespace {

double in_errors(double value, double standard_error) {
  if (value == 0.0) return 0.0;
  if (standard_error > 0.0) return value / standard_error;
  return std::copysign(std::numeric_limits<double>::infinity(), value);
}

template <typename Distribution>
double two_sided_p(const Distribution& distribution, double statistic) {
  if (std::isinf(statistic)) return 0.0;
  return 2.0 * boost::math::cdf(boost::math::complement(distribution, std::abs(statistic)));
}

/// Fourth moment over squared variance, each summed over both samples about their own means.
double pooled_kurtosis(const Moments& first, const Moments& second) {
  const auto square = [](const Moments& moments) {
    return moments.variance * (static_cast<double>(moments.count) - 1.0);
  };
  const auto fourth = [&](const Moments& moments) {
    return moments.kurtosis * square(moments) * square(moments) /
           static_cast<double>(moments.count);
  };
  const double count = static_cast<double>(first.count) + static_cast<double>(second.count);
  const double squares = square(first) + square(second);
  return count * (fourth(first) + fourth(second)) / (squares * squares);
}

double log_spread_variance(double kurtosis, std::size_t values) {
  const auto count = static_cast<double>(values);
  return std::max(0.0, kurtosis - (count - 3.0) / (count - 1.0)) / (4.0 * count);
}

}  // namespace

SampleDifference compare_means(std::span<const double> first, std::span<const double> second) {
  expect(first.size() >= 2 && second.size() >= 2, "means are compared over two values or more");
  const Moments one = compute_moments(first);
  const Moments two = compute_moments(second);
  const double one_square = one.variance / static_cast<double>(one.count);
  const double two_square = two.variance / static_cast<double>(two.count);
  const double square = one_square + two_square;
  const double value = one.mean - two.mean;
  const double errors = in_errors(value, std::sqrt(square));
  SampleDifference difference{.value = value,
                              .standard_error = std::sqrt(square),
                              .in_errors = errors,
                              .p_value = errors == 0.0 ? 1.0 : 0.0};
  if (square > 0.0) {
    const double degrees = square * square /
                           (one_square * one_square / (static_cast<double>(one.count) - 1.0) +
                            two_square * two_square / (static_cast<double>(two.count) - 1.0));
    difference.p_value = two_sided_p(boost::math::students_t{degrees}, errors);
  }
  return difference;
}

SampleDifference compare_spreads(std::span<const double> first, std::span<const double> second) {
  expect(first.size() >= 4 && second.size() >= 4, "spreads are compared over four values or more");
  const Moments one = compute_moments(first);
  const Moments two = compute_moments(second);
  expect(one.variance > 0.0 && two.variance > 0.0, "spreads are compared of values that vary");
  const double value = 0.5 * std::log(one.variance / two.variance);
  const double kurtosis = pooled_kurtosis(one, two);
  const double error = std::sqrt(log_spread_variance(kurtosis, one.count) +
                                 log_spread_variance(kurtosis, two.count));
  const double errors = in_errors(value, error);
  return {.value = value,
          .standard_error = error,
          .in_errors = errors,
          .p_value = two_sided_p(boost::math::normal{}, errors)};
}

double kolmogorov_tail(double x) {
  if (x <= 0.0) return 1.0;
  constexpr double pi = std::numbers::pi;
  double sum = 0.0;
  if (x < 1.18) {
    for (int term = 1; term <= 9; term += 2) {
      sum += std::exp(-pi * pi * term * term / (8.0 * x * x));
    }
    return 1.0 - std::sqrt(2.0 * pi) / x * sum;
  }
  for (int term = 1; term <= 5; ++term) {
    sum += (term % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * x * x * term * term);
  }
  return sum;
}

DistributionDistance compare_distributions(std::span<const double> first,
                                           std::span<const double> second) {
  expect(!first.empty() && !second.empty(), "distributions are compared over values");
  const std::vector<double> one = sorted_sample(first);
  const std::vector<double> two = sorted_sample(second);
  const auto one_count = static_cast<double>(one.size());
  const auto two_count = static_cast<double>(two.size());
  std::size_t in_one = 0;
  std::size_t in_two = 0;
  double distance = 0.0;
  while (in_one < one.size() && in_two < two.size()) {
    // Both pass all values equal to this one before the distance is taken: ties are no distance.
    const double at = std::min(one[in_one], two[in_two]);
    while (in_one < one.size() && one[in_one] == at) ++in_one;
    while (in_two < two.size() && two[in_two] == at) ++in_two;
    distance = std::max(distance, std::abs(static_cast<double>(in_one) / one_count -
                                           static_cast<double>(in_two) / two_count));
  }
  const double root = std::sqrt(one_count * two_count / (one_count + two_count));
  return {.statistic = distance,
          .p_value = kolmogorov_tail((root + 0.12 + 0.11 / root) * distance)};
}

std::vector<double> holm_adjusted(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return p_values[left] < p_values[right];
  });
  std::vector<double> adjusted(p_values.size());
  double highest = 0.0;
  for (std::size_t step = 0; step < order.size(); ++step) {
    const double scaled = static_cast<double>(order.size() - step) * p_values[order[step]];
    highest = std::max(highest, std::min(1.0, scaled));
    adjusted[order[step]] = highest;
  }
  return adjusted;
}

}  // namespace flywheel
