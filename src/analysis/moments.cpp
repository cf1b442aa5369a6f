#include "analysis/moments.hpp"

#include <cmath>
#include <limits>

#include "core/check.hpp"

namespace flywheel {

double Moments::standard_deviation() const { return std::sqrt(variance); }

double Moments::standard_error() const {
  if (count < 2) return std::numeric_limits<double>::infinity();
  return std::sqrt(variance / static_cast<double>(count));
}

Moments compute_moments(std::span<const double> values) {
  expect(!values.empty(), "moments are of at least one value");
  const auto count = static_cast<double>(values.size());
  // The first value as origin: equal values then have exactly their own mean and no variance.
  const double origin = values.front();
  double offset = 0.0;
  for (const double value : values) offset += value - origin;
  const double mean = origin + offset / count;
  expect(std::isfinite(mean), "moments are of finite values");

  double square = 0.0;
  double cube = 0.0;
  double fourth = 0.0;
  for (const double value : values) {
    const double deviation = value - mean;
    const double deviation_square = deviation * deviation;
    square += deviation_square;
    cube += deviation_square * deviation;
    fourth += deviation_square * deviation_square;
  }
  Moments moments{
      .count = values.size(), .mean = mean, .variance = 0.0, .skewness = 0.0, .kurtosis = 0.0};
  if (square <= 0.0) return moments;
  const double spread = square / count;
  moments.variance = square / (count - 1.0);
  moments.skewness = cube / count / (spread * std::sqrt(spread));
  moments.kurtosis = fourth / count / (spread * spread);
  return moments;
}

}  // namespace flywheel
