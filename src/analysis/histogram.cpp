#include "analysis/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/moments.hpp"
#include "analysis/quantiles.hpp"
#include "core/check.hpp"

namespace flywheel {
namespace {

/// The smallest round width that is at least `width`.
double round_up(double width) {
  const double decade = std::pow(10.0, std::floor(std::log10(width)));
  for (const double step : {1.0, 2.0, 2.5, 5.0, 10.0}) {
    // The tolerance keeps a width that is already round from growing by a rounding error.
    if (width <= step * decade * (1.0 + 1e-9)) return step * decade;
  }
  return 20.0 * decade;  // only if log10 rounded down across a power of ten
}

double wanted_width(std::span<const double> sorted, const Moments& moments) {
  const double scale = 1.0 / std::cbrt(static_cast<double>(sorted.size()));
  const double middle_half =
      interpolated_quantile(sorted, 0.75) - interpolated_quantile(sorted, 0.25);
  if (middle_half > 0.0) return 2.0 * middle_half * scale;
  return 3.49 * moments.standard_deviation() * scale;
}

/// Edges at origin + m * width.
struct Grid {
  double origin;
  double width;

  /// The m with edge(m) <= value < edge(m + 1) as the edges round, so that a value never lies
  /// outside the bin that counts it.
  [[nodiscard]] std::int64_t multiple_below(double value) const {
    const double multiple = std::floor((value - origin) / width);
    if (value < edge(multiple)) return static_cast<std::int64_t>(multiple) - 1;
    if (value >= edge(multiple + 1.0)) return static_cast<std::int64_t>(multiple) + 1;
    return static_cast<std::int64_t>(multiple);
  }

  [[nodiscard]] double edge(double multiple) const { return origin + multiple * width; }
};

}  // namespace

Interval Histogram::bin(std::size_t index) const {
  const auto left = static_cast<double>(first_multiple + static_cast<std::int64_t>(index));
  const Grid grid{.origin = origin, .width = width};
  return {.low = grid.edge(left), .high = grid.edge(left + 1.0)};
}

Histogram make_histogram(std::span<const double> values, std::size_t most_bins, double origin) {
  expect(most_bins >= 2, "a histogram may have at least two bins");
  const Moments moments = compute_moments(values);
  const std::vector<double> sorted = sorted_sample(values);
  const double range = sorted.back() - sorted.front();
  const double largest =
      std::max({std::abs(sorted.front()), std::abs(sorted.back()), std::abs(origin)});
  const double narrowest = range / static_cast<double>(most_bins);
  double width = range > 0.0 ? std::max(wanted_width(sorted, moments), narrowest)
                             : (largest > 0.0 ? largest : 1.0);
  // Below this the edges' own rounding would decide which bin a value falls in.
  width = round_up(std::max(width, largest * 1e-12));
  const auto bins = [&] {
    const Grid grid{.origin = origin, .width = width};
    return grid.multiple_below(sorted.back()) - grid.multiple_below(sorted.front()) + 1;
  };
  while (bins() > static_cast<std::int64_t>(most_bins)) width = round_up(width * 1.1);

  const Grid grid{.origin = origin, .width = width};
  Histogram histogram{.width = width,
                      .origin = origin,
                      .first_multiple = grid.multiple_below(sorted.front()),
                      .counts = std::vector<std::size_t>(static_cast<std::size_t>(bins()))};
  for (const double value : sorted) {
    const std::int64_t bin = grid.multiple_below(value) - histogram.first_multiple;
    ++histogram.counts[static_cast<std::size_t>(bin)];
  }
  return histogram;
}

}  // namespace flywheel
