#pragma once

namespace flywheel {

/// A closed interval on the real line; an end may be infinite where the sample bounds nothing.
struct Interval {
  double low;
  double high;

  [[nodiscard]] constexpr double half_width() const { return 0.5 * (high - low); }
  [[nodiscard]] constexpr bool contains(double value) const {
    return low <= value && value <= high;
  }
  friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

/// A figure with its Monte Carlo error: the standard deviation it would have over repeated runs.
struct Estimate {
  double value;
  double standard_error;
};

}  // namespace flywheel
