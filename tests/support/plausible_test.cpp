#include "support/plausible.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {

// 1 ... 9: mean 5, variance 60 / 8 = 7.5, standard error sqrt(7.5 / 9) = 0.9129.
constexpr std::array<double, 9> one_to_nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

TEST_CASE("moments of one to nine are those found by hand", "[support]") {
  const Moments moments = moments_of(one_to_nine);
  REQUIRE(moments.count == 9);
  REQUIRE(moments.mean == 5.0);
  REQUIRE(moments.deviation == Approx(std::sqrt(7.5)).epsilon(1e-14));
  REQUIRE(moments.standard_error() == Approx(0.9128709291752769).epsilon(1e-14));
}

TEST_CASE("a mean is plausible up to five standard errors and not beyond", "[support]") {
  const double five = 5 * 0.9128709291752769;
  REQUIRE(plausible_mean(one_to_nine, 5.0));
  REQUIRE(plausible_mean(one_to_nine, 5.0 + five - 0.001));
  REQUIRE(plausible_mean(one_to_nine, 5.0 - five + 0.001));
  REQUIRE_FALSE(plausible_mean(one_to_nine, 5.0 + five + 0.001));
  REQUIRE_FALSE(plausible_mean(one_to_nine, 5.0 - five - 0.001));
  REQUIRE(plausible_mean(10.0, 2.0, 100, 10.99));
  REQUIRE_FALSE(plausible_mean(10.0, 2.0, 100, 11.01));
}

TEST_CASE("what is not a number is never plausible", "[support]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  REQUIRE_FALSE(plausible_mean(nan, 1.0, 100, 0.0));
  REQUIRE_FALSE(plausible_mean(0.0, nan, 100, 0.0));
  REQUIRE_FALSE(plausible_difference({100, nan, 1.0}, {100, 0.0, 1.0}));
}

TEST_CASE("a count is plausible up to five standard deviations and not beyond", "[support]") {
  // 10,000 fair tosses: standard deviation 50, so 4750 to 5250 and half a count.
  REQUIRE(plausible_count(5250, 10'000, 0.5));
  REQUIRE(plausible_count(4750, 10'000, 0.5));
  REQUIRE_FALSE(plausible_count(5251, 10'000, 0.5));
  REQUIRE_FALSE(plausible_count(4749, 10'000, 0.5));
  REQUIRE(plausible_count(0, 50, 0.0));
  REQUIRE_FALSE(plausible_count(1, 50, 0.0));
  REQUIRE_FALSE(plausible_count(49, 50, 1.0));
}

TEST_CASE("a difference of means is judged by both standard errors", "[support]") {
  // Standard errors 0.3 and 0.4, together 0.5.
  const Moments left{100, 10.0, 3.0};
  REQUIRE(plausible_difference(left, {25, 12.49, 2.0}));
  REQUIRE_FALSE(plausible_difference(left, {25, 12.51, 2.0}));
  REQUIRE_FALSE(plausible_difference(left, {25, 7.49, 2.0}));
}

TEST_CASE("a variance is judged by the spread of the squared deviations", "[support]") {
  std::vector<double> sample;  // half -1, half 3: variance 4, and every squared deviation is 4
  for (int pair = 0; pair < 500; ++pair) sample.insert(sample.end(), {-1.0, 3.0});
  REQUIRE_FALSE(plausible_variance(sample, 4.1));
  // 0 or 4 with mean square 2: standard error of the squares 2 / sqrt(1000) = 0.063
  sample.clear();
  for (int four = 0; four < 250; ++four) sample.insert(sample.end(), {0.0, 0.0, 2.0, -2.0});
  REQUIRE(plausible_variance(sample, 2.3));
  REQUIRE_FALSE(plausible_variance(sample, 2.33));
  REQUIRE_FALSE(plausible_variance(sample, 1.68));
}

TEST_CASE("correlated samples are not plausibly independent", "[support]") {
  std::vector<double> left;
  std::vector<double> alternating;
  std::vector<double> tilted;
  for (int at = 0; at < 400; ++at) {
    left.push_back(at % 4 < 2 ? 1.0 : -1.0);
    alternating.push_back(at % 2 == 0 ? 1.0 : -1.0);
    tilted.push_back(alternating.back() + 0.3 * left.back());  // correlation 0.287, 5.9 errors
  }
  REQUIRE(plausible_independence(left, alternating));
  REQUIRE_FALSE(plausible_independence(left, tilted));
}

TEST_CASE("a verdict says what was seen and what was expected", "[support]") {
  const Verdict verdict = plausible_mean(10.0, 2.0, 100, 11.5);
  REQUIRE(verdict.sentence == "mean 10, expected 11.5: 7.50 standard errors (0.2) away");
}

}  // namespace flywheel::test
