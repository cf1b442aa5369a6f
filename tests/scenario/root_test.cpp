#include "scenario/root.hpp"

#include <cmath>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("log-odds of a mean of two logistics are found from afar", "[scenario][root]") {
  // Half the people at x + 3, half at x - 3: at x = 0 the mean is 1/2 by symmetry.
  const auto mean = [](double x) {
    const double high = logistic(x + 3.0);
    const double low = logistic(x - 3.0);
    return Sloped{0.5 * (high + low), 0.5 * (high * (1.0 - high) + low * (1.0 - low))};
  };
  for (const double start : {-50.0, -1.0, 20.0, 59.0}) {
    const Solution found = solve_log_odds(mean, 0.5, start);
    REQUIRE(found.value == Approx(0.0).margin(1e-9));
    REQUIRE(found.reached);
  }
}

TEST_CASE("log-odds that no number reaches are flagged", "[scenario][root]") {
  const auto capped = [](double x) {
    const double p = 0.3 * logistic(x);
    return Sloped{p, p * (1.0 - logistic(x))};
  };
  REQUIRE_FALSE(solve_log_odds(capped, 0.4, 0.0).reached);
  REQUIRE(solve_log_odds(capped, 0.15, 0.0).value == Approx(0.0).margin(1e-9));
}

TEST_CASE("a falling function is crossed where it has its value", "[scenario][root]") {
  const auto function = [](double x) { return std::exp(-3.0 * x); };
  const Solution found = solve_falling(function, 0.2, 0.0, 4.0);
  REQUIRE(found.value == Approx(std::log(5.0) / 3.0).epsilon(1e-7));
  REQUIRE(found.reached);
}

TEST_CASE("false position does not creep along a bent function", "[scenario][root]") {
  // Without damping the far end of the bracket would stay for ever and each step gain little.
  // Halving 4 down to 1e-9 takes 32 calls, and the ends another two.
  int calls = 0;
  const auto bent = [&](double x) {
    ++calls;
    return std::exp(-8.0 * x);
  };
  REQUIRE(solve_falling(bent, 0.2, 0.0, 4.0).value == Approx(std::log(5.0) / 8.0).epsilon(1e-7));
  REQUIRE(calls < 34);
}

TEST_CASE("a value out of a falling function's range gives the nearer end, flagged",
          "[scenario][root]") {
  const auto function = [](double x) { return 1.0 - 0.2 * x; };
  const Solution above = solve_falling(function, 1.5, 0.0, 2.0);
  REQUIRE(above.value == 0.0);
  REQUIRE_FALSE(above.reached);
  const Solution below = solve_falling(function, 0.1, 0.0, 2.0);
  REQUIRE(below.value == 2.0);
  REQUIRE_FALSE(below.reached);
  REQUIRE(solve_falling(function, 1.0, 0.0, 2.0).reached);
}

}  // namespace flywheel::test
