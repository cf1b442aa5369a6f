#include "support/goodness_of_fit.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>
#include <fmt/format.h>

#include "core/check.hpp"

namespace flywheel::test {

double chi_square_survival(double statistic, double degrees_of_freedom) {
  return boost::math::gamma_q(0.5 * degrees_of_freedom, 0.5 * statistic);
}

double kolmogorov_survival(double statistic) {
  if (statistic < 0.3) return 1.0;  // the series converges slowly there; the value is 1 - 1e-5
  double sum = 0.0;
  for (int k = 1; k < 100; ++k) {
    sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * statistic * statistic);
  }
  return std::clamp(sum, 0.0, 1.0);
}

Verdict fits_distribution(std::vector<double> sample,
                          const std::function<double(double)>& distribution) {
  expect(!sample.empty(), "a sample has values");
  std::sort(sample.begin(), sample.end());
  const auto count = static_cast<double>(sample.size());
  double distance = 0.0;
  for (std::size_t at = 0; at < sample.size(); ++at) {
    const double below = distribution(sample[at]);
    const double rank = static_cast<double>(at);
    distance = std::max({distance, below - rank / count, (rank + 1.0) / count - below});
  }
  const double root = std::sqrt(count);
  const double p_value = kolmogorov_survival(distance * (root + 0.12 + 0.11 / root));
  return {p_value >= smallest_plausible_p_value,
          fmt::format("Kolmogorov-Smirnov distance {:.4g} of {} values: p-value {:.3g}", distance,
                      sample.size(), p_value)};
}

Verdict fits_frequencies(std::span<const std::uint64_t> counts,
                         std::span<const double> probabilities) {
  expect(counts.size() == probabilities.size(), "each count has a probability");
  double total = 0.0;
  for (const std::uint64_t count : counts) total += static_cast<double>(count);
  constexpr double smallest_expectation = 10.0;
  double statistic = 0.0;
  int cells = 0;
  double seen = 0.0;
  double expected = 0.0;
  double remaining = total;  // expected in the cells not yet closed
  for (std::size_t at = 0; at < counts.size(); ++at) {
    seen += static_cast<double>(counts[at]);
    expected += total * probabilities[at];
    const bool last = at + 1 == counts.size();
    // The last cell takes what is left, so a tail too thin for a cell of its own is not lost.
    if (!last && (expected < smallest_expectation || remaining - expected < smallest_expectation))
      continue;
    statistic += (seen - expected) * (seen - expected) / expected;
    remaining -= expected;
    seen = expected = 0.0;
    ++cells;
  }
  expect(cells >= 2, "a chi-square test needs two cells");
  const double p_value = chi_square_survival(statistic, cells - 1);
  return {
      p_value >= smallest_plausible_p_value,
      fmt::format("chi-square {:.4g} with {} cells: p-value {:.3g}", statistic, cells, p_value)};
}

Verdict fits_counts(std::span<const std::uint64_t> sample,
                    const std::function<double(std::uint64_t)>& probability) {
  const auto [lowest, highest] = std::minmax_element(sample.begin(), sample.end());
  const std::uint64_t first = *lowest;
  std::vector<std::uint64_t> counts(*highest - first + 3);
  std::vector<double> probabilities(counts.size());
  for (const std::uint64_t value : sample) ++counts[value - first + 1];
  double covered = 0.0;
  for (std::size_t at = 1; at + 1 < counts.size(); ++at) {
    probabilities[at] = probability(first + at - 1);
    covered += probabilities[at];
  }
  // What lies outside the sample's range goes to the ends in halves: too little to matter there.
  probabilities.front() = probabilities.back() = std::max(0.0, 0.5 * (1.0 - covered));
  return fits_frequencies(counts, probabilities);
}

Verdict fits_unit_square(std::span<const double> first, std::span<const double> second) {
  expect(first.size() == second.size(), "pairs have two values");
  constexpr std::size_t side = 16;
  std::vector<std::uint64_t> counts(side * side);
  for (std::size_t at = 0; at < first.size(); ++at) {
    const auto row = static_cast<std::size_t>(first[at] * side);
    const auto column = static_cast<std::size_t>(second[at] * side);
    ++counts[row * side + column];
  }
  return fits_frequencies(counts, std::vector<double>(side * side, 1.0 / (side * side)));
}

}  // namespace flywheel::test
