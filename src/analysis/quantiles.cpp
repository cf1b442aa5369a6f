#include "analysis/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/beta.hpp>

#include "analysis/moments.hpp"
#include "core/check.hpp"

namespace flywheel {
namespace {

using Precise = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

void expect_sample_and_share(std::size_t count, double share) {
  expect(count > 0, "a quantile is of at least one value");
  expect(share > 0.0 && share < 1.0, "a quantile's share lies between 0 and 1");
}

/// P(B <= threshold), B ~ Binomial(count, share), through the incomplete beta function.
double binomial_at_most(std::size_t threshold, std::size_t count, double share) {
  if (threshold >= count) return 1.0;
  const auto successes = static_cast<double>(threshold);
  const auto above = static_cast<double>(count - threshold);
  return boost::math::ibetac(successes + 1.0, above, share, Precise{});
}

/// Smallest rank r in 1 .. count with P(B <= r - 1) above the level; count + 1 if there is none.
std::size_t first_rank_above(double level, std::size_t count, double share) {
  std::size_t low = 1;
  std::size_t high = count + 1;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (binomial_at_most(middle - 1, count, share) > level) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

std::vector<double> sorted_sample(std::span<const double> values) {
  std::vector<double> sorted{values.begin(), values.end()};
  expect(std::none_of(sorted.begin(), sorted.end(), [](double value) { return std::isnan(value); }),
         "a sample to be ordered holds no NaN");
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::size_t quantile_rank(std::size_t count, double share) {
  expect_sample_and_share(count, share);
  const double rank = std::ceil(static_cast<double>(count) * share - 1e-9);
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::max(rank, 1.0)), 1, count);
}

double order_quantile(std::span<const double> sorted, double share) {
  return sorted[quantile_rank(sorted.size(), share) - 1];
}

double interpolated_quantile(std::span<const double> sorted, double share) {
  expect_sample_and_share(sorted.size(), share);
  const double position = static_cast<double>(sorted.size() - 1) * share;
  const auto below = static_cast<std::size_t>(position);
  const double fraction = position - static_cast<double>(below);
  if (fraction == 0.0 || sorted[below] == sorted[below + 1]) return sorted[below];
  return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}

RankInterval quantile_rank_interval(std::size_t count, double share, double confidence) {
  expect_sample_and_share(count, share);
  expect(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  const double tail = 0.5 * (1.0 - confidence);
  const std::size_t low = first_rank_above(tail, count, share) - 1;
  const std::size_t high = first_rank_above(1.0 - tail, count, share);
  const double below = low == 0 ? 0.0 : binomial_at_most(low - 1, count, share);
  const double reached = high > count ? 1.0 : binomial_at_most(high - 1, count, share);
  RankInterval ranks{.low = std::nullopt, .high = std::nullopt, .coverage = reached - below};
  if (low > 0) ranks.low = low;
  if (high <= count) ranks.high = high;
  return ranks;
}

Interval quantile_interval(std::span<const double> sorted, double share, double confidence) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const RankInterval ranks = quantile_rank_interval(sorted.size(), share, confidence);
  Interval interval{.low = -infinity, .high = infinity};
  if (ranks.low) interval.low = sorted[*ranks.low - 1];
  if (ranks.high) interval.high = sorted[*ranks.high - 1];
  return interval;
}

double order_statistic_error(std::span<const double> sorted, std::size_t rank) {
  expect(rank >= 1 && rank <= sorted.size(), "a rank counts from 1 to the size of the sample");
  if (sorted.size() == 1) return std::numeric_limits<double>::infinity();
  const auto count = static_cast<double>(sorted.size());
  const auto below = static_cast<double>(rank);
  const double above = count - below + 1.0;
  // Outside this window the weights are below 1e-15: eight deviations, or forty ranks at the ends.
  const double center = below / (count + 1.0);
  const double reach = 8.0 * std::sqrt(center * (1.0 - center) / (count + 2.0)) + 40.0 / count;
  const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(count * (center - reach))));
  const auto last = static_cast<std::size_t>(std::min(count, std::ceil(count * (center + reach))));

  const auto distribution = [&](std::size_t edge) {
    return boost::math::ibeta(below, above, static_cast<double>(edge) / count, Precise{});
  };
  double mean = 0.0;
  double square = 0.0;
  double reached = distribution(first);
  for (std::size_t index = first; index < last; ++index) {
    const double next = distribution(index + 1);
    const double deviation = sorted[index] - sorted[rank - 1];
    mean += (next - reached) * deviation;
    square += (next - reached) * deviation * deviation;
    reached = next;
  }
  return std::sqrt(std::max(0.0, square - mean * mean));
}

QuantileEstimate estimate_quantile(std::span<const double> sorted, double share) {
  return {.share = share,
          .value = interpolated_quantile(sorted, share),
          .standard_error = order_statistic_error(sorted, quantile_rank(sorted.size(), share)),
          .interval = quantile_interval(sorted, share)};
}

Summary summarize(std::span<const double> values) {
  const Moments moments = compute_moments(values);
  const std::vector<double> sorted = sorted_sample(values);
  Summary summary{.count = moments.count,
                  .mean = moments.mean,
                  .standard_deviation = moments.standard_deviation(),
                  .standard_error = moments.standard_error(),
                  .minimum = sorted.front(),
                  .maximum = sorted.back(),
                  .quantiles = {}};
  std::transform(summary_shares.begin(), summary_shares.end(), summary.quantiles.begin(),
                 [&](double share) { return estimate_quantile(sorted, share); });
  return summary;
}

}  // namespace flywheel
