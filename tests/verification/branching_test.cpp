// Referral in the fast engine against the theory of branching processes.
#include <cmath>

#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t founders = 500;

/// Everybody who orders shares with this chance with Poisson(2) friends, of whom half order.
Scenario sharing(double share_rate) {
  Scenario scenario = everybody_buys(founders, 3);
  scenario.referral.promoters_only = false;
  scenario.referral.share_rate = share_rate;
  scenario.referral.clicks_per_share = 2.0;
  scenario.referral.depletion = false;
  for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;  // organic adds 50, friends 0
  scenario.funnel.source_log_odds[1] = 50.0;
  return scenario;
}

double customers(const FastFuture& future) {
  return future(Column::organic_customers) + future(Column::referred_customers);
}

}  // namespace

TEST_CASE("referral has the progeny of a branching process", "[verification][statistical]") {
  // R = q * 2 * 1/2; offspring are Poisson(1) with chance q: variance q (1 - q + 1). Mean of the
  // total progeny 1 / (1 - R), variance s^2 / (1 - R)^3 (Harris 1963).
  for (const double q : {0.05, 0.3}) {
    const Scenario scenario = sharing(q);
    const std::vector<double> progeny = sample(scenario, 200, customers);
    CHECK(plausible_mean(progeny, founders / (1.0 - q)));
    CHECK(plausible_variance(progeny, founders * q * (2.0 - q) / std::pow(1.0 - q, 3)));
  }
}

TEST_CASE("referred customers per customer estimate the reproduction number",
          "[verification][statistical]") {
  // Friends = 2 q of all customers; referred = R of all customers.
  const Scenario scenario = sharing(0.3);
  std::vector<double> friends;
  std::vector<double> referred;
  for (std::uint64_t luck = 0; luck < 100; ++luck) {
    const FastFuture future = play_fast(scenario, luck);
    friends.push_back(future(Column::friends) - 0.6 * customers(future));
    referred.push_back(future(Column::referred_customers) - 0.3 * customers(future));
    const double rate = future(Column::referred_customers) / future(Column::friends);
    CHECK(future(Column::referral_conversion_rate) == Approx(rate));
  }
  CHECK(plausible_mean(friends, 0.0));
  CHECK(plausible_mean(referred, 0.0));
}

TEST_CASE("friends come too late for a pool that is used up", "[verification][statistical]") {
  Scenario scenario = everybody_buys(1000, 2);
  scenario.day_zero = {.customers = 400, .tenure_days = 1.0};
  scenario.referral.promoters_only = false;
  scenario.referral.share_rate = 1.0;
  scenario.referral.fixed_count = true;
  scenario.referral.clicks_per_share = 1.0;
  for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;
  scenario.funnel.source_log_odds[1] = 50.0;
  scenario.funnel.source_log_odds[3] = -50.0;  // friends leave without an order
  // 400 of 1,000 are customers already: 0.6 friends of each new customer come.
  CHECK(plausible_mean(
      sample(scenario, 100, [](const FastFuture& future) { return future(Column::friends); }),
      600.0));
}

}  // namespace flywheel::test
