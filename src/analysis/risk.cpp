#include "analysis/risk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "analysis/moments.hpp"
#include "analysis/quantiles.hpp"
#include "core/check.hpp"

namespace flywheel {
namespace {

/// Inverse of g(t) = t + c t^2 / 3 + c^2 t^3 / 27 + c / (6 n), Hall's transform of the studentized
/// mean t (not scaled by sqrt n) with sample skewness c; sqrt(n) g(t) is nearly standard normal.
double undo_skewness(double transformed, double skewness, double count) {
  const double shifted = transformed - skewness / (6.0 * count);
  if (std::abs(skewness) < 1e-6) return shifted;
  return 3.0 / skewness * (std::cbrt(1.0 + skewness * shifted) - 1.0);
}

}  // namespace

RiskEstimate value_at_risk(std::span<const double> sorted, double tail) {
  const std::size_t rank = quantile_rank(sorted.size(), tail);
  const Interval interval = quantile_interval(sorted, tail);
  return {.value = -interpolated_quantile(sorted, tail),
          .standard_error = order_statistic_error(sorted, rank),
          .interval = {.low = -interval.high, .high = -interval.low}};
}

std::size_t tail_count(std::size_t size, double tail) {
  return static_cast<std::size_t>(static_cast<double>(size) * tail);
}

RiskEstimate expected_shortfall(std::span<const double> sorted, double tail) {
  const double boundary_loss = -order_quantile(sorted, tail);
  std::vector<double> pseudo_values(sorted.size());
  std::transform(sorted.begin(), sorted.end(), pseudo_values.begin(), [=](double contribution) {
    return boundary_loss + std::max(0.0, -contribution - boundary_loss) / tail;
  });
  const Moments moments = compute_moments(pseudo_values);
  if (tail_count(sorted.size(), tail) < fewest_in_tail) {
    constexpr double unknown = std::numeric_limits<double>::infinity();
    return {.value = moments.mean,
            .standard_error = unknown,
            .interval = {.low = -unknown, .high = unknown}};
  }
  const auto count = static_cast<double>(moments.count);
  const double z = two_sided_normal_quantile(0.95) / std::sqrt(count);
  const double spread = moments.standard_deviation();
  return {.value = moments.mean,
          .standard_error = moments.standard_error(),
          .interval = {.low = moments.mean - spread * undo_skewness(z, moments.skewness, count),
                       .high = moments.mean - spread * undo_skewness(-z, moments.skewness, count)}};
}

ProbabilityEstimate probability_of_loss(std::span<const double> contributions) {
  const auto losses = std::count_if(contributions.begin(), contributions.end(),
                                    [](double contribution) { return contribution < 0.0; });
  return estimate_probability(
      {.successes = static_cast<std::size_t>(losses), .trials = contributions.size()});
}

}  // namespace flywheel
