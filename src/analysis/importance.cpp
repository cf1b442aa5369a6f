#include "analysis/importance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <boost/math/special_functions/beta.hpp>

#include "analysis/moments.hpp"
#include "core/check.hpp"

namespace flywheel {
namespace {

/// The output in ascending order of the input.
std::vector<double> ordered_output(std::span<const double> input, std::span<const double> output) {
  std::vector<std::size_t> order(input.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t left, std::size_t right) { return input[left] < input[right]; });
  std::vector<double> ordered(output.size());
  std::transform(order.begin(), order.end(), ordered.begin(),
                 [&](std::size_t row) { return output[row]; });
  return ordered;
}

/// Sum of squares about the mean, and what its parts contribute.
struct Scatter {
  double sum_of_squares;
  double count;
  double mean;

  [[nodiscard]] double loss(double value) const {
    return (value - mean) * (value - mean) * count / (count - 1.0);
  }

  /// Variance of the part of the sum of squares that comes from products of two different values.
  [[nodiscard]] double pair_variance() const {
    const double variance = sum_of_squares / (count - 1.0);
    return 2.0 * variance * variance * (count - 1.0) / count;
  }
};

Scatter scatter(std::span<const double> values) {
  const Moments moments = compute_moments(values);
  const auto count = static_cast<double>(moments.count);
  return {.sum_of_squares = moments.variance * (count - 1.0), .count = count, .mean = moments.mean};
}

double share_of(double within, double whole, double degrees_ratio) {
  return whole > 0.0 ? 1.0 - within / whole * degrees_ratio : 0.0;
}

}  // namespace

std::size_t importance_bins(std::size_t count) {
  const auto wanted = static_cast<std::size_t>(2.0 * std::pow(static_cast<double>(count), 0.4));
  return std::clamp<std::size_t>(wanted, 2, std::max<std::size_t>(2, count / 2));
}

Estimate first_order_share(std::span<const double> input, std::span<const double> output) {
  expect(input.size() == output.size(), "input and output have one value per replication");
  expect(input.size() >= 8, "a variance share needs at least eight replications");
  expect(std::none_of(input.begin(), input.end(), [](double value) { return std::isnan(value); }),
         "an input to be ordered holds no NaN");
  const std::vector<double> ordered = ordered_output(input, output);
  const Scatter whole = scatter(ordered);
  if (whole.sum_of_squares <= 0.0) return {.value = 0.0, .standard_error = 0.0};

  const std::size_t bins = importance_bins(ordered.size());
  const std::span<const double> rows{ordered};
  const auto bin_of = [&](std::size_t bin) {
    const std::size_t first = bin * rows.size() / bins;
    return rows.subspan(first, (bin + 1) * rows.size() / bins - first);
  };
  double within = 0.0;
  for (std::size_t bin = 0; bin < bins; ++bin) within += scatter(bin_of(bin)).sum_of_squares;

  const double degrees = whole.count - static_cast<double>(bins);
  const double share = share_of(within, whole.sum_of_squares, (whole.count - 1.0) / degrees);
  const double degrees_without = (whole.count - 2.0) / (degrees - 1.0);
  double sum = 0.0;
  double square = 0.0;
  double pairs = 0.0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const Scatter own = scatter(bin_of(bin));
    pairs += own.pair_variance();
    for (const double value : bin_of(bin)) {
      const double without = share_of(within - own.loss(value),
                                      whole.sum_of_squares - whole.loss(value), degrees_without);
      sum += without - share;
      square += (without - share) * (without - share);
    }
  }
  const double jackknife =
      (whole.count - 1.0) / whole.count * std::max(0.0, square - sum * sum / whole.count);
  const double scale = (whole.count - 1.0) / degrees / whole.sum_of_squares;
  const double from_pairs = scale * scale * pairs;
  return {.value = share,
          .standard_error = std::sqrt(std::max(jackknife - from_pairs, from_pairs))};
}

double largest_idle_share(std::size_t rows, std::size_t inputs) {
  expect(rows >= 8 && inputs >= 1, "chance needs at least eight rows and an input");
  constexpr double sure = 0.95;
  const auto count = static_cast<double>(rows);
  const auto bins = static_cast<double>(importance_bins(rows));
  const double each = -std::expm1(std::log(sure) / static_cast<double>(inputs));
  const double within = boost::math::ibeta_inv(0.5 * (count - bins), 0.5 * (bins - 1.0), each);
  return share_of(within, 1.0, (count - 1.0) / (count - bins));
}

std::size_t rows_to_tell(double share, std::size_t inputs) {
  expect(share > 0.0, "a share to be told from chance is above 0");
  constexpr std::size_t fewest = 10;
  constexpr std::size_t two_digits = 100;
  std::size_t rows = fewest;
  std::size_t step = 1;
  while (largest_idle_share(rows, inputs) >= share) {
    rows += step;
    if (rows == two_digits * step) step *= 10;
  }
  return rows;
}

}  // namespace flywheel
