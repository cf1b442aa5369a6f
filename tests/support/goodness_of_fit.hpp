#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "support/plausible.hpp"

namespace flywheel::test {

/// Probability that a chi-square variate exceeds `statistic`.
[[nodiscard]] double chi_square_survival(double statistic, double degrees_of_freedom);

/// Probability that Kolmogorov's statistic, sqrt(n) times the largest distance for large n,
/// exceeds `statistic`.
[[nodiscard]] double kolmogorov_survival(double statistic);

/// Can a sample come from a continuous distribution? Kolmogorov-Smirnov with Stephens' correction
/// for finite n (1970). Rejects below the p-value of five standard errors.
[[nodiscard]] Verdict fits_distribution(std::vector<double> sample,
                                        const std::function<double(double)>& distribution);

/// Can counts have these probabilities? Pearson's chi-square; neighboring cells are joined until
/// at least ten are expected in each. The probabilities must cover everything that can happen.
[[nodiscard]] Verdict fits_frequencies(std::span<const std::uint64_t> counts,
                                       std::span<const double> probabilities);

/// Can whole numbers come from a discrete distribution? Counts 0 ... highest one by one, the rest
/// in one cell; `probability` gives that of each.
[[nodiscard]] Verdict fits_counts(std::span<const std::uint64_t> sample,
                                  const std::function<double(std::uint64_t)>& probability);

/// Can pairs of uniform numbers be independent? Chi-square over a 16 by 16 table.
[[nodiscard]] Verdict fits_unit_square(std::span<const double> first,
                                       std::span<const double> second);

}  // namespace flywheel::test
