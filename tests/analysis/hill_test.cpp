#include "analysis/hill.hpp"

#include <cmath>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

std::vector<ResponsePoint> points_on(const HillCurve& curve) {
  std::vector<ResponsePoint> points;
  for (double share = 0.125; share <= 8.0; share *= 1.5) {
    points.push_back({.effort = share * curve.half, .response = curve(share * curve.half)});
  }
  return points;
}

}  // namespace

TEST_CASE("a saturation curve passes through half its top at half", "[analysis][hill]") {
  const HillCurve curve{.top = 80.0, .half = 3.0, .slope = 2.0};
  REQUIRE(curve(3.0) == Approx(40.0));
  REQUIRE(curve(6.0) == Approx(80.0 * 4.0 / 5.0));  // 6^2 / (3^2 + 6^2)
  REQUIRE(curve(0.0) == 0.0);
}

TEST_CASE("a curve is found again from points on it, whatever the units", "[analysis][hill]") {
  const auto curve =
      GENERATE(HillCurve{3.0, 5.0, 1.0}, HillCurve{2e7, 4e5, 0.6}, HillCurve{0.012, 30.0, 2.7});
  const HillFit fit = fit_hill(points_on(curve));
  REQUIRE(fit.converged);
  REQUIRE(fit.curve.top == Approx(curve.top).epsilon(1e-7));
  REQUIRE(fit.curve.half == Approx(curve.half).epsilon(1e-7));
  REQUIRE(fit.curve.slope == Approx(curve.slope).epsilon(1e-7));
  REQUIRE(fit.residual_sd < 1e-8 * curve.top);
}

TEST_CASE("the fit is where the sum of squares is least", "[analysis][hill]") {
  Stream stream = study_stream(81, 0);
  std::vector<ResponsePoint> points = points_on({.top = 10.0, .half = 2.0, .slope = 1.4});
  for (ResponsePoint& point : points) point.response += 0.5 * stream.normal();
  const HillFit fit = fit_hill(points);
  REQUIRE(fit.converged);
  const auto squares = [&](const HillCurve& curve) {
    double sum = 0.0;
    for (const ResponsePoint& point : points) {
      sum += std::pow(point.response - curve(point.effort), 2);
    }
    return sum;
  };
  const HillCurve best = fit.curve;
  REQUIRE(fit.residual_sd ==
          Approx(std::sqrt(squares(best) / static_cast<double>(points.size() - 3))));
  for (const double factor : {0.999, 1.001}) {
    REQUIRE(squares({best.top * factor, best.half, best.slope}) > squares(best));
    REQUIRE(squares({best.top, best.half * factor, best.slope}) > squares(best));
    REQUIRE(squares({best.top, best.half, best.slope * factor}) > squares(best));
  }
}

TEST_CASE("the errors of a fit are the spread over studies", "[analysis][hill][statistical]") {
  const HillCurve truth{.top = 50.0, .half = 4.0, .slope = 1.3};
  std::vector<double> tops;
  std::vector<double> halves;
  std::vector<double> slopes;
  std::vector<double> top_errors;
  std::vector<double> half_errors;
  std::vector<double> slope_errors;
  for (std::uint64_t study = 0; study < 1000; ++study) {
    Stream stream = study_stream(82, study);
    std::vector<ResponsePoint> points;
    for (int copy = 0; copy < 5; ++copy) {
      for (ResponsePoint point : points_on(truth)) {
        point.response += 0.5 * stream.normal();
        points.push_back(point);
      }
    }
    const HillFit fit = fit_hill(points);
    REQUIRE(fit.converged);
    tops.push_back(fit.top.value);
    halves.push_back(fit.half.value);
    slopes.push_back(fit.slope.value);
    top_errors.push_back(fit.top.standard_error);
    half_errors.push_back(fit.half.standard_error);
    slope_errors.push_back(fit.slope.standard_error);
  }
  // 1,000 studies know a spread to 2.2 %.
  REQUIRE(moments_of(top_errors).mean == Approx(moments_of(tops).deviation).epsilon(0.1));
  REQUIRE(moments_of(half_errors).mean == Approx(moments_of(halves).deviation).epsilon(0.1));
  REQUIRE(moments_of(slope_errors).mean == Approx(moments_of(slopes).deviation).epsilon(0.1));
}

TEST_CASE("a straight line determines no curve and the fit says so", "[analysis][hill]") {
  std::vector<ResponsePoint> line;
  for (int step = 1; step <= 10; ++step) {
    line.push_back({.effort = 1.0 * step, .response = 2.0 * step});
  }
  const HillFit fit = fit_hill(line);
  REQUIRE_FALSE(fit.converged);
  REQUIRE(fit.top.standard_error > fit.top.value);
}

TEST_CASE("a power determines no curve: its top is nowhere in sight", "[analysis][hill]") {
  const double power = GENERATE(0.3, 0.6, 0.9);
  std::vector<ResponsePoint> points;
  for (int step = 1; step <= 8; ++step) {
    points.push_back({.effort = 1.0 * step, .response = 2.0 * std::pow(step, power)});
  }
  REQUIRE_FALSE(fit_hill(points).converged);
}

TEST_CASE("a level response is not read as a curve with its half out of sight",
          "[analysis][hill]") {
  for (std::uint64_t study = 0; study < 50; ++study) {
    Stream stream = study_stream(83, study);
    std::vector<ResponsePoint> level;
    for (int step = 1; step <= 10; ++step) {
      level.push_back({.effort = 1.0 * step, .response = 5.0 + 0.3 * stream.normal()});
    }
    const HillFit fit = fit_hill(level);
    CAPTURE(study, fit.top.value, fit.half.value, fit.slope.value);
    // Noise may bend a level into a step among its points; that one is at least in sight.
    const bool in_sight = fit.half.value > 1e-3 && fit.half.value < 1e4;
    REQUIRE((in_sight || !fit.converged));
  }
}

TEST_CASE("a fit refuses points that cannot carry a curve", "[analysis][hill]") {
  using Points = std::vector<ResponsePoint>;
  REQUIRE_THROWS_AS(fit_hill(Points{{1, 1}, {2, 2}, {3, 2.5}}), ContractBroken);
  REQUIRE_THROWS_AS(fit_hill(Points{{1, 1}, {2, 2}, {1, 1}, {2, 2}}), ContractBroken);
  REQUIRE_THROWS_AS(fit_hill(Points{{0, 0}, {1, 1}, {2, 2}, {3, 2}}), ContractBroken);
  REQUIRE_THROWS_AS(fit_hill(Points{{1, -1}, {2, -2}, {3, -2}, {4, -3}}), ContractBroken);
}

}  // namespace flywheel::test
