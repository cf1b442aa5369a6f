#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/estimate.hpp"

namespace flywheel {

/// Counts in bins of equal, round width whose edges lie whole multiples of it from an origin.
struct Histogram {
  double width;                 ///< 1, 2, 2.5 or 5 times a power of ten
  double origin;                ///< an edge, in the histogram or beyond it
  std::int64_t first_multiple;  ///< the first edge is origin + first_multiple * width
  std::vector<std::size_t> counts;

  /// Left end (closed) and right end (open) of a bin.
  [[nodiscard]] Interval bin(std::size_t index) const;
};

/// Bin width by Freedman & Diaconis 1981, 2 IQR n^(-1/3), rounded up to a round number and widened
/// until there are at most `most_bins` (at least 2: a sign change splits any width).
///
/// If the middle half is a single value, Scott 1979, 3.49 sd n^(-1/3), takes its place; if all
/// values are equal there is one bin. Values must be finite, at least one. A value that matters is
/// the `origin`: no bin then holds values on both sides of it.
[[nodiscard]] Histogram make_histogram(std::span<const double> values, std::size_t most_bins,
                                       double origin = 0.0);

}  // namespace flywheel
