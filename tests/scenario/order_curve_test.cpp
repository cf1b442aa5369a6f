#include "scenario/order_curve.hpp"

#include <cmath>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr StepLogOdds steps{{{0.4, 0.9, -1.1, 0.3, 0.8}, {0.4, 0.9, -1.6, -0.2, 0.3}}};

double passed(std::size_t device, double added, std::size_t count) {
  double product = 1.0;
  for (std::size_t step = 0; step < count; ++step) {
    product /= 1.0 + std::exp(-steps[device][step] - added);
  }
  return product;
}

}  // namespace

TEST_CASE("an order rate is the product of its steps, averaged over devices",
          "[scenario][funnel]") {
  const OrderCurve curve{steps};
  for (const double added : {-6.0, -0.5, 0.0, 1.3, 8.0}) {
    const double expected = 0.7 * passed(1, added, 5) + 0.3 * passed(0, added, 5);
    const OrderRates rates = curve.orders({std::exp(-added - 1.0)}, std::exp(1.0), 0.7);
    REQUIRE(rates.values[0] == Approx(expected).epsilon(1e-12));
    REQUIRE(curve.reach(std::exp(-added), 0.7, Depth::cart) ==
            Approx(0.7 * passed(1, added, 3) + 0.3 * passed(0, added, 3)));
    REQUIRE(curve.reach(std::exp(-added), 0.7, Depth::click) == 1.0);
    const double small = 1e-5;
    const auto at = [&](double more) {
      return curve.orders({std::exp(-added - more)}, 1.0, 0.7).values[0];
    };
    REQUIRE(rates.slopes[0] == Approx((at(small) - at(-small)) / (2.0 * small)).epsilon(1e-7));
  }
}

TEST_CASE("a visit is engaged when it passes the first step", "[scenario][funnel]") {
  const OrderCurve curve{steps};
  for (const double added : {-6.0, -0.5, 1.3}) {
    const double expected = 0.7 * passed(1, added, 1) + 0.3 * passed(0, added, 1);
    const OrderRates rates = curve.engaged({std::exp(-added - 1.0)}, std::exp(1.0), 0.7);
    REQUIRE(rates.values[0] == Approx(expected).epsilon(1e-12));
    const double small = 1e-5;
    const auto at = [&](double more) {
      return curve.engaged({std::exp(-added - more)}, 1.0, 0.7).values[0];
    };
    REQUIRE(rates.slopes[0] == Approx((at(small) - at(-small)) / (2.0 * small)).epsilon(1e-7));
  }
}

}  // namespace flywheel::test
