#include <algorithm>
#include <cmath>

#include "naive/engine.hpp"
#include "naive/loops.hpp"
#include "naive/small_scenario.hpp"
#include "naive/world.hpp"
#include "random/trait_tables.hpp"
#include "scenario/due_shares.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

using Shares = std::vector<double>;

/// Two segments of 500, a channel with a budget of 100 a day for 28 days, rotations of 7 days,
/// conversions at once.
Scenario learning_scenario() {
  Scenario scenario =
      quiet_scenario({.shoppers = 500, .flight_days = 28, .conversion_days = 7, .cohort_days = 14});
  scenario.segments.push_back({.size = 500});
  add_channel(scenario, 0.5, 0.2);
  TargetingTraits& traits = scenario.momentum.targeting;
  traits.enabled = true;
  traits.least_share = 0.5;
  traits.most_share = 2.0;
  traits.prior_conversions = 5.0;
  traits.kept = 0.5;
  traits.learning_conversions = 10.0;
  traits.reset_change = 0.5;
  traits.half_conversions = 27.0;
  traits.ceiling = 1.4;
  traits.channels = {{.planned_shares = {0.5, 0.5}, .budget = Shares(28, 100.0)}};
  return scenario;
}

/// Tracked first orders of channel 0 in a rotation and segment, each of this value.
void track(NaiveTally& tally, int rotation, int segment, int orders, double value) {
  for (int k = 0; k < orders; ++k)
    tally.tracked.push_back({7.0 * rotation + 3.0, 0, segment, value});
}

/// What holds after the rotations from 0 to the one before this.
NaiveLoops turn(const Scenario& scenario, const NaiveTally& tally, int rotation) {
  NaiveLoops loops = start_loops(scenario, {1, 2});
  for (int r = 1; r <= rotation; ++r) open_rotation(loops, scenario, tally, r);
  return loops;
}

}  // namespace

TEST_CASE("naive targeting: money's conversions come by the delays of orders", "[naive]") {
  Scenario scenario = quiet_scenario({.flight_days = 28, .conversion_days = 30, .cohort_days = 14});
  scenario.attribution.click_days = 14.0;
  FunnelTraits& funnel = scenario.funnel;
  funnel.immediate_share = 1.0;
  funnel.immediate_delay_days = 2.0;
  const Shares due = shares_due(scenario);
  const double all = 1.0 - std::exp(-7.0);
  const double first = (7.0 - 2.0 * (1.0 - std::exp(-3.5))) / 7.0 / all;
  const double second = (7.0 - 2.0 * (std::exp(-3.5) - std::exp(-7.0))) / 7.0 / all;
  CHECK(due[0] == Approx(first).epsilon(1e-7));
  CHECK(due[1] == Approx(second - first).epsilon(1e-7));
  CHECK(due[2] == Approx(1.0 - second).epsilon(1e-6));
  CHECK(std::abs(due[3]) < 1e-9);

  funnel.immediate_delay_days = 0.0;
  CHECK(shares_due(scenario)[0] == Approx(1.0));
  scenario.calendar.conversion_days = 0;  // nothing is waited for
  funnel.immediate_delay_days = 2.0;
  CHECK(shares_due(scenario)[0] == Approx(1.0));
}

TEST_CASE("naive targeting: shares of conversions due are those of the scenario", "[naive]") {
  for (const int rotation_days : {3, 7, 10}) {
    for (const double click_days : {1.0, 7.0, 12.0}) {
      Scenario scenario =
          quiet_scenario({.flight_days = 30, .conversion_days = 20, .cohort_days = 14});
      scenario.calendar.rotation_days = rotation_days;
      scenario.attribution.click_days = click_days;
      scenario.funnel.immediate_share = 0.8;
      scenario.funnel.immediate_delay_days = 0.02;
      scenario.funnel.later_delay_days = 3.0;
      const Shares own = shares_due(scenario);
      const Shares theirs =
          due_shares(scenario.funnel, {.rotation_days = rotation_days,
                                       .days = scenario.calendar.flight_days + click_days,
                                       .window_days = click_days});
      for (std::size_t j = 0; j < own.size(); ++j) {
        CHECK(std::abs(own[j] - (j < theirs.size() ? theirs[j] : 0.0)) < 1e-6);
      }
    }
  }
}

TEST_CASE("naive targeting: shares stay within their limits and sum to 1", "[naive]") {
  TargetingTraits traits;
  traits.least_share = 0.5;
  traits.most_share = 1.2;
  const auto check = [&](const Shares& planned, const Shares& wanted, const Shares& expected) {
    const Shares shares = limit_shares(traits, planned, wanted);
    for (std::size_t g = 0; g < planned.size(); ++g) {
      CHECK(shares[g] == Approx(expected[g]).margin(1e-12));
    }
  };
  check({0.5, 0.5}, {0.875, 0.125}, {0.6, 0.4});  // the first is cut, the second gets the rest
  traits.most_share = 2.0;
  check({0.25, 0.75}, {0.8, 0.2}, {0.5, 0.5});
  check({0.5, 0.3, 0.2}, {0.5, 0.25, 0.25}, {0.5, 0.25, 0.25});
  check({0.5, 0.5}, {0.9375, 0.0625}, {0.75, 0.25});  // the second is held up
  check({1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0});
  traits.least_share = 1.0;
  traits.most_share = 1.0;
  check({0.3, 0.7}, {0.9, 0.1}, {0.3, 0.7});
}

TEST_CASE("naive targeting: arms win as often as their posteriors say", "[naive][statistical]") {
  TargetingTraits traits;
  traits.prior_conversions = 1.0;
  const auto wins = [&](const NaiveLearner& learner, const Shares& planned) {
    return sample_wins(traits, learner, planned, Stream{{3, 4}, Purpose::trait, 5}, 4000);
  };
  const auto share = [](double won) { return static_cast<std::uint64_t>(won); };
  // Gamma(2) against Gamma(1) of one rate: the chance that Beta(2, 1) is above 1/2.
  const Shares even = wins({.orders = {1, 0}, .values = {9, 0}, .exposures = {1, 1}}, {0.5, 0.5});
  CHECK(plausible_count(share(even[0]), 4000, 0.75));
  CHECK(even[0] + even[1] == 4000.0);
  // A conversion for 4 money: rates of 4 + 1 and 4 + 3, so 1 - 1 / 2.4^2.
  const Shares uneven = wins({.orders = {1, 0}, .values = {9, 0}, .exposures = {1, 3}}, {0.5, 0.5});
  CHECK(plausible_count(share(uneven[0]), 4000, 1.0 - 1.0 / 5.76));
  // Two orders, but all the value with one of them: as 2 and 0. Gamma(3) against Gamma(1).
  const Shares value = wins({.orders = {1, 1}, .values = {9, 0}, .exposures = {1, 1}}, {0.5, 0.5});
  CHECK(plausible_count(share(value[0]), 4000, 0.875));
  // Without any value they count as they are.
  const Shares free = wins({.orders = {1, 0}, .values = {0, 0}, .exposures = {1, 1}}, {0.5, 0.5});
  CHECK(plausible_count(share(free[0]), 4000, 0.75));
  // Who has no share is no arm, whatever came from there.
  const Shares two =
      wins({.orders = {1, 0, 50}, .values = {9, 0, 99}, .exposures = {1, 1, 0}}, {0.5, 0.5, 0.0});
  CHECK(plausible_count(share(two[0]), 4000, 0.75));
  CHECK(two[2] == 0.0);
}

TEST_CASE("naive targeting: money goes where conversions come from", "[naive]") {
  const Scenario scenario = learning_scenario();
  NaiveTally tally{scenario};
  CHECK(turn(scenario, tally, 1).now().aims[0].shares == Shares{0.5, 0.5});  // nothing is known
  track(tally, 0, 0, 300, 10.0);
  track(tally, 0, 1, 20, 10.0);
  const NaiveAim better = turn(scenario, tally, 1).now().aims[0];
  CHECK(better.shares[0] == Approx(0.75));  // all 7 draws won; the other is held at half its plan
  CHECK(better.shares[1] == Approx(0.25));
  CHECK(better.deliveries[0] == Approx(1.5));
  CHECK(better.deliveries[1] == Approx(0.5));
  for (NaiveTracked& order : tally.tracked) order.net_value = order.segment == 1 ? 1000.0 : 10.0;
  CHECK(turn(scenario, tally, 1).now().aims[0].shares[1] == Approx(0.75));  // fewer, but worth more
  for (NaiveTracked& order : tally.tracked) order.channel = 1;              // retargeting's
  CHECK(turn(scenario, tally, 1).now().aims[0].shares == Shares{0.5, 0.5});
}

TEST_CASE("naive targeting: evidence fades and waits for what is on its way", "[naive]") {
  Scenario scenario = learning_scenario();
  scenario.attribution.click_days = 7.0;
  scenario.funnel.immediate_share = 0.0;
  scenario.funnel.later_delay_days = 5.0;
  NaiveTally tally{scenario};
  track(tally, 0, 0, 300, 10.0);
  track(tally, 0, 1, 4, 5.0);
  track(tally, 1, 1, 2, 8.0);
  const NaiveLoops loops = turn(scenario, tally, 2);
  const NaiveLearner& learner = loops.learners[0];
  CHECK(learner.orders == Shares{150.0, 4.0});
  CHECK(learner.values == Shares{1500.0, 26.0});
  const Shares d = shares_due(scenario);
  CHECK(d[0] < 0.7);
  // 700 money a rotation, half and half, then three quarters and a quarter
  const double first = 350.0 * d[0];
  CHECK(learner.exposures[0] == Approx(0.5 * first + 350.0 * d[1] + 525.0 * d[0]));
  CHECK(learner.exposures[1] == Approx(0.5 * first + 350.0 * d[1] + 175.0 * d[0]));
}

TEST_CASE("naive targeting: without money shares stay", "[naive]") {
  Scenario scenario = learning_scenario();
  Shares& budget = scenario.momentum.targeting.channels[0].budget;
  std::fill(budget.begin() + 7, budget.begin() + 14, 0.0);
  NaiveTally tally{scenario};
  track(tally, 0, 0, 300, 10.0);
  track(tally, 1, 1, 3000, 10.0);
  const NaiveLoops loops = turn(scenario, tally, 3);
  CHECK(loops.rotations[1].aims[0].shares[0] == Approx(0.75));
  CHECK(loops.rotations[2].aims[0].shares[0] == Approx(0.75));
  CHECK(loops.rotations[3].aims[0].shares[0] == Approx(0.25));
}

TEST_CASE("naive targeting: platforms learn, and begin anew when budgets jump", "[naive]") {
  Scenario scenario = learning_scenario();
  TargetingTraits& traits = scenario.momentum.targeting;
  traits.learned_conversions = 50.0;
  NaiveTally tally{scenario};
  track(tally, 0, 0, 9, 10.0);   // k = 25 + 9 = 34, one too few
  track(tally, 1, 0, 10, 10.0);  // k = 17 + 10 = 27, as many as bring half
  const NaiveLoops loops = turn(scenario, tally, 4);
  CHECK(loops.rotations[0].aims[0].sharpness == 1.0);
  CHECK(loops.rotations[1].aims[0].sharpness == 1.0);
  CHECK(loops.rotations[2].aims[0].sharpness == Approx(1.2));
  CHECK(loops.rotations[3].aims[0].sharpness == Approx(1.0 + 0.4 * 13.5 / 40.5));  // it stays over

  Shares& budget = traits.channels[0].budget;
  std::fill(budget.begin() + 14, budget.end(), 150.0);  // half more is no jump yet
  CHECK(turn(scenario, tally, 2).now().aims[0].sharpness == Approx(1.2));
  std::fill(budget.begin() + 14, budget.end(), 151.0);
  track(tally, 2, 0, 5, 10.0);  // something is known again, but not enough
  const NaiveLoops jumped = turn(scenario, tally, 3);
  CHECK(jumped.rotations[2].aims[0].sharpness == 1.0);
  CHECK(jumped.rotations[3].aims[0].sharpness == 1.0);
  CHECK(jumped.learners[0].knowledge == 5.0);
  std::fill(budget.begin() + 14, budget.end(), 49.0);
  CHECK(turn(scenario, tally, 2).now().aims[0].sharpness == 1.0);
  std::fill(budget.begin() + 14, budget.begin() + 21, 0.0);  // a pause is none
  CHECK(turn(scenario, tally, 2).now().aims[0].sharpness == Approx(1.2));
  CHECK(turn(scenario, tally, 3).now().aims[0].sharpness > 1.0);

  // The rest of a flight has fewer days, not less money a day.
  Scenario odd = learning_scenario();
  odd.calendar.flight_days = 16;
  odd.calendar.cohort_days = 26;
  odd.momentum.targeting.channels[0].budget.resize(16);
  odd.momentum.targeting.learned_conversions = 50.0;
  CHECK(money_in(odd, 0, 2) == 200.0);
  CHECK(turn(odd, tally, 2).now().aims[0].sharpness == Approx(1.2));
}

TEST_CASE("naive targeting: sharper aims have the weights of the laws", "[naive]") {
  Scenario scenario = learning_scenario();
  scenario.audience.affinity = keep_table(scenario, gamma_table(2.0));
  scenario.audience.has_intent = true;
  scenario.channels[0].sharpness = 0.5;
  scenario.channels[0].intent_targeting = 0.3;
  scenario.channels[0].affinity_exponent = 1.0;
  scenario.channels[0].click_intent = 0.2;
  TargetingTraits& traits = scenario.momentum.targeting;
  traits.half_conversions = 1e-9;  // m is the ceiling once anything is known
  NaiveTally tally{scenario};
  track(tally, 0, 0, 10, 10.0);
  traits.least_share = 1.0;
  traits.most_share = 1.0;
  // E[a^p] = Gamma(2 + p) / 2^p
  const auto weight = [](double m) {
    return std::tgamma(2.0 + 0.5 * m) / std::pow(2.0, 0.5 * m) * std::exp(0.5 * 0.09 * m * m);
  };
  const NaiveAim shown = turn(scenario, tally, 1).now().aims[0];
  CHECK(shown.sharpness == Approx(1.4));
  CHECK(shown.mean_weight == Approx(weight(1.4)).epsilon(1e-7));
  CHECK(shown.deliveries[0] == Approx(1.0));
  scenario.channels[0].pays_per_click = true;
  const auto clicks = [](double m) { return (2.0 + 0.5 * m) / 2.0 * std::exp(0.06 * m); };
  const NaiveAim clicked = turn(scenario, tally, 1).now().aims[0];
  CHECK(clicked.deliveries[1] == Approx(clicks(1.0) / clicks(1.4)).epsilon(1e-7));
  scenario.audience.has_intent = false;
  CHECK(turn(scenario, tally, 1).now().aims[0].deliveries[1] == Approx(2.5 / 2.7).epsilon(1e-7));
}

TEST_CASE("naive targeting: impressions go where the money goes", "[naive][statistical]") {
  const Scenario scenario = learning_scenario();
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
  world.loops.rotations[0].aims[0].deliveries = {1.5, 0.5};
  for (int segment = 0; segment < 2; ++segment) {
    Shares seen;
    for (std::uint64_t number = 0; number < 4000; ++number) {
      NaiveShopper shopper{Stream{{}, Purpose::trait, number}};
      shopper.segment = segment;
      draw_ads_and_visits(world, shopper, 0.0, 1.0);
      seen.push_back(static_cast<double>(shopper.agenda.size()));
    }
    CHECK(plausible_mean(seen, segment == 0 ? 0.75 : 0.25));
  }
}

TEST_CASE("naive targeting: sharper ads are as many, for the keen", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 20'000, .flight_days = 14, .cohort_days = 0});
  scenario.audience.affinity = keep_table(scenario, gamma_table(2.0));
  add_channel(scenario, 0.5, 0.2);
  scenario.channels[0].sharpness = 0.5;
  scenario.audience.has_intent = true;
  scenario.channels[0].intent_targeting = 0.1;
  scenario.channels[0].mean_weight = std::tgamma(2.5) / std::sqrt(2.0) * std::exp(0.005);
  TargetingTraits& traits = scenario.momentum.targeting;
  traits.enabled = true;
  traits.learned_conversions = 1e9;
  traits.half_conversions = 1e-9;
  traits.ceiling = 3.0;
  traits.channels = {{.planned_shares = {1.0}, .budget = Shares(14, 100.0)}};
  const NaiveFuture future = play_naive(scenario, 41);
  CHECK(future.loops.rotations[1].aims[0].sharpness == Approx(3.0));
  Shares seen;
  Shares keen_seen;
  Shares willing_seen;
  for (const NaiveShopper& shopper : future.shoppers) {
    seen.push_back(shopper.impressions[0]);
    keen_seen.push_back(shopper.impressions[0] * shopper.traits.a);
    willing_seen.push_back(shopper.impressions[0] * shopper.traits.z);
  }
  CHECK(plausible_mean(seen, 7.0));
  // Clicks go with E[a w] / E[w] = (2 + m / 2) / 2: 1.25, then 1.75.
  CHECK(plausible_mean(keen_seen, 3.5 * (1.25 + 1.75)));
  CHECK(plausible_mean(willing_seen, 3.5 * (0.1 + 0.3)));  // E[z w] / E[w] = m / 10
}

}  // namespace flywheel::test
