#include "journey/rate_bands.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "core/check.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("bands refuse expectations that nothing can have", "[journey]") {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double mean : {0.0, infinity, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(RateBands(std::array{RateGroup{.count = 1.0, .mean = mean}}), ContractBroken);
  }
}

TEST_CASE("the mean of a capped Poisson number is that of its chances", "[journey]") {
  // E[min(N, 2)] = 2 - 2 P(0) - P(1).
  const double mean = 1.3;
  const double chance = std::exp(-mean);
  CHECK(capped_mean(mean, 2) == Approx(2.0 - 2.0 * chance - mean * chance).epsilon(1e-12));
  for (const double each : {0.01, 0.7, 4.0, 60.0}) {
    const CountChances chances = capped_chances(std::array{each}, 5);
    double sum = 0.0;
    for (std::size_t k = 1; k < chances.size(); ++k) sum += static_cast<double>(k) * chances[k];
    CHECK(capped_mean(each, 5) == Approx(sum).epsilon(1e-10));
  }
  CHECK(capped_mean(0.0, 5) == 0.0);
  CHECK(capped_mean(5000.0, 5) == 5.0);
}

TEST_CASE("bands keep the number, mean and variance of their groups", "[journey]") {
  const std::array groups{RateGroup{10.0, 1.0, 0.0}, RateGroup{30.0, 1.08, 0.02},
                          RateGroup{5.0, 2.0, 0.5}};
  const RateBands bands{groups};
  REQUIRE(bands.bands().size() == 2);
  CHECK(bands.band_of(0) == bands.band_of(1));
  const RateBand& low = bands.bands()[bands.band_of(0)];
  CHECK(low.count == 40.0);
  CHECK(low.mean == Approx((10.0 + 30.0 * 1.08) / 40.0));
  // Within: 30/40 of .02; between: 1/4 * 3/4 * .08^2.
  CHECK(low.variance == Approx(0.75 * 0.02 + 0.25 * 0.75 * 0.08 * 0.08));
  CHECK(bands.bands()[bands.band_of(2)].variance == Approx(0.5));
}

TEST_CASE("the three points of a band match its mean and variance", "[journey]") {
  double mean = 0.0;
  double square = 0.0;
  for (const auto& [value, share] : mean_points({1.0, 3.0, 0.4})) {
    mean += share * value;
    square += share * value * value;
  }
  CHECK(mean == Approx(3.0));
  CHECK(square - mean * mean == Approx(0.4));
}

}  // namespace flywheel::test
