#pragma once

#include <span>
#include <vector>

namespace flywheel {

/// A figure of the first sample minus that of the second, and how surprising it is if both are
/// drawn from one distribution.
struct SampleDifference {
  double value;
  double standard_error;
  double in_errors;  ///< value / standard_error; 0 if both are 0, infinite if only the error is
  double p_value;    ///< two-sided
};

/// Difference of means, errors by Welch 1947: s1^2 / n1 + s2^2 / n2, Student's t with the
/// Satterthwaite degrees of freedom. At least two finite values each.
[[nodiscard]] SampleDifference compare_means(std::span<const double> first,
                                             std::span<const double> second);

/// Difference of the logarithms of the standard deviations: 0.05 means 5 % wider.
///
/// Var(log s) = (kurtosis - (n - 3) / (n - 1)) / (4 n) by the delta method, kurtosis pooled over
/// both samples about their own means (Layard 1973), so the error is right for skewed outputs,
/// where an F test is not; p by the normal law. At least four finite values each, not all equal.
[[nodiscard]] SampleDifference compare_spreads(std::span<const double> first,
                                               std::span<const double> second);

/// Largest distance between two empirical distribution functions.
struct DistributionDistance {
  double statistic;  ///< in [0, 1]
  double p_value;    ///< too large (never too small) when values are tied
};

/// Two-sample Kolmogorov-Smirnov test; at least one value each, no NaN, ties allowed.
///
/// p from the limit law at (sqrt(m) + 0.12 + 0.11 / sqrt(m)) D with m = n1 n2 / (n1 + n2)
/// (Stephens 1970): good to a few per cent of p from m = 10 on.
[[nodiscard]] DistributionDistance compare_distributions(std::span<const double> first,
                                                         std::span<const double> second);

/// P(K > x) for the Kolmogorov distribution: 2 sum (-1)^(k-1) exp(-2 k^2 x^2), and for small x its
/// theta-function transform, which converges where that series does not.
[[nodiscard]] double kolmogorov_tail(double x);

/// p-values adjusted for being a family (Holm 1979), in the order given: rejecting those at or
/// below a level keeps the chance of any false alarm at or below it, whatever their dependence.
[[nodiscard]] std::vector<double> holm_adjusted(std::span<const double> p_values);

}  // namespace flywheel
