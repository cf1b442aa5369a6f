#include "analysis/hill.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <set>

#include "core/check.hpp"

namespace flywheel {
namespace {

using Vector3 = std::array<double, 3>;
using Matrix3 = std::array<Vector3, 3>;

/// Lower triangle L of A = L L'; none unless A is safely positive definite.
std::optional<Matrix3> cholesky(const Matrix3& matrix) {
  Matrix3 lower{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double rest = matrix[row][column];
      for (std::size_t k = 0; k < column; ++k) rest -= lower[row][k] * lower[column][k];
      if (row != column) {
        lower[row][column] = rest / lower[column][column];
      } else if (rest > 1e-13 * matrix[row][row]) {
        lower[row][row] = std::sqrt(rest);
      } else {
        return std::nullopt;
      }
    }
  }
  return lower;
}

Vector3 solve(const Matrix3& lower, Vector3 right) {
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t k = 0; k < row; ++k) right[row] -= lower[row][k] * right[k];
    right[row] /= lower[row][row];
  }
  for (std::size_t row = 3; row-- > 0;) {
    for (std::size_t k = row + 1; k < 3; ++k) right[row] -= lower[k][row] * right[k];
    right[row] /= lower[row][row];
  }
  return right;
}

HillCurve curve_of(const Vector3& logs) {
  return {.top = std::exp(logs[0]), .half = std::exp(logs[1]), .slope = std::exp(logs[2])};
}

double sum_of_squares(std::span<const ResponsePoint> points, const Vector3& logs) {
  const HillCurve curve = curve_of(logs);
  double sum = 0.0;
  for (const ResponsePoint& point : points) {
    const double residual = point.response - curve(point.effort);
    sum += residual * residual;
  }
  return sum;
}

struct NormalEquations {
  Matrix3 matrix{};
  Vector3 right{};
};

NormalEquations linearize(std::span<const ResponsePoint> points, const Vector3& logs) {
  const HillCurve curve = curve_of(logs);
  NormalEquations equations;
  for (const ResponsePoint& point : points) {
    const double value = curve(point.effort);
    const double odds_slope = curve.slope * (1.0 - value / curve.top) * value;
    const double log_effort = std::log(point.effort) - logs[1];
    const Vector3 gradient{value, -odds_slope, odds_slope * log_effort};
    for (std::size_t row = 0; row < 3; ++row) {
      equations.right[row] += gradient[row] * (point.response - value);
      for (std::size_t k = 0; k < 3; ++k) equations.matrix[row][k] += gradient[row] * gradient[k];
    }
  }
  return equations;
}

/// Slope 1, half at the middle of the efforts on the log scale, and the best top for these.
Vector3 starting_point(std::span<const ResponsePoint> points) {
  double log_half = 0.0;
  double responses = 0.0;
  for (const ResponsePoint& point : points) {
    expect(point.effort > 0.0 && std::isfinite(point.effort), "efforts are above zero and finite");
    log_half += std::log(point.effort) / static_cast<double>(points.size());
    responses += point.response;
  }
  expect(responses > 0.0 && std::isfinite(responses), "responses are finite, their sum positive");
  double shape_sum = 0.0;
  const HillCurve unit = curve_of({0.0, log_half, 0.0});
  for (const ResponsePoint& point : points) shape_sum += unit(point.effort);
  return {std::log(responses / shape_sum), log_half, 0.0};
}

struct Descent {
  Vector3 logs;
  bool converged;
};

Descent descend(std::span<const ResponsePoint> points, Vector3 logs) {
  double damping = 1e-3;
  double best = sum_of_squares(points, logs);
  for (int iteration = 0; iteration < 500 && damping < 1e12; ++iteration) {
    const NormalEquations equations = linearize(points, logs);
    Matrix3 damped = equations.matrix;
    for (std::size_t row = 0; row < 3; ++row) damped[row][row] *= 1.0 + damping;
    const std::optional<Matrix3> lower = cholesky(damped);
    damping *= 4.0;
    if (!lower) continue;
    const Vector3 step = solve(*lower, equations.right);
    const Vector3 next{logs[0] + step[0], logs[1] + step[1], logs[2] + step[2]};
    const double sum = sum_of_squares(points, next);
    if (!(sum <= best)) continue;
    logs = next;
    best = sum;
    damping = std::max(1e-12, damping / 40.0);
    const auto tiny = [](double change) { return std::abs(change) < 1e-10; };
    if (std::all_of(step.begin(), step.end(), tiny)) return {.logs = logs, .converged = true};
  }
  // No step improves any more: the minimum to rounding, unless the damping alone stopped us.
  return {.logs = logs, .converged = false};
}

/// A half far outside what was tried is read off nothing: the points lie on a line or a level.
bool within_reach(double half, const std::set<double>& efforts) {
  constexpr double reach = 1000.0;
  return half * reach >= *efforts.begin() && half <= reach * *efforts.rbegin();
}

}  // namespace

double HillCurve::operator()(double effort) const {
  return top / (1.0 + std::exp(slope * (std::log(half) - std::log(effort))));
}

HillFit fit_hill(std::span<const ResponsePoint> points) {
  std::set<double> efforts;
  for (const ResponsePoint& point : points) efforts.insert(point.effort);
  expect(points.size() >= 4 && efforts.size() >= 3, "a curve needs 4 points at 3 efforts or more");
  const Descent end = descend(points, starting_point(points));
  const HillCurve curve = curve_of(end.logs);
  const double variance =
      sum_of_squares(points, end.logs) / (static_cast<double>(points.size()) - 3.0);
  Vector3 errors;
  errors.fill(std::numeric_limits<double>::infinity());
  const std::optional<Matrix3> lower = cholesky(linearize(points, end.logs).matrix);
  for (std::size_t index = 0; lower && index < 3; ++index) {
    Vector3 unit{};
    unit[index] = 1.0;
    errors[index] = std::sqrt(variance * solve(*lower, unit)[index]);
  }
  return {.curve = curve,
          .top = {curve.top, curve.top * errors[0]},
          .half = {curve.half, curve.half * errors[1]},
          .slope = {curve.slope, curve.slope * errors[2]},
          .residual_sd = std::sqrt(variance),
          .converged = end.converged && lower.has_value() && within_reach(curve.half, efforts)};
}

}  // namespace flywheel
