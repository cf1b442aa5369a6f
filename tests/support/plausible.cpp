#include "support/plausible.hpp"

#include <cmath>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "core/check.hpp"

namespace flywheel::test {

namespace {

Verdict judge(const char* what, double seen, double expected, double standard_error) {
  const double distance = std::abs(seen - expected);
  // Not "distance > allowed": a comparison with not-a-number must not pass.
  const bool near = distance <= standard_errors_allowed * standard_error;
  return {near, fmt::format("{} {:.9g}, expected {:.9g}: {:.2f} standard errors ({:.3g}) away",
                            what, seen, expected, distance / standard_error, standard_error)};
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
  return out << verdict.sentence;
}

double Moments::standard_error() const { return deviation / std::sqrt(static_cast<double>(count)); }

Moments moments_of(std::span<const double> sample) {
  expect(sample.size() >= 2, "moments need two values or more");
  double mean = 0.0;
  for (const double value : sample) mean += value;
  mean /= static_cast<double>(sample.size());
  double squares = 0.0;
  for (const double value : sample) squares += (value - mean) * (value - mean);
  return {sample.size(), mean, std::sqrt(squares / static_cast<double>(sample.size() - 1))};
}

Verdict plausible_mean(const Moments& sample, double expected) {
  return judge("mean", sample.mean, expected, sample.standard_error());
}

Verdict plausible_mean(std::span<const double> sample, double expected) {
  return plausible_mean(moments_of(sample), expected);
}

Verdict plausible_mean(double mean, double deviation, std::uint64_t count, double expected) {
  return plausible_mean(Moments{count, mean, deviation}, expected);
}

Verdict plausible_variance(std::span<const double> sample, double expected) {
  const double mean = moments_of(sample).mean;
  std::vector<double> squares;
  squares.reserve(sample.size());
  for (const double value : sample) squares.push_back((value - mean) * (value - mean));
  const Moments of_squares = moments_of(squares);
  const auto count = static_cast<double>(sample.size());
  return judge("variance", of_squares.mean * count / (count - 1.0), expected,
               of_squares.standard_error());
}

Verdict plausible_count(std::uint64_t count, std::uint64_t trials, double probability) {
  const double expected = static_cast<double>(trials) * probability;
  const double deviation = std::sqrt(expected * (1.0 - probability));
  const double distance = std::abs(static_cast<double>(count) - expected);
  const bool certain = probability == 0.0 || probability == 1.0;
  const bool near =
      certain ? distance == 0.0 : distance - 0.5 <= standard_errors_allowed * deviation;
  return {near, fmt::format("count {} of {}, expected {:.9g}: standard deviation {:.3g}", count,
                            trials, expected, deviation)};
}

Verdict plausible_difference(const Moments& left, const Moments& right) {
  return judge("difference of means", left.mean - right.mean, 0.0,
               std::hypot(left.standard_error(), right.standard_error()));
}

Verdict plausible_independence(std::span<const double> left, std::span<const double> right) {
  expect(left.size() == right.size() && left.size() > 3, "correlation needs pairs, four or more");
  const Moments of_left = moments_of(left);
  const Moments of_right = moments_of(right);
  double products = 0.0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    products += (left[at] - of_left.mean) * (right[at] - of_right.mean);
  }
  const auto count = static_cast<double>(left.size());
  const double correlation = products / (count - 1.0) / (of_left.deviation * of_right.deviation);
  return judge("Fisher's z of the correlation", std::atanh(correlation), 0.0,
               1.0 / std::sqrt(count - 3.0));
}

}  // namespace flywheel::test
