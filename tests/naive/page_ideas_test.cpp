#include <cmath>
#include <numeric>

#include "naive/engine.hpp"
#include "naive/loops.hpp"
#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

std::uint64_t count(double figure) { return static_cast<std::uint64_t>(std::llround(figure)); }

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

NaiveShopper somebody(std::uint64_t number = 0) {
  return NaiveShopper{Stream{{}, Purpose::trait, number}};
}

/// A test of which half A and half B had these visits and orders.
NaivePageTest tested(NaiveHalf a, NaiveHalf b) { return {.halves = {a, b}}; }

}  // namespace

TEST_CASE("naive loops: a page test is won by its z score", "[naive]") {
  NaivePageTest test = tested({100.0, 10.0}, {100.0, 20.0});
  // p = 0.15, so 0.1 / sqrt(0.15 0.85 0.02)
  CHECK(z_score(test) == Approx(0.1 / std::sqrt(0.00255)).epsilon(1e-12));
  judge(test, 1.96);
  CHECK(test.is_finished);
  CHECK(test.is_won);
  judge(test, 2.0);
  CHECK_FALSE(test.is_won);
  CHECK(z_score(tested({100.0, 20.0}, {100.0, 10.0})) < -1.96);
  CHECK(z_score(tested({0.0, 0.0}, {100.0, 10.0})) == 0.0);
  CHECK(z_score(tested({100.0, 0.0}, {50.0, 0.0})) == 0.0);
  CHECK(z_score(tested({100.0, 100.0}, {50.0, 50.0})) == 0.0);
}

TEST_CASE("naive loops: visitors meet the idea of the half they are in for good", "[naive]") {
  NaiveLoops loops;
  loops.rotations.emplace_back();
  loops.rotations[0].lifts = {.everywhere = 0.01, .pages = 0.02, .checkout = 0.03};
  loops.tests = {{.number = 0, .idea = {.effect = 0.1, .at_checkout = false}},
                 {.number = 1, .idea = {.effect = 0.2, .at_checkout = true}},
                 {.number = 2, .idea = {.effect = 0.4, .at_checkout = true}}};
  loops.tests[2].is_finished = true;  // whether won or not, running is over
  NaiveShopper shopper = somebody();
  shopper.is_in_half_b = {{0, false}, {1, true}, {2, true}};
  const NaiveLifts lifts = lifts_for(loops, shopper);
  CHECK(lifts.everywhere == 0.01);
  CHECK(lifts.pages == 0.02);
  CHECK(lifts.checkout == Approx(0.23));
  count_in_tests(loops, shopper, 1.0);
  count_in_tests(loops, shopper, 0.0);
  CHECK(loops.tests[0].halves[0].visits == 2.0);
  CHECK(loops.tests[0].halves[0].orders == 1.0);
  CHECK(loops.tests[0].halves[1].visits == 0.0);
  CHECK(loops.tests[1].halves[1].orders == 1.0);
  CHECK(loops.tests[2].halves[1].visits == 0.0);

  double in_b = 0.0;
  double in_both = 0.0;
  for (std::uint64_t number = 0; number < 4000; ++number) {
    NaiveShopper other = somebody(number);
    const bool first = is_in_half_b(other, 7);
    const bool second = is_in_half_b(other, 8);
    in_b += first ? 1.0 : 0.0;
    in_both += first && second ? 1.0 : 0.0;
    REQUIRE(is_in_half_b(other, 7) == first);
  }
  CHECK(plausible_count(count(in_b), 4000, 0.5));
  CHECK(plausible_count(count(in_both), 4000, 0.25));
}

TEST_CASE("naive loops: a lift is spread over the steps where it is", "[naive]") {
  FunnelTraits funnel;  // all log-odds 0: half fails everywhere
  const auto shifts = shift_steps(funnel, {.everywhere = 0.25, .pages = 0.3, .checkout = 0.1});
  for (std::size_t step = 0; step < 3; ++step) CHECK(shifts[step] == Approx(0.1 + 0.2));
  for (std::size_t step = 3; step < 5; ++step) CHECK(shifts[step] == Approx(0.1 + 0.1));
  funnel.step_log_odds[1].fill(std::log(3.0));  // a quarter fails on mobile devices
  funnel.unpaid_mobile_share = 0.2;             // 0.8 / 2 + 0.2 / 4 = 0.45 fail
  CHECK(shift_steps(funnel, {.pages = 0.27})[0] == Approx(0.2));
  CHECK(shift_steps(funnel, {.pages = 0.27})[3] == 0.0);
  for (auto& device : funnel.step_log_odds) device.fill(50.0);
  CHECK(shift_steps(funnel, {.everywhere = -0.1})[0] == 0.0);  // nobody fails
}

TEST_CASE("naive loops: tests begin, run, end and their ideas stay", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 6000, .flight_days = 10, .cohort_days = 10});
  scenario.organic.visits_per_shopper_day = 0.5;
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 0.02;
  scenario.momentum.page_tests = {.enabled = true, .ideas_per_rotation = 2, .run_rotations = 2};
  scenario.market.ideas.assign(6, {.effect = 0.0, .at_checkout = true});
  scenario.market.ideas[0].effect = std::log(2.0);
  const NaiveFuture future = play_naive(scenario, 31);
  const auto& tests = future.loops.tests;
  REQUIRE(tests.size() == 6);  // 7, 7 and 6 days
  for (std::size_t j = 0; j < 6; ++j) CHECK(tests[j].is_finished == (j < 4));
  REQUIRE(tests[0].is_won);
  const auto& [a, b] = tests[0].halves;
  CHECK(plausible_count(count(a.orders), count(a.visits), 0.02));
  CHECK(plausible_count(count(b.orders), count(b.visits), 0.04));
  REQUIRE(future.loops.rotations.size() == 3);
  CHECK(future.loops.rotations[1].lifts.checkout == 0.0);
  CHECK(future.loops.rotations[2].lifts.checkout == std::log(2.0));
  // Test 4 runs in the last rotation only, where everybody has what test 0 found.
  CHECK(plausible_count(count(tests[4].halves[0].orders), count(tests[4].halves[0].visits), 0.04));
  const double visits = sum(future.tally.visits_by_source);
  CHECK(a.visits + b.visits + tests[4].halves[0].visits + tests[4].halves[1].visits == visits);
}

TEST_CASE("naive loops: what was won holds, what was lost is gone", "[naive]") {
  const Scenario scenario = quiet_scenario({});
  const NaiveTally tally{scenario};
  NaiveLoops loops = start_loops(scenario, {});
  loops.tests = {{.number = 0, .idea = {.effect = 0.1, .at_checkout = true}},
                 {.number = 1, .idea = {.effect = 0.2, .at_checkout = true}},
                 {.number = 2, .idea = {.effect = 0.4, .at_checkout = false}}};
  for (NaivePageTest& test : loops.tests) test.is_finished = true;
  loops.tests[0].is_won = true;
  loops.tests[2].is_won = true;
  for (int rotation = 1; rotation < 3; ++rotation) {
    open_rotation(loops, scenario, tally, rotation);
    CHECK(loops.now().lifts.checkout == 0.1);
    CHECK(loops.now().lifts.pages == 0.4);
  }
}

TEST_CASE("naive loops: page tests lift steps by a factor on the rate", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 20'000, .flight_days = 7, .cohort_days = 0});
  scenario.organic.visits_per_shopper_day = 0.5;
  scenario.funnel.step_log_odds = {{{0.4, 1.0, -0.4, 0.3, -1.2}, {0.4, 1.0, -0.4, 0.3, -1.2}}};
  scenario.momentum.page_tests = {.enabled = true};
  scenario.market.ideas = {{.effect = 0.3, .at_checkout = true}};
  const NaiveFuture future = play_naive(scenario, 32);
  const auto expected = [&](double checkout_shift) {
    double chance = 1.0;
    for (std::size_t step = 0; step < 5; ++step) {
      const double shift = step < 3 ? 0.0 : checkout_shift;
      chance /= 1.0 + std::exp(-scenario.funnel.step_log_odds[0][step] - shift);
    }
    return chance;
  };
  const double failures = 1.0 / (1.0 + std::exp(0.3)) + 1.0 / (1.0 + std::exp(-1.2));
  const auto& [a, b] = future.loops.tests[0].halves;
  CHECK(plausible_count(count(a.orders), count(a.visits), expected(0.0)));
  CHECK(plausible_count(count(b.orders), count(b.visits), expected(0.3 / failures)));
  CHECK(expected(0.3 / failures) == Approx(expected(0.0) * std::exp(0.3)).epsilon(0.05));
}

}  // namespace flywheel::test
