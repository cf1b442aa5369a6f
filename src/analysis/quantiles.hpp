#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analysis/estimate.hpp"

namespace flywheel {

/// The values in ascending order; breaks the contract on NaN, which has no place in an order.
[[nodiscard]] std::vector<double> sorted_sample(std::span<const double> values);

/// Rank, from 1, of the order statistic that stands for a quantile: ceil(n * share), at least 1.
///
/// A product within 1e-9 of a whole number counts as whole: 0.07 * 100 is 7, not 8.
[[nodiscard]] std::size_t quantile_rank(std::size_t count, double share);

/// The smallest value with at least `share` of the sample at or below it (Hyndman & Fan 1996, type
/// 1: the inverse of the empirical distribution function).
///
/// Always a value that occurred, so it is right for counts, for days that may be infinite, and for
/// risk measures, whose theory is that of the empirical distribution.
[[nodiscard]] double order_quantile(std::span<const double> sorted, double share);

/// Linear interpolation between order statistics at 1 + (n - 1) * share (Hyndman & Fan 1996, type
/// 7), as numpy, R and xarray do by default: the quantile to show, so that a notebook agrees.
[[nodiscard]] double interpolated_quantile(std::span<const double> sorted, double share);

/// Order statistics, by rank from 1, that bracket a quantile; none where the sample is too small.
struct RankInterval {
  std::optional<std::size_t> low;
  std::optional<std::size_t> high;
  double coverage;  ///< P(X_(low) <= quantile <= X_(high)) for a continuous X; more with ties
};

/// Narrowest equal-tailed pair of ranks with at most (1 - confidence) / 2 beyond either end.
///
/// Distribution-free and exact, from the binomial law of the number of values below the quantile:
/// P(X_(l) <= q < X_(u)) = P(l <= B < u), B ~ Binomial(n, share) (David & Nagaraja 2003, sec. 7.1).
[[nodiscard]] RankInterval quantile_rank_interval(std::size_t count, double share,
                                                  double confidence);

/// The two values at those ranks; an end without a rank is infinite.
[[nodiscard]] Interval quantile_interval(std::span<const double> sorted, double share,
                                         double confidence = 0.95);

/// Standard deviation of the order statistic of this rank over samples from the empirical
/// distribution: Maritz & Jarrett 1978, the exact bootstrap without resampling.
///
/// Weights are increments of the Beta(rank, n - rank + 1) distribution function. Too large on
/// average, by an order n^-1/2 (Hall & Martin 1988): conservative. Infinite with one value.
[[nodiscard]] double order_statistic_error(std::span<const double> sorted, std::size_t rank);

/// A quantile for display with its error.
struct QuantileEstimate {
  double share;
  double value;           ///< interpolated (type 7)
  double standard_error;  ///< Maritz-Jarrett, at rank ceil(n * share)
  Interval interval;      ///< distribution-free, at least 95 %
};

[[nodiscard]] QuantileEstimate estimate_quantile(std::span<const double> sorted, double share);

/// Shares of the quantiles in every summary.
inline constexpr std::array<double, 9> summary_shares{0.01, 0.05, 0.10, 0.25, 0.50,
                                                      0.75, 0.90, 0.95, 0.99};

/// One column of a run at a glance.
struct Summary {
  std::size_t count;
  double mean;
  double standard_deviation;
  double standard_error;  ///< of the mean
  double minimum;
  double maximum;
  std::array<QuantileEstimate, summary_shares.size()> quantiles;
};

/// Needs at least one value, all finite; the caller leaves failed replications out.
[[nodiscard]] Summary summarize(std::span<const double> values);

}  // namespace flywheel
