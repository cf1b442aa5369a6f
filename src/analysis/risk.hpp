#pragma once

#include <cstddef>
#include <span>

#include "analysis/estimate.hpp"
#include "analysis/probability.hpp"

namespace flywheel {

/// A risk measure of a column of contributions, in the column's own unit; a loss is positive.
struct RiskEstimate {
  double value;
  double standard_error;
  Interval interval;  ///< 95 %
};

/// Value at risk: minus the lower `tail` quantile, interpolated as every quantile that is shown.
///
/// Standard error, of the order statistic -X_(ceil(n * tail)), by Maritz & Jarrett 1978; the
/// interval is distribution-free, from the binomial law of ranks (quantiles.hpp), and unbounded on
/// a side for which the sample is too small. `sorted`: finite contributions in ascending order, at
/// least one; tail in (0, 1).
[[nodiscard]] RiskEstimate value_at_risk(std::span<const double> sorted, double tail = 0.05);

/// Expected shortfall: the mean loss in the worst `tail` of futures, the mean beyond the value at
/// risk. For whole and fractional n * tail (Acerbi & Tasche 2002):
///
///     ES = -(X_(1) + ... + X_(w) + (n tail - w) X_(w+1)) / (n tail),   w = floor(n * tail)
///
/// so the observation on the boundary counts with the fraction of it that lies in the tail; ES is
/// then coherent and never below the value at risk. It equals the mean of the n pseudo-values
///
///     Y_i = V + max(0, -X_i - V) / tail,   V = -X_(ceil(n * tail))
///
/// whose variance over n is Manistre & Hancock 2005, (Var(loss | tail) + (1 - tail)
/// (ES - V)^2) / (n tail): the standard error. The Y are very skewed, hence the interval inverts
/// the cubic transform of Hall 1992 instead of the normal:
/// it reaches further on the side of the larger loss. The error is of order 1 / n tail: with less
/// than about 50 observations in the tail it is a guess, and it needs finite variance. With less
/// than `fewest_in_tail` whole ones nothing is known of it: error and ends of the interval are then
/// infinite. (Of one observation the formula would see no spread at all.)
[[nodiscard]] RiskEstimate expected_shortfall(std::span<const double> sorted, double tail = 0.05);

/// Below this number of observations in the tail an expected shortfall has no error.
inline constexpr std::size_t fewest_in_tail{5};

/// Observations that lie wholly in the lower `tail` of so many: floor(n * tail).
[[nodiscard]] std::size_t tail_count(std::size_t size, double tail = 0.05);

/// P(X < 0) over the futures.
[[nodiscard]] ProbabilityEstimate probability_of_loss(std::span<const double> contributions);

}  // namespace flywheel
