#include <cmath>

#include "naive/small_scenario.hpp"

namespace flywheel::test {

void add_marketplace(Scenario& scenario) {
  MomentumTraits& momentum = scenario.momentum;
  momentum.rotation_days = scenario.calendar.rotation_days;
  momentum.flight_days = scenario.calendar.flight_days;
  momentum.uses_propensity = scenario.funnel.uses_propensity;
  momentum.marketplace = {.enabled = true,
                          .doubling_exponent = std::log2(0.9),
                          .prior_orders = 300.0,
                          .pass_on = 0.6,
                          .follow = 0.4,
                          .price_floor = 0.97,
                          .price_elasticity = 1.5,
                          .traffic_elasticity = 0.8,
                          .sellers = 50.0,
                          .entry = 0.6,
                          .attraction = 1.0,
                          .breadth = 0.9,
                          .poor_share = 0.3,
                          .pruning = 0.3,
                          .selection_effect = 0.3,
                          .selection_traffic = 0.3,
                          .clutter_effect = 0.6,
                          .delivery_scale = 0.3,
                          .fastest = 0.6,
                          .delivery_effect = 0.3,
                          .first_stock = 0.0,
                          .lead_rotations = 2,
                          .cover_rotations = 3.0};
  for (int day = 0; day < scenario.calendar.horizon(); ++day) {
    scenario.market.rival_price.push_back(std::exp(0.15 * std::sin(1.0 + 0.8 * day)));
  }
}

Scenario trading_scenario() {
  Scenario scenario = looping_scenario();
  add_marketplace(scenario);
  scenario.momentum.marketplace.first_stock = 120.0;
  return scenario;
}

}  // namespace flywheel::test
