// What other budgets bring, against plans that have them and against the reach curve.
#include "study/media_response.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "plan/read_plan.hpp"
#include "scenario/draw_scenario.hpp"
#include "scenario/small_plan.hpp"
#include "simulation/run.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/collected_run.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// A hundredth of the audience of small_plan, and of its money.
Plan tiny_plan(const std::vector<std::string>& more = {}) {
  std::vector<std::string> settings = {"segment.young.size=600",
                                       "segment.old.size=400",
                                       "channel.social.budget=90",
                                       "channel.search.budget=60",
                                       "channel.social.reference_daily_budget=4.5",
                                       "channel.search.reference_daily_budget=3",
                                       "channel.search.brand_share=0.2"};
  settings.insert(settings.end(), more.begin(), more.end());
  return small_plan(settings);
}

/// Futures 0 ... 9 of a plan with this factor on its budgets.
std::vector<Outcome> played(const Plan& plan, double factor) {
  const ScenarioSource source{plan};
  FuturePlayer player{source};
  std::vector<Outcome> outcomes;
  for (std::uint64_t replication = 0; replication < 10; ++replication) {
    Future future = future_of(12, replication);
    future.media_factor = factor;
    outcomes.push_back(player.play(future));
  }
  return outcomes;
}

/// One CPM channel at a fixed price and an audience of gamma intensities; nothing makes the
/// impressions of more money fewer.
const char* const straight_plan{R"([campaign]
name = "straight"
start = 2027-03-01
flight_days = 10
conversion_days = 1
cohort_days = 10
[segment.all]
size = 1_000_000
[audience]
exposure = { family = "gamma", shape = 0.7 }
intent = false
[channel.social]
kind = "social"
pricing = "cpm"
budget = 20_000
price = 10
price_slope = 0
sharpness = 0
wear_out = 0
wear_in = 0
frequency_cap = 0
[retargeting]
enabled = false
[organic]
visits_per_day = 0
)"};

}  // namespace

TEST_CASE("the budget as it is plays the future of a plain run, bit for bit",
          "[verification][response]") {
  const ScenarioSource source{tiny_plan()};
  const ResponseDesign design{.factors = {0.5, 1.0, 2.0, 4.0}};
  FuturePlayer player{source};
  for (std::uint64_t draw = 0; draw < 5; ++draw) {
    const std::vector<Outcome> plain{player.play(future_of(12, draw))};
    const auto at = [&](std::uint64_t place) {
      return std::vector<Outcome>{
          player.play(response_future(12, draw * design.futures() + place, design))};
    };
    CHECK(first_difference(plain, at(1)) == 1);
    CHECK(first_difference(plain, at(0)) == 0);
    CHECK(first_difference(plain, at(2)) == 0);
  }
}

TEST_CASE("a factor on media plays the plan with these budgets and the same reference, bit for bit",
          "[verification][response]") {
  // Powers of two, which rounding does not see. Retargeting has no budget: one that changes is
  // seen by the solver of the other plan, and is not by that of the factor.
  const std::string unlimited{"retargeting.budget=unlimited"};
  const auto of = [&](const std::string& social, const std::string& search) {
    return tiny_plan(
        {unlimited, "channel.social.budget=" + social, "channel.search.budget=" + search});
  };
  CHECK(first_difference(played(of("90", "60"), 4.0), played(of("360", "240"), 1.0)) == 10);
  CHECK(first_difference(played(of("90", "60"), 0.5), played(of("45", "30"), 1.0)) == 10);
  CHECK(first_difference(played(of("90", "60"), 4.0), played(of("90", "60"), 1.0)) == 0);
}

TEST_CASE("where nothing bends it, impressions follow the budget and reach its negative binomial",
          "[verification][response][statistical]") {
  constexpr double size = 1e6;
  constexpr double shape = 0.7;
  const PlanReading reading = read_plan_text(straight_plan, {});
  const ScenarioSource source{reading.plan.value()};
  for (const double factor : {0.25, 1.0, 3.0}) {
    Future future = future_of(21, 4, {.parameters = true});
    future.media_factor = factor;
    Scenario scenario = source.draw(future);
    let_no_visit_order(scenario);  // ads end with the order
    // 2,000 of money a day at 10 a thousand, times the market's price of the day.
    double mean = 0.0;
    for (std::size_t day = 0; day < 10; ++day) {
      mean += factor * 1000.0 * 2'000.0 / (10.0 * scenario.market.channels[0].price[day]) / size;
    }
    const FastFuture played = play_fast(scenario, 5);
    INFO(factor);
    CHECK(plausible_mean(played(Column::impressions),
                         std::sqrt(size * (mean + mean * mean / shape)), 1, size * mean));
    CHECK(plausible_count(played.count(Column::reach_by_channel), static_cast<std::uint64_t>(size),
                          1.0 - std::pow(1.0 + mean / shape, -shape)));
    // Prices differ by day, so that money has a law of its own; it is the budget to 1 %.
    CHECK(played(Column::media_spend) == Approx(factor * 20'000.0).epsilon(0.01));
  }
}

}  // namespace flywheel::test
