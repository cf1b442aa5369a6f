// How many messages are sent, and whose cost they are.
#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr double message_price = 2.0;

/// Ads win customers who cost nothing but media and two messages each.
Scenario shop_with_messages() {
  Scenario scenario =
      quiet_scenario({.shoppers = 300, .flight_days = 5, .conversion_days = 5, .cohort_days = 40});
  add_channel(scenario, 0.2, 1.0);
  scenario.channels[0].click_rate = 0.5;
  scenario.channels[0].largest_response = 1.0;
  let_all_visits_order(scenario);
  scenario.order.mean_value = 50.0;
  scenario.order.margin = 1.0;
  scenario.flows = {{.trigger = Trigger::order,
                     .messages = 2,
                     .first_after_days = 1.0,
                     .every_days = 3.0,
                     .delivery_rate = 1.0,
                     .cost = message_price}};
  scenario.messages.consent_at_order = 1.0;
  return scenario;
}

/// The same future in either engine.
std::vector<Outcome> both_engines(const Scenario& scenario, const OutcomeLayout& layout) {
  return {play_fast(scenario, 3).outcome, run_naive(scenario, layout, 3)};
}

}  // namespace

TEST_CASE("messages to the cohort's customers are costs of the cohort", "[verification]") {
  const Scenario scenario = shop_with_messages();
  const OutcomeLayout layout{dimension_sizes(scenario)};
  for (const Outcome& outcome : both_engines(scenario, layout)) {
    const auto of = [&](Column column) { return outcome.row[layout.offset(column)]; };
    CHECK(of(Column::organic_customers) == 0.0);
    REQUIRE(of(Column::root_customers) > 20.0);
    CHECK(of(Column::messages) == 2.0 * of(Column::root_customers));
    CHECK(of(Column::cohort_contribution) ==
          Approx(of(Column::cohort_gross_revenue) - message_price * of(Column::messages) -
                 of(Column::media_spend)));
  }
}

TEST_CASE("with no time between them all messages of a flow are sent, one of a calendar",
          "[verification]") {
  Scenario scenario = shop_with_messages();
  scenario.flows[0].messages = 3;
  scenario.flows[0].every_days = 0.0;
  scenario.flows.push_back({.trigger = Trigger::calendar,
                            .messages = 3,
                            .first_after_days = 20.0,
                            .every_days = 0.0,
                            .delivery_rate = 1.0});
  const OutcomeLayout layout{dimension_sizes(scenario)};
  for (const Outcome& outcome : both_engines(scenario, layout)) {
    const auto by_flow = [&](std::size_t flow) {
      return outcome.row[layout.offset(Column::messages_by_flow, flow)];
    };
    const double customers = outcome.row[layout.offset(Column::root_customers)];
    REQUIRE(customers > 20.0);
    CHECK(by_flow(0) == 3.0 * customers);
    CHECK(by_flow(1) == customers);
  }
}

TEST_CASE("neither engine misses a share of retargeting where there is none", "[verification]") {
  Scenario scenario = shop_with_messages();
  scenario.solved.retargeting_reached = false;
  const OutcomeLayout layout{dimension_sizes(scenario)};
  for (const Outcome& outcome : both_engines(scenario, layout)) {
    CHECK(outcome.row[layout.offset(Column::retargeting_share_missed)] == 0.0);
  }
}

}  // namespace flywheel::test
