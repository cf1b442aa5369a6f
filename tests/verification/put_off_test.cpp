// People whom detractors put off.
#include "journey/put_off.hpp"

#include <cmath>

#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t shoppers = 20'000;

/// Half of the audience comes and buys on day 0, all of them detractors at once; the others come 20
/// times on average on day 8, when the second rotation has begun.
Scenario grumbling_shop(double friends_put_off) {
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = 13});
  scenario.organic.visits_per_shopper_day = 20.0;
  for (double& demand : scenario.market.demand) demand = 0.0;
  scenario.market.demand[0] = std::log(2.0) / 20.0;
  scenario.market.demand[8] = 1.0;
  let_all_visits_order(scenario);
  scenario.advocacy = {.noise_loading = 1.0,
                       .promoter_above = 100.0,
                       .detractor_below = 99.0,
                       .friends_put_off = friends_put_off};
  return scenario;
}

}  // namespace

TEST_CASE("the share put off is that of boxes hit by so many balls", "[journey]") {
  CHECK(put_off_share(0.0, 1000.0) == 0.0);
  CHECK(put_off_share(500.0, 1000.0) == Approx(0.3934693402873666));
}

TEST_CASE("people put off bounce for good, open no window and are followed by nothing",
          "[verification][statistical]") {
  using enum Column;
  Scenario scenario = grumbling_shop(0.8);
  scenario.retargeting.enabled = true;
  scenario.retargeting.pool = Depth::click;
  scenario.retargeting.window_days = 5.0;
  scenario.retargeting.return_probability = 0.5;
  scenario.retargeting.last_day = 14.0;
  const FastFuture f = play_fast(scenario, 1);
  const auto by_others = [&](std::uint64_t buyers) {
    return f(orders) - static_cast<double>(buyers);
  };
  // Who came on day 0 is known exactly: their answers are those that had been given by day 7.
  std::uint64_t first = 0;
  for (const Customer& customer : f.customers()) first += customer.first_order < 7.0 ? 1U : 0U;
  CHECK(plausible_count(first, shoppers, 0.5));
  CHECK(plausible_mean(f(people_put_off) / f(orders), std::sqrt(0.8), f.count(orders), 0.8));
  const double away = 1.0 - std::exp(-0.8 * static_cast<double>(first) / shoppers);
  const std::uint64_t others = shoppers - first;
  // The number told varies by sqrt(0.8 first), its share by at most 0.7 of that over the audience.
  CHECK(plausible_mean(by_others(first) / static_cast<double>(others),
                       std::sqrt(away * (1.0 - away) + 0.16), others, 1.0 - away));
  const double bounces = f(bounce_rate) * f(visits);
  const double stayed_away = static_cast<double>(others) - by_others(first);
  CHECK(plausible_mean(bounces / stayed_away, std::sqrt(20.0),
                       static_cast<std::uint64_t>(stayed_away), 20.0));
  CHECK(f(pool_entries) == 0.0);
  CHECK(f(own_returns) == 0.0);
}

TEST_CASE("people put off bounce, too, where their visits would have left no trace",
          "[verification][statistical]") {
  using enum Column;
  // One visit on average on day 8, which goes as far as the checkout and never to an order.
  Scenario scenario = grumbling_shop(0.8);
  for (auto& steps : scenario.funnel.step_log_odds) steps = {50.0, 50.0, 50.0, 50.0, 0.0};
  scenario.market.conversion_log_odds[0] = 50.0;
  scenario.market.conversion_log_odds[8] = -25.0;
  scenario.market.demand[8] = 0.05;
  const FastFuture f = play_fast(scenario, 4);
  const std::uint64_t others = shoppers - f.count(orders);
  const double away = 1.0 - std::exp(-0.8 * f(orders) / shoppers);
  CHECK(plausible_mean(f(bounce_rate) * f(visits) / static_cast<double>(others),
                       std::sqrt(away + away * (1.0 - away) + 0.16), others, away));
}

TEST_CASE("without answers that put off nobody stays away", "[verification]") {
  using enum Column;
  const FastFuture f = play_fast(grumbling_shop(0.0), 2);
  CHECK(f(people_put_off) == 0.0);
  CHECK(f(bounce_rate) == 0.0);
  CHECK(f(orders) == shoppers);
}

TEST_CASE("messages bring no order of somebody put off", "[verification][statistical]") {
  using enum Column;
  // All leave an address on day 0 or 1; half are customers since day 0, whose answers put all
  // others off when the second rotation begins.
  Scenario scenario = grumbling_shop(1e6);
  scenario.market.demand[8] = 0.0;
  scenario.market.demand[1] = 1.0;
  scenario.market.conversion_log_odds[1] = -51.5;  // many stay, few go on
  scenario.funnel.form_rate = 1.0;
  scenario.order.delivery_days = 0.0;
  scenario.flows = {{.trigger = Trigger::calendar,
                     .first_after_days = 5.0,
                     .delivery_rate = 1.0,
                     .open_rate = 1.0,
                     .click_rate = 1.0,
                     .order_rate = 0.5}};
  const FastFuture early = play_fast(scenario, 3);
  CHECK(plausible_count(early.count(organic_customers), shoppers, 0.75));
  scenario.flows[0].first_after_days = 9.0;
  const FastFuture late = play_fast(scenario, 3);
  CHECK(plausible_count(late.count(organic_customers), shoppers, 0.5));
  CHECK(late(messages) == Approx(early(messages)).epsilon(0.01));
  CHECK(late(repeat_orders) == late.sum(orders_by_flow));
}

}  // namespace flywheel::test
