#include "analysis/ratio.hpp"

#include <cmath>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("a ratio of means is that of the sums, with the error of its residuals",
          "[analysis][ratio]") {
  const std::vector<double> above{2.0, 4.0, 9.0};
  const std::vector<double> below{1.0, 2.0, 2.0};
  // 15 / 5 = 3; residuals -1, -2, 3 of mean 0 and variance 7; sqrt(7 / 3) over the mean 5 / 3.
  const Estimate ratio = ratio_of_means(above, below);
  REQUIRE(ratio.value == Approx(3.0));
  REQUIRE(ratio.standard_error == Approx(std::sqrt(7.0 / 3.0) * 3.0 / 5.0));
  // Money that is saved has a price like money that is spent.
  const std::vector<double> saved{-1.0, -2.0, -2.0};
  REQUIRE(ratio_of_means(above, saved).value == Approx(-3.0));
  REQUIRE(ratio_of_means(above, saved).standard_error == Approx(ratio.standard_error));
}

TEST_CASE("a ratio of means is undefined over nothing and asks for pairs", "[analysis][ratio]") {
  const std::vector<double> none{1.0, -1.0};
  const std::vector<double> some{1.0, 2.0};
  REQUIRE(std::isnan(ratio_of_means(some, none).value));
  REQUIRE(std::isnan(ratio_of_means(some, none).standard_error));
  REQUIRE_THROWS_AS(ratio_of_means(some, std::vector<double>{1.0}), ContractBroken);
  REQUIRE_THROWS_AS(ratio_of_means(std::vector<double>{1.0}, std::vector<double>{1.0}),
                    ContractBroken);
}

TEST_CASE("the error of a ratio of means is the spread over studies",
          "[analysis][ratio][statistical]") {
  std::vector<double> ratios;
  std::vector<double> errors;
  for (std::uint64_t study = 0; study < 2000; ++study) {
    Stream stream = study_stream(84, study);
    std::vector<double> above;
    std::vector<double> below;
    for (int pair = 0; pair < 60; ++pair) {
      below.push_back(10.0 + stream.normal());
      above.push_back(2.0 * below.back() + 3.0 * stream.normal());
    }
    const Estimate ratio = ratio_of_means(above, below);
    ratios.push_back(ratio.value);
    errors.push_back(ratio.standard_error);
  }
  CHECK(plausible_mean(ratios, 2.0));
  // 3 / (10 sqrt(60)), but for a bias of order 1/60; 2,000 studies know a spread to 1.6 %.
  CHECK(moments_of(ratios).deviation == Approx(0.3 / std::sqrt(60.0)).epsilon(0.08));
  CHECK(moments_of(errors).mean == Approx(moments_of(ratios).deviation).epsilon(0.08));
}

}  // namespace flywheel::test
