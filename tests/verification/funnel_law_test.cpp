// The fast engine's visits against products of step chances.
#include <array>
#include <cmath>
#include <numbers>

#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

double logistic(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

/// Orders or carts behind a rate over visits.
std::uint64_t part(double rate, std::uint64_t visits) {
  return static_cast<std::uint64_t>(std::llround(rate * static_cast<double>(visits)));
}

/// Ten days of visits that step by step get thinner.
Scenario visitors() {
  Scenario scenario = quiet_scenario({.shoppers = 20'000, .flight_days = 10, .cohort_days = 1});
  scenario.organic.visits_per_shopper_day = 0.5;
  scenario.funnel.step_log_odds = {{{0.4, 1.0, -0.4, 0.3, -1.2}, {0.1, 0.8, -0.6, 0.2, -1.5}}};
  scenario.funnel.unpaid_mobile_share = 0.3;
  scenario.funnel.rescued_share = 0.2;
  scenario.funnel.source_log_odds[1] = 0.15;  // organic, as there is no channel
  scenario.segments[0].conversion_log_odds = -0.2;
  scenario.funnel.reason_shares = {0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05};
  return scenario;
}

}  // namespace

TEST_CASE("visits go through the steps like a chain of logistic chances",
          "[verification][statistical]") {
  const Scenario scenario = visitors();
  const FastFuture future = play_fast(scenario, 1);
  const std::uint64_t visits = future.count(Column::visits);
  std::array<double, 2> carts{};
  std::array<double, 2> checkouts{};
  std::array<double, 2> orders{};
  for (std::size_t device = 0; device < 2; ++device) {
    const auto& odds = scenario.funnel.step_log_odds[device];
    const auto step = [&](std::size_t k) { return logistic(odds[k] - 0.05); };
    carts[device] = step(0) * step(1) * step(2);
    checkouts[device] = carts[device] * step(3);
    orders[device] = checkouts[device] * (1.0 - 0.8 * (1.0 - step(4)));
    const std::uint64_t here = future.count(Column::visits_by_device, device);
    CHECK(plausible_count(part(future(Column::conversion_rate_by_device, device), here), here,
                          orders[device]));
    CHECK(plausible_count(part(future(Column::bounce_rate_by_device, device), here), here,
                          1.0 - step(0)));
    // Carts and checkouts are counted by what is left of their rates: orders over 1 - abandonment.
    const double ordered = future(Column::conversion_rate_by_device, device);
    const double carted = ordered / (1.0 - future(Column::cart_abandonment_by_device, device));
    const double paying = ordered / (1.0 - future(Column::checkout_abandonment_by_device, device));
    CHECK(plausible_count(part(carted, here), here, carts[device]));
    CHECK(plausible_count(part(paying, here), here, checkouts[device]));
  }
  const auto mixed = [](const std::array<double, 2>& of) { return 0.7 * of[0] + 0.3 * of[1]; };
  CHECK(plausible_count(future.count(Column::visits_by_device, 1), visits, 0.3));
  const std::uint64_t bounced = part(future(Column::bounce_rate), visits);
  CHECK(plausible_count(bounced, visits, 1.0 - 0.7 * logistic(0.35) - 0.3 * logistic(0.05)));
  CHECK(plausible_count(part(future(Column::cart_rate), visits), visits, mixed(carts)));
  const auto failed = static_cast<std::uint64_t>(future.sum(Column::abandonments_by_reason));
  CHECK(plausible_count(failed, visits, mixed(checkouts) - mixed(orders)));
  CHECK(plausible_count(future.count(Column::abandonments_by_reason, 0), failed, 0.3));
  CHECK(plausible_count(future.count(Column::abandonments_by_reason, 9), failed, 0.05));
}

TEST_CASE("intent multiplies the odds of every step", "[verification][statistical]") {
  // Quadrature over z of the product of five steps, for a first visit that is the only one.
  Scenario scenario = visitors();
  scenario.audience.has_intent = true;
  scenario.funnel.intent_loading = 0.7;
  scenario.funnel.unpaid_mobile_share = 0.0;
  scenario.organic.visits_per_shopper_day = 0.0005;
  scenario.segments[0].size = 10'000'000;  // one visit in 400 is somebody's second
  double expected = 0.0;
  for (int k = -800; k <= 800; ++k) {
    const double z = 0.01 * k;
    double chance = 0.01 * std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
    for (std::size_t step = 0; step < 5; ++step) {
      const double success = logistic(scenario.funnel.step_log_odds[0][step] - 0.05 + 0.7 * z);
      chance *= step < 4 ? success : 1.0 - 0.8 * (1.0 - success);
    }
    expected += chance;
  }
  const FastFuture future = play_fast(scenario, 2);
  const std::uint64_t visits = future.count(Column::visits);
  CHECK(plausible_count(part(future(Column::conversion_rate), visits), visits, expected));
}

TEST_CASE("a propensity is multiplied by segment, source and market",
          "[verification][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 1'000'000, .flight_days = 1, .cohort_days = 0});
  scenario.audience.propensity = keep_table(scenario, beta_table(2.0, 6.0));  // of mean 1/4
  scenario.organic.visits_per_shopper_day = 0.01;  // so that a second visit is rare
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 0.4;
  scenario.funnel.source_factor = {1.0, 1.7, 1.0, 1.0, 1.0};
  scenario.segments[0].conversion_factor = 1.2;
  scenario.market.conversion_factor[0] = 0.9;
  std::vector<double> surplus;
  // Somebody's second visit comes after a failure: 1/2 of 0.01 of the visits, at a mean chance
  // E[p (1 - p)] / E[1 - p] instead of E[p].
  const double factor = 0.4 * 1.7 * 1.2 * 0.9;
  const double mean = factor / 4.0;
  const double square = factor * factor * 2.0 * 3.0 / (8.0 * 9.0);
  const double second = 0.005 * (1.0 - mean);
  const double expected = (mean + second * (mean - square) / (1.0 - mean)) / (1.0 + second);
  for (std::uint64_t luck = 0; luck < 20; ++luck) {
    const FastFuture future = play_fast(scenario, luck);
    surplus.push_back(future(Column::organic_customers) - expected * future(Column::visits));
  }
  CHECK(plausible_mean(surplus, 0.0));
}

TEST_CASE("sessions last and go as far as their laws say", "[verification][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 10'000, .flight_days = 10, .cohort_days = 1});
  scenario.organic.visits_per_shopper_day = 1.0;
  let_no_visit_order(scenario);
  for (auto& steps : scenario.funnel.step_log_odds) steps[0] = 50.0;  // everybody is engaged
  scenario.funnel.unpaid_mobile_share = 0.1;
  scenario.funnel.session_log_median = std::log(120.0);
  scenario.funnel.session_log_spread = 0.8;
  scenario.funnel.pages_mean = 3.5;
  const auto figure = [](Column column) {
    return [column](const FastFuture& future) { return future(column); };
  };
  // Means of a lognormal, and of one more than a geometric number.
  const double seconds = 120.0 * std::exp(0.5 * 0.8 * 0.8);
  CHECK(plausible_mean(sample(scenario, 30, figure(Column::session_seconds)), seconds));
  for (std::size_t device = 0; device < 2; ++device) {
    const auto here = [device](const FastFuture& future) {
      return future(Column::session_seconds_by_device, device);
    };
    CHECK(plausible_mean(sample(scenario, 30, here), seconds));
  }
  CHECK(plausible_mean(sample(scenario, 30, figure(Column::pages_per_session)), 4.5));
  // Without spread all last as long, to the millisecond.
  scenario.funnel.session_log_spread = 0.0;
  const FastFuture alike = play_fast(scenario, 1);
  CHECK(alike(Column::session_seconds) == Approx(120.0).epsilon(1e-12));
  CHECK(alike(Column::session_seconds_by_device, 0) == Approx(120.0).epsilon(1e-12));
}

}  // namespace flywheel::test
