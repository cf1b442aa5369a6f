#include <cmath>
#include <functional>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

std::uint64_t count(double figure) { return static_cast<std::uint64_t>(std::llround(figure)); }

double logistic(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

/// A figure of independent futures.
std::vector<double> sample(const Scenario& scenario, std::uint64_t futures,
                           const std::function<double(const NaiveTally&)>& figure) {
  std::vector<double> values;
  for (std::uint64_t luck = 0; luck < futures; ++luck) {
    values.push_back(figure(play_naive(scenario, luck).tally));
  }
  return values;
}

/// Everybody makes a first order within the first day, after half an hour on average.
Scenario everybody_buys(std::uint64_t shoppers, int cohort_days) {
  Scenario scenario =
      quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = cohort_days});
  scenario.organic.visits_per_shopper_day = 50.0;
  let_all_visits_order(scenario);
  return scenario;
}

}  // namespace

TEST_CASE("naive: visits go through the steps like a chain of logistic chances",
          "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 3000, .flight_days = 10, .cohort_days = 20});
  scenario.organic.visits_per_shopper_day = 1.0;
  scenario.funnel.step_log_odds = {{{0.4, 1.0, -0.4, 0.3, -1.2}, {0.1, 0.8, -0.6, 0.2, -1.5}}};
  scenario.funnel.unpaid_mobile_share = 0.3;
  scenario.funnel.rescued_share = 0.2;
  scenario.funnel.source_log_odds[1] = 0.15;  // organic, as there is no channel
  scenario.segments[0].conversion_log_odds = -0.2;
  scenario.funnel.reason_shares = {0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05};
  const NaiveTally tally = play_naive(scenario, 1).tally;
  for (std::size_t device = 0; device < 2; ++device) {
    double expected = 1.0;
    for (std::size_t step = 0; step < 4; ++step) {
      expected *= logistic(scenario.funnel.step_log_odds[device][step] - 0.05);
    }
    expected *= 1.0 - 0.8 * (1.0 - logistic(scenario.funnel.step_log_odds[device][4] - 0.05));
    CHECK(plausible_count(count(tally.visit_orders_by_device[device]),
                          count(tally.visits_by_device[device]), expected));
  }
  const double visits = tally.visits_by_device[0] + tally.visits_by_device[1];
  CHECK(plausible_count(count(tally.visits_by_device[1]), count(visits), 0.3));
  const double bounced = 0.7 * (1.0 - logistic(0.35)) + 0.3 * (1.0 - logistic(0.05));
  CHECK(plausible_count(count(tally.visits_by_end[0]), count(visits), bounced));
  CHECK(plausible_count(count(tally.reasons[0]), count(tally.visits_by_end[4]), 0.3));
  CHECK(plausible_count(count(tally.reasons[9]), count(tally.visits_by_end[4]), 0.05));
}

TEST_CASE("naive: a propensity is multiplied by segment, source and market",
          "[naive][statistical]") {
  const InverseTable propensity = beta_table(2.0, 6.0);  // of mean 1/4
  Scenario scenario = quiet_scenario({.shoppers = 60'000, .flight_days = 1, .cohort_days = 0});
  scenario.audience.propensity = TraitQuantile{propensity};
  scenario.organic.visits_per_shopper_day = 0.01;  // so that a second visit is rare
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 0.4;
  scenario.funnel.source_factor = {1.0, 1.7, 1.0, 1.0, 1.0};
  scenario.segments[0].conversion_factor = 1.2;
  scenario.market.conversion_factor[0] = 0.9;
  double orders = 0.0;
  double visits = 0.0;
  for (std::uint64_t luck = 0; luck < 20; ++luck) {
    const NaiveTally tally = play_naive(scenario, luck).tally;
    orders += tally.visit_orders_by_source[1];
    visits += tally.visits_by_source[1];
    CHECK(tally.visits_by_end[4] + tally.visits_by_end[5] == tally.visits_by_source[1]);
  }
  // Somebody's second visit comes after a failure: 1/2 of 0.01 of the visits, at a mean chance
  // E[p (1 - p)] / E[1 - p] instead of E[p].
  const double factor = 0.4 * 1.7 * 1.2 * 0.9;
  const double mean = factor / 4.0;
  const double square = factor * factor * 2.0 * 3.0 / (8.0 * 9.0);
  const double second = 0.005 * (1.0 - mean);
  CHECK(plausible_count(count(orders), count(visits),
                        (mean + second * (mean - square) / (1.0 - mean)) / (1.0 + second)));
}

TEST_CASE("naive: repeat purchases follow the closed form of Pareto/NBD", "[naive][statistical]") {
  const double r = 1.258;
  const double alpha = 60.0;
  const double s = 0.723;
  const double beta = 40.0;
  const InverseTable rates = gamma_table(r);
  const InverseTable dropouts = gamma_table(s);
  Scenario scenario = everybody_buys(2000, 120);
  scenario.audience.purchase_rate = TraitQuantile{rates};
  scenario.audience.dropout = TraitQuantile{dropouts};
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = r / alpha;
  scenario.repeat.mean_dropout = s / beta;
  // Schmittlein, Morrison and Colombo 1987: E[X(t)] = r beta / (alpha (s - 1)) (1 - (beta / (beta +
  // t))^(s - 1)).
  const auto expected = [&](double t) {
    return r * beta / (alpha * (s - 1.0)) * (1.0 - std::pow(beta / (beta + t), s - 1.0));
  };
  const auto repeats = [](const NaiveTally& tally) { return tally.repeat_orders; };
  CHECK(plausible_mean(sample(scenario, 60, repeats), 2000.0 * expected(121.0 - 0.02)));

  // Customers of day zero have aged: what they buy is E[X(U + t)] - E[X(U)] over U in (0, 50).
  scenario.organic.visits_per_shopper_day = 0.0;
  scenario.segments[0].size = 1;
  scenario.day_zero = {.customers = 2000, .tenure_days = 50.0};
  double aged = 0.0;
  for (int k = 0; k < 1000; ++k) {
    const double age = 0.05 * (k + 0.5);
    aged += (expected(age + 121.0) - expected(age)) / 1000.0;
  }
  CHECK(plausible_mean(sample(scenario, 20, repeats), 2000.0 * aged));
}

TEST_CASE("naive: repeat purchases follow the closed form of BG/NBD", "[naive][statistical]") {
  Scenario scenario = everybody_buys(2000, 120);
  const double a = 2.0;
  const double b = 5.0;
  const double rate = 0.04;
  const InverseTable dropouts = beta_table(a, b);
  scenario.audience.dropout = TraitQuantile{dropouts};
  scenario.repeat.process = RepeatProcess::bg_nbd;
  scenario.repeat.mean_rate = rate;
  // Given l and p: E[X(t)] = (1 - exp(-l p t)) / p (Fader, Hardie and Lee 2005), over p ~ Beta.
  const auto expected = [&](double t) {
    double mean = 0.0;
    constexpr int slices = 100'000;
    for (int k = 0; k < slices; ++k) {
      const double p = (k + 0.5) / slices;
      const double density = 30.0 * p * std::pow(1.0 - p, b - 1.0);  // 1 / B(2, 5) = 30
      mean += density * (1.0 - std::exp(-rate * p * t)) / p / slices;
    }
    return mean;
  };
  const auto repeats = [](const NaiveTally& tally) { return tally.repeat_orders; };
  CHECK(plausible_mean(sample(scenario, 20, repeats), 2000.0 * expected(120.98)));

  scenario.organic.visits_per_shopper_day = 0.0;
  scenario.segments[0].size = 1;
  scenario.day_zero = {.customers = 2000, .tenure_days = 50.0};
  double aged = 0.0;
  for (int k = 0; k < 50; ++k) {
    aged += (expected(k + 0.5 + 121.0) - expected(k + 0.5)) / 50.0;
  }
  CHECK(plausible_mean(sample(scenario, 20, repeats), 2000.0 * aged));
}

TEST_CASE("naive: subscriptions survive renewals like the shifted beta-geometric",
          "[naive][statistical]") {
  const double alpha = 0.8;
  const double beta = 2.1;
  Scenario scenario = everybody_buys(1000, 199);  // ten renewal dates from day 20 to day 200
  scenario.subscription.take_up = 1.0;
  scenario.subscription.interval_days = 19.8;
  scenario.subscription.churn_alpha = alpha;
  scenario.subscription.churn_beta = beta;
  const auto renewals = [](const NaiveTally& tally) { return tally.renewals; };
  // Fader and Hardie 2007: S(k) = S(k-1) (beta + k - 1) / (alpha + beta + k - 1).
  const auto expected = [&](double stays) {
    double survival = 1.0;
    double sum = 0.0;
    for (int k = 1; k <= 10; ++k) {
      survival *= (beta + k - 1.0) / (alpha + beta + k - 1.0);
      sum += survival * std::pow(stays, k);
    }
    return 1000.0 * sum;
  };
  CHECK(plausible_mean(sample(scenario, 20, renewals), expected(1.0)));
  // A failed payment that is not recovered ends one in ten at each date; pauses skip, but not end.
  scenario.subscription.failed_payment = 0.25;
  scenario.subscription.recovered = 0.6;
  CHECK(plausible_mean(sample(scenario, 20, renewals), expected(0.9)));
  scenario.subscription.failed_payment = 0.0;
  scenario.subscription.pause_probability = 0.3;
  CHECK(plausible_mean(sample(scenario, 20, renewals), 0.7 * expected(1.0)));
}

TEST_CASE("naive: referral is a branching process with progeny 1 / (1 - R)",
          "[naive][statistical]") {
  Scenario scenario = everybody_buys(500, 3);
  scenario.referral.promoters_only = false;
  scenario.referral.share_rate = 0.25;
  scenario.referral.clicks_per_share = 2.0;
  scenario.referral.depletion = false;
  for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;  // organic adds 50, friends 0
  scenario.funnel.source_log_odds[1] = 50.0;
  const double reproduction = 0.25 * 2.0 * 0.5;
  const auto customers = [](const NaiveTally& tally) {
    return tally.organic_customers + tally.referred_customers;
  };
  const std::vector<double> progeny = sample(scenario, 200, customers);
  CHECK(plausible_mean(progeny, 500.0 / (1.0 - reproduction)));
  // Offspring: Poisson(2) with chance 1/4, thinned by 1/2: variance q m (1 - q m + m), m = 1.
  const double variance = 0.25 * (1.0 - 0.25 + 1.0);
  CHECK(plausible_variance(progeny, 500.0 * variance / std::pow(1.0 - reproduction, 3)));
}

TEST_CASE("naive: friends come too late for a pool that is used up", "[naive][statistical]") {
  Scenario scenario = everybody_buys(1000, 0);
  scenario.day_zero = {.customers = 400, .tenure_days = 1.0};
  scenario.referral.promoters_only = false;
  scenario.referral.share_rate = 1.0;
  scenario.referral.fixed_count = true;
  scenario.referral.clicks_per_share = 1.0;
  for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;
  scenario.funnel.source_log_odds[1] = 50.0;
  scenario.funnel.source_log_odds[3] = -50.0;  // friends leave without an order
  std::vector<double> surplus;
  for (std::uint64_t luck = 0; luck < 100; ++luck) {
    const NaiveTally tally = play_naive(scenario, luck).tally;
    surplus.push_back(tally.friends - 0.6 * tally.organic_customers);
  }
  CHECK(plausible_mean(surplus, 0.0));
}

TEST_CASE("naive: a first message meets the rates of a rested recipient", "[naive][statistical]") {
  Scenario scenario = everybody_buys(40'000, 9);
  scenario.messages.consent_at_order = 0.5;
  scenario.messages.pressure_decay = std::log(2.0) / 3.0;
  scenario.messages.pressure_fatigue = 1.0;
  scenario.messages.pressure_unsubscribe = 0.3;
  scenario.flows = {{.trigger = Trigger::delivery,
                     .messages = 1,
                     .first_after_days = 1.0,
                     .delivery_rate = 0.9,
                     .open_rate = 0.2,
                     .click_rate = 0.1,
                     .order_rate = 0.0,
                     .unsubscribe_rate = 0.1,
                     .cost = 0.01}};
  const NaiveTally once = play_naive(scenario, 3).tally;
  CHECK(plausible_count(count(once.messages_by_flow[0]), 40'000, 0.5));
  const std::uint64_t sent = count(once.messages_by_flow[0]);
  CHECK(plausible_count(count(once.delivered), sent, 0.9));
  CHECK(plausible_count(count(once.opened), sent, 0.9 * 0.2 * std::exp(1.0)));
  CHECK(plausible_count(count(once.clicked), sent, 0.9 * 0.1 * std::exp(1.0)));
  CHECK(plausible_count(count(once.unsubscribed), sent, 0.9 * 0.1 * std::exp(-0.3)));

  // Three days later half of the pressure is left and the unsubscribed are gone.
  scenario.flows[0].messages = 2;
  scenario.flows[0].every_days = 3.0;
  const NaiveTally twice = play_naive(scenario, 4).tally;
  const double leaves = 0.9 * 0.1 * std::exp(-0.3);
  CHECK(plausible_count(count(twice.messages_by_flow[0]) - count(twice.consents),
                        count(twice.consents), 1.0 - leaves));
  const double opens = 0.9 * 0.2 * (std::exp(1.0) + (1.0 - leaves) * std::exp(0.5));
  CHECK(plausible_mean(twice.opened / twice.consents, std::sqrt(opens), count(twice.consents),
                       opens));
}

}  // namespace flywheel::test
