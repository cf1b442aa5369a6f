#include "plan/pacing.hpp"

#include <numeric>

#include "support/catch.hpp"

namespace flywheel::test {

using Catch::Matchers::WithinRel;

TEST_CASE("every pacing spends the budget", "[plan][pacing]") {
  for (const Pacing pacing :
       {Pacing::even, Pacing::front_loaded, Pacing::bursts, Pacing::pulsing}) {
    for (const int days : {1, 2, 7, 60, 730}) {
      const std::vector<double> amounts = pace_budget(1234.5, pacing, days);
      REQUIRE(amounts.size() == static_cast<std::size_t>(days));
      REQUIRE_THAT(std::accumulate(amounts.begin(), amounts.end(), 0.0), WithinRel(1234.5, 1e-12));
    }
  }
}

TEST_CASE("pacings have the weights of their formulas", "[plan][pacing]") {
  REQUIRE_THAT(pace_budget(300, Pacing::even, 3)[1], WithinRel(100.0, 1e-12));
  const auto falling = pace_budget(300, Pacing::front_loaded, 3);  // 1.5, 1, 0.5
  REQUIRE_THAT(falling[0], WithinRel(150.0, 1e-12));
  REQUIRE_THAT(falling[1], WithinRel(100.0, 1e-12));
  REQUIRE_THAT(falling[2], WithinRel(50.0, 1e-12));
  const auto bursts = pace_budget(1400, Pacing::bursts, 21);  // 7 days on, 7 off, 7 on
  REQUIRE_THAT(bursts[6], WithinRel(100.0, 1e-12));
  REQUIRE(bursts[7] == 0);
  REQUIRE(bursts[13] == 0);
  REQUIRE_THAT(bursts[14], WithinRel(100.0, 1e-12));
  const auto pulses = pace_budget(2100, Pacing::pulsing, 14);  // 7 x 2 and 7 x 1
  REQUIRE_THAT(pulses[0], WithinRel(200.0, 1e-12));
  REQUIRE_THAT(pulses[7], WithinRel(100.0, 1e-12));
}

TEST_CASE("no budget is nothing on every day", "[plan][pacing]") {
  for (const double amount : pace_budget(0, Pacing::front_loaded, 30)) REQUIRE(amount == 0);
}

TEST_CASE("days without money do not count in the mean budget", "[plan][pacing]") {
  REQUIRE(mean_spent_budget(std::vector<double>{0.0, 300.0, 0.0, 100.0}) == 200.0);
  REQUIRE(mean_spent_budget(std::vector<double>{0.0, 0.0}) == 0.0);
  REQUIRE(mean_spent_budget({}) == 0.0);
}

}  // namespace flywheel::test
