// Whose cost a message is.
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

}  // namespace flywheel::test
