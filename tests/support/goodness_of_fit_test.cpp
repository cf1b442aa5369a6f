#include "support/goodness_of_fit.hpp"

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("chi-square and Kolmogorov tails are those of the tables", "[support]") {
  // Abramowitz and Stegun, table 26.8: 95 % points of 1 and 10 degrees of freedom.
  REQUIRE(chi_square_survival(3.84146, 1) == Approx(0.05).epsilon(1e-4));
  REQUIRE(chi_square_survival(18.3070, 10) == Approx(0.05).epsilon(1e-4));
  // Smirnov 1948: 1.3581 and 1.6276 are the 95 % and 99 % points.
  REQUIRE(kolmogorov_survival(1.3581) == Approx(0.05).epsilon(1e-3));
  REQUIRE(kolmogorov_survival(1.6276) == Approx(0.01).epsilon(1e-3));
}

TEST_CASE("an even sample fits the uniform distribution and a shifted one does not", "[support]") {
  std::vector<double> even;
  std::vector<double> shifted;
  for (int at = 0; at < 1000; ++at) {
    even.push_back((at + 0.5) / 1000.0);
    shifted.push_back(0.92 * even.back());  // distance 0.08: p-value about 1e-5.5 ... 1e-6
  }
  const auto uniform = [](double x) { return std::clamp(x, 0.0, 1.0); };
  REQUIRE(fits_distribution(even, uniform));
  REQUIRE(fits_distribution(shifted, [](double x) { return std::clamp(x / 0.92, 0.0, 1.0); }));
  for (double& value : shifted) value *= 0.98;
  REQUIRE_FALSE(fits_distribution(shifted, uniform));
}

TEST_CASE("frequencies are rejected where chi-square says so", "[support]") {
  const std::vector<double> halves = {0.5, 0.5};
  // (5250 - 5000)^2 / 5000 twice = 25: exactly five standard errors; p-value 5.73e-7.
  REQUIRE(fits_frequencies(std::vector<std::uint64_t>{5249, 4751}, halves));
  REQUIRE_FALSE(fits_frequencies(std::vector<std::uint64_t>{5251, 4749}, halves));
}

TEST_CASE("thin cells are joined and what they hold is still seen", "[support]") {
  const std::vector<double> thin = {0.499, 0.001, 0.499, 0.001};
  REQUIRE(fits_frequencies(std::vector<std::uint64_t>{499, 1, 499, 1}, thin));
  // The last three cells are one: 600 where 501 are expected, chi-square 39.
  REQUIRE_FALSE(fits_frequencies(std::vector<std::uint64_t>{400, 1, 398, 201}, thin));
}

TEST_CASE("counts of a die fit a die of six faces and not one of seven", "[support]") {
  std::vector<std::uint64_t> sample;
  for (std::uint64_t at = 0; at < 600; ++at) sample.push_back(1 + at % 6);
  REQUIRE(fits_counts(sample, [](std::uint64_t) { return 1.0 / 6.0; }));
  REQUIRE_FALSE(fits_counts(sample, [](std::uint64_t) { return 1.0 / 7.0; }));
}

TEST_CASE("pairs on a diagonal are not independent", "[support]") {
  std::vector<double> first;
  std::vector<double> second;
  for (int at = 0; at < 6400; ++at) {
    first.push_back((at % 80 + 0.5) / 80.0);
    const int row = at / 80;
    second.push_back((row + 0.5) / 80.0);
  }
  REQUIRE(fits_unit_square(first, second));
  REQUIRE_FALSE(fits_unit_square(first, first));
}

}  // namespace flywheel::test
