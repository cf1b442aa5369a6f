#include "analysis/moments.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "core/check.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("moments of a small sample are those found by hand", "[analysis][moments]") {
  // Mean 3; deviations -2 -2 1 3: squares 18, cubes 12, fourth powers 114.
  const auto moments = compute_moments(std::vector{1.0, 1.0, 4.0, 6.0});
  REQUIRE(moments.count == 4);
  REQUIRE(moments.mean == Approx(3.0));
  REQUIRE(moments.variance == Approx(18.0 / 3.0));
  REQUIRE(moments.standard_error() == Approx(std::sqrt(6.0 / 4.0)));
  REQUIRE(moments.skewness == Approx(3.0 / (4.5 * std::sqrt(4.5))));
  REQUIRE(moments.kurtosis == Approx(28.5 / (4.5 * 4.5)));
}

TEST_CASE("a common offset costs the moments no digits", "[analysis][moments]") {
  const auto moments = compute_moments(std::vector{1e9 + 1.0, 1e9 + 1.0, 1e9 + 4.0, 1e9 + 6.0});
  REQUIRE(moments.mean == 1e9 + 3.0);
  REQUIRE(moments.variance == Approx(6.0).epsilon(1e-12));
}

TEST_CASE("equal values have exactly no spread and no shape", "[analysis][moments]") {
  const auto moments = compute_moments(std::vector<double>(7, 0.1));
  REQUIRE(moments.mean == 0.1);
  REQUIRE(moments.variance == 0.0);
  REQUIRE(moments.skewness == 0.0);
  REQUIRE(moments.kurtosis == 0.0);
}

TEST_CASE("nothing is known of the error of one value", "[analysis][moments]") {
  const auto moments = compute_moments(std::vector{3.5});
  REQUIRE(moments.mean == 3.5);
  REQUIRE(moments.standard_error() == std::numeric_limits<double>::infinity());
}

TEST_CASE("moments refuse an empty sample and values that are not finite", "[analysis][moments]") {
  REQUIRE_THROWS_AS(compute_moments({}), ContractBroken);
  const std::vector holed{1.0, std::numeric_limits<double>::quiet_NaN(), 2.0};
  REQUIRE_THROWS_AS(compute_moments(holed), ContractBroken);
}

}  // namespace flywheel::test
