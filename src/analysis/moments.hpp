#pragma once

#include <cstddef>
#include <span>

namespace flywheel {

/// Sample moments of one column.
struct Moments {
  std::size_t count;
  double mean;
  double variance;  ///< divisor n - 1; zero for a single value
  double skewness;  ///< m3 / m2^(3/2) of central moments with divisor n; zero if all are equal
  double kurtosis;  ///< m4 / m2^2 (3 for the normal); zero if all are equal

  [[nodiscard]] double standard_deviation() const;
  [[nodiscard]] double standard_error() const;  ///< of the mean; infinite with one value
};

/// Two passes, the second centered, so that a large common offset costs no digits.
///
/// Needs at least one value; values must be finite (the caller leaves failed replications out).
[[nodiscard]] Moments compute_moments(std::span<const double> values);

}  // namespace flywheel
