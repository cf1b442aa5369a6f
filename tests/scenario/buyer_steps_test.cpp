#include "scenario/buyer_steps.hpp"

#include <cmath>

#include "scenario/draw_scenario.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

double chance(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

/// Orders of a day's organic visitors for each of their visits, with log-odds on every step, by
/// the midpoint rule over intent.
double order_rate(const Scenario& scenario, double on_every_step) {
  const FunnelTraits& funnel = scenario.funnel;
  double rate = 0.0;
  for (double z = -8.0; z < 10.0; z += 0.01) {
    const double distance = z - scenario.organic.intent_loading;
    const double density = 0.01 * std::exp(-0.5 * distance * distance) / std::sqrt(2.0 * M_PI);
    for (const std::size_t device : {0U, 1U}) {
      double ordered = device == 0 ? 1.0 - funnel.unpaid_mobile_share : funnel.unpaid_mobile_share;
      for (const double log_odds : funnel.step_log_odds[device]) {
        ordered *= chance(log_odds + funnel.intent_loading * z + on_every_step);
      }
      rate += density * ordered;
    }
  }
  return rate;
}

}  // namespace

TEST_CASE("log-odds on the steps move the rate of all visitors as their buyers' steps tell",
          "[scenario][loops]") {
  const Scenario scenario =
      ScenarioSource{small_plan()}.draw(future_of(1, 0, {.parameters = true, .market = true}));
  REQUIRE(scenario.funnel.intent_loading > 0.3);
  double elasticity = 0.0;
  for (const double step : buyer_steps(scenario)) elasticity += 1.0 - step;
  const double little = 1e-4;
  const double moved =
      std::log(order_rate(scenario, little) / order_rate(scenario, -little)) / (2.0 * little);
  CHECK(elasticity == Approx(moved).epsilon(1e-4));
}

TEST_CASE("without intent buyers are visitors of either device", "[scenario][loops]") {
  Scenario scenario;
  scenario.audience.has_intent = false;
  scenario.funnel.unpaid_mobile_share = 1.0;
  scenario.funnel.step_log_odds[1] = {0.0, std::log(3.0), 0.0, 0.0, std::log(0.25)};
  const auto steps = buyer_steps(scenario);
  CHECK(steps[0] == Approx(0.5));
  CHECK(steps[1] == Approx(0.75));
  CHECK(steps[4] == Approx(0.2));
}

}  // namespace flywheel::test
