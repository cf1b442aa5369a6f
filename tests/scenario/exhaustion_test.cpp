#include "scenario/exhaustion.hpp"

#include <cmath>
#include <vector>

#include "random/gamma.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("shoppers alike survive by one exponential", "[scenario][exhaustion]") {
  const Survival left = survival(0.8, 0.0, 0.0);
  REQUIRE(left.of_clicks == Approx((1.0 - std::exp(-0.8)) / 0.8));
  REQUIRE(left.of_shoppers == Approx((1.0 - std::exp(-0.8)) / 0.8));
  REQUIRE(survival(0.0, 0.8, 2.0).of_clicks == Approx((1.0 - std::exp(-0.8)) / 0.8));
  REQUIRE(survival(0.0, 0.0, 2.0).of_clicks == 1.0);
}

TEST_CASE("survival joins its limits smoothly", "[scenario][exhaustion]") {
  REQUIRE(survival(1.01e-5, 0.0, 3.0).of_clicks ==
          Approx(survival(0.99e-5, 0.0, 3.0).of_clicks).epsilon(1e-6));
  REQUIRE(survival(0.7, 0.0, 1.0).of_shoppers ==
          Approx(survival(0.7, 0.0, 1.001).of_shoppers).epsilon(1e-3));
  // At variance 1: E[(1 - e^-(y a)) / (y a)] = ln(1 + a) / a
  REQUIRE(survival(0.7, 0.0, 1.0).of_shoppers == Approx(std::log(1.7) / 0.7).epsilon(1e-4));
}

TEST_CASE("unlike shoppers survive as a population of gamma activity does",
          "[scenario][exhaustion][statistical]") {
  constexpr double orders = 0.9;
  constexpr double variance = 2.0;
  std::vector<double> clicks;
  std::vector<double> time;
  std::vector<double> untouched;
  Stream stream{make_key(8, Level::shoppers, 0), Purpose::exposure, 1};
  for (int shopper = 0; shopper < 100'000; ++shopper) {
    const double hazard = orders * variance * draw_gamma(stream, 1.0 / variance);
    const double as_prospect = hazard < 1e-12 ? 1.0 : (1.0 - std::exp(-hazard)) / hazard;
    clicks.push_back(hazard / orders * as_prospect);
    time.push_back(as_prospect);
    untouched.push_back(std::exp(-hazard));
  }
  const Survival left = survival(orders, 0.0, variance);
  REQUIRE(plausible_mean(clicks, left.of_clicks));
  REQUIRE(plausible_mean(time, left.of_shoppers));
  REQUIRE(plausible_mean(untouched, untouched_share(orders, variance)));
}

}  // namespace flywheel::test
