// Referral in the fast engine against the theory of branching processes.
#include <cmath>

#include "scenario/reproduction.hpp"
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

/// Days after which what the first customers bring has nearly come to its end.
constexpr double early_until = 250.0;

/// Founders on day 0 and their line over 500 days: promoters alone are asked, friends differ in
/// intent and device, many come back by themselves, nothing is at once, no world changes.
Scenario long_way_round() {
  Scenario scenario = everybody_buys(founders, 500);
  scenario.calendar = {.start = scenario.calendar.start,
                       .flight_days = 1,
                       .conversion_days = 459,
                       .cohort_days = 40};
  scenario.referral = {.promoters_only = true,
                       .share_rate = 0.9,
                       .clicks_per_share = 2.0,
                       .delay_days = 15.0,
                       .depletion = false};
  scenario.advocacy.trait_loading = scenario.advocacy.noise_loading = std::sqrt(0.5);
  scenario.advocacy.promoter_above = 0.1;
  scenario.advocacy.bad_effect = 0.8;
  scenario.order.bad_product = 0.3;
  scenario.order.delivery_days = 8.0;
  scenario.audience.has_intent = true;
  scenario.funnel.intent_loading = 0.8;
  scenario.funnel.step_log_odds = {{{1.0, 2.0, 1.5, 2.0, 1.0}, {0.5, 1.5, 1.0, 1.5, 0.0}}};
  scenario.funnel.unpaid_mobile_share = 0.4;
  scenario.funnel.rescued_share = 0.1;
  scenario.funnel.source_log_odds[1] = 50.0;  // organic: the founders
  scenario.funnel.source_log_odds[2] = 0.7;   // own returns
  scenario.funnel.immediate_share = 0.6;
  scenario.funnel.immediate_delay_days = 0.5;
  scenario.funnel.later_delay_days = 6.0;
  scenario.retargeting.return_probability = 0.6;
  scenario.retargeting.return_delay_days = 12.0;
  // A budget of nothing: no ad is shown, but rotations are played one by one, which leaves records.
  scenario.retargeting.enabled = true;
  scenario.retargeting.window_days = 1.0;
  scenario.retargeting.last_day = 500.0;
  scenario.retargeting.affordable_per_day.assign(500, 0.0);
  return scenario;
}

/// Customers of the first 250 days, and those whom they referred.
struct Line {
  double customers{0};
  double referred{0};
  double in_cohort{0};
};

Line follow_line(const FastFuture& future) {
  const Crowd& crowd = future.memory.blocks[0].block.crowd;
  const auto people = crowd.customers();
  Line line;
  for (const Customer& one : people) line.customers += one.first_order < early_until ? 1.0 : 0.0;
  for (const Record& record : crowd.records()) {
    if (record.referrer == nobody || record.customer == nobody) continue;
    const Customer& parent = people[crowd.record(record.referrer).customer];
    if (parent.first_order >= early_until) continue;
    line.referred += 1.0;
    const double delay = people[record.customer].first_order - parent.first_order;
    line.in_cohort += delay <= 40.0 ? 1.0 : 0.0;
  }
  return line;
}

/// Customers per founder by day t when each brings R friends who order, each after an exponential
/// delay of mean d, and founders order at an exponential time of this rate.
///
/// From one founder at 0: a customer of age a brings R e^(-a / d) / d others a day, so that births
/// b obey b(t) = (R / d) e^(-t / d) + (R / d) integral of e^(-(t - u) / d) b(u) du. Multiplied by
/// e^(t / d) and differentiated, b' = b (R - 1) / d with b(0) = R / d: growth at (R - 1) / d, the
/// root of Euler and Lotka's equation R / (1 + r d) = 1. Summed up, N(t) = 1 + R / (R - 1) (e^((R -
/// 1) t / d) - 1) = (R e^((R - 1) t / d) - 1) / (R - 1). A founder who orders at time U has N(t -
/// U) by then; E e^(-r U) = rate / (rate + r).
struct Growth {
  double reproduction;
  double delay_days;
  double founding_rate;

  [[nodiscard]] double customers(double day) const {
    const double r = (reproduction - 1.0) / delay_days;
    const double founded = founding_rate / (founding_rate + r);
    return (reproduction * std::exp(r * day) * founded - 1.0) / (reproduction - 1.0);
  }
};

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

TEST_CASE("friends and referred customers are those of the reproduction number",
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

TEST_CASE("customers refer as many as the reproduction number says",
          "[verification][statistical]") {
  const Scenario scenario = long_way_round();
  const Reproduction expected = expect_reproduction(scenario, std::vector<double>{1.0}).front();
  CHECK(expected.lifetime > 0.2);
  CHECK(expected.in_cohort < 0.9 * expected.lifetime);
  std::vector<double> surplus;
  std::vector<double> surplus_in_cohort;
  double lived = 0.0;
  for (std::uint64_t luck = 0; luck < 100; ++luck) {
    const FastFuture future = play_fast(scenario, luck);
    const Line line = follow_line(future);
    lived += line.customers;
    surplus.push_back(line.referred - expected.lifetime * line.customers);
    surplus_in_cohort.push_back(line.in_cohort - expected.in_cohort * line.customers);
    for (std::size_t rotation : {std::size_t{0}, std::size_t{70}}) {
      CHECK(future(Column::reproduction_number, rotation) == Approx(expected.lifetime));
      CHECK(future(Column::reproduction_number_180, rotation) == Approx(expected.in_cohort));
    }
    CHECK(future(Column::largest_reproduction_number) == Approx(expected.lifetime));
  }
  CHECK(lived > 100.0 * founders);
  CHECK(plausible_mean(surplus, 0.0));
  CHECK(plausible_mean(surplus_in_cohort, 0.0));
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

TEST_CASE("referral above one grows at the rate of Euler and Lotka",
          "[verification][statistical]") {
  // Every customer brings three friends, of whom half order: R = 1.5, growth of 2.5 % a day.
  const Growth growth{.reproduction = 1.5, .delay_days = 20.0, .founding_rate = 30.0};
  for (const int days : {20, 60, 120}) {
    Scenario scenario = everybody_buys(founders, days);
    scenario.referral = {.promoters_only = false,
                         .share_rate = 1.0,
                         .fixed_count = true,
                         .clicks_per_share = 3.0,
                         .delay_days = growth.delay_days,
                         .depletion = false};
    for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;
    scenario.funnel.source_log_odds[1] = 50.0;
    const double horizon = scenario.calendar.horizon();
    const std::vector<double> grown = sample(scenario, 200, customers);
    INFO(horizon << " days: " << moments_of(grown).mean / founders << " of "
                 << growth.customers(horizon));
    CHECK(plausible_mean(grown, founders * growth.customers(horizon)));
    // What the test could tell: five errors are less than 2.3 %.
    CHECK(moments_of(grown).standard_error() < 0.0045 * moments_of(grown).mean);
  }
}

}  // namespace flywheel::test
