// Tests of pages against the theory of two proportions: how often chance wins, and how often an
// effect is found.
#include <cmath>
#include <cstdint>

#include "naive/small_scenario.hpp"
#include "random/normal_probability.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr double order_rate = 0.05;
constexpr std::uint64_t shoppers = 20'000;

/// One test in one rotation of ten days, in which each shopper comes half a time on average.
Scenario tested(double effect) {
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = 9});
  scenario.calendar.rotation_days = 10;
  scenario.organic.visits_per_shopper_day = 0.05;
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = order_rate;
  scenario.momentum.rotation_days = 10;
  scenario.momentum.uses_propensity = true;
  scenario.momentum.page_tests = {
      .enabled = true, .ideas_per_rotation = 1, .run_rotations = 1, .critical_value = 1.959964};
  scenario.market.ideas = {{effect, true}};
  return scenario;
}

double winners(double effect, std::uint64_t futures) {
  double won = 0.0;
  const Scenario scenario = tested(effect);
  for (std::uint64_t luck = 0; luck < futures; ++luck) {
    won += play_fast(scenario, luck)(Column::page_test_wins);
  }
  return won;
}

/// Chance that a two-sided test at 5 % finds the half with the idea better, with this many visits
/// in each half.
double power(double effect, double visits) {
  const double without = order_rate;
  const double with = order_rate * std::exp(effect);
  const double pooled = 0.5 * (without + with);
  const double null_error = std::sqrt(2.0 * pooled * (1.0 - pooled) / visits);
  const double error = std::sqrt((without * (1.0 - without) + with * (1.0 - with)) / visits);
  return normal_probability((with - without - 1.959964 * null_error) / error);
}

}  // namespace

TEST_CASE("ideas that do nothing win one test in forty",
          "[verification][page_tests][statistical]") {
  constexpr std::uint64_t futures = 2'000;
  const auto won = static_cast<std::uint64_t>(std::llround(winners(0.0, futures)));
  CHECK(plausible_count(won, futures, 0.025));
}

TEST_CASE("tests find effects as often as theory says", "[verification][page_tests][statistical]") {
  constexpr std::uint64_t futures = 1'000;
  for (const double effect : {0.15, 0.3}) {
    CAPTURE(effect);
    // Who has ordered visits no more: of half a visit each, orders take away one in eighty.
    const double visits = 0.25 * static_cast<double>(shoppers) * (1.0 - order_rate / 4.0);
    const auto won = static_cast<std::uint64_t>(std::llround(winners(effect, futures)));
    CHECK(plausible_count(won, futures, power(effect, visits)));
  }
}

TEST_CASE("winners look better than they are", "[verification][page_tests][statistical]") {
  const Scenario scenario = tested(0.1);
  std::vector<double> seen;
  for (std::uint64_t luck = 0; luck < 1'000; ++luck) {
    const FastFuture future = play_fast(scenario, luck);
    if (future(Column::page_test_wins) < 1.0) continue;
    CHECK(future(Column::page_test_true_lift) == Approx(std::exp(0.1) - 1.0));
    seen.push_back(future(Column::page_test_observed_lift));
  }
  const Moments observed = moments_of(seen);
  CHECK(observed.mean - (std::exp(0.1) - 1.0) > 5.0 * observed.standard_error());
}

}  // namespace flywheel::test
