// Click rates of a played campaign against the benchmark: docs/model.md 7.9.
#include <fmt/format.h>

#include "plan/read_plan.hpp"
#include "scenario/draw_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// One segment of 50,000 that is shown an ad `frequency` times each, at 5 USD a thousand, and
/// forgets nothing; nobody orders.
Scenario shown_so_often(double frequency) {
  const std::string text = fmt::format(R"([campaign]
name = "often"
start = 2027-03-01
flight_days = 60
[segment.all]
size = 50_000
[audience]
intent = false
incremental_share = 1
[organic]
visits_per_day = 0
conversion_rate = 0.001
[funnel]
bounce_rate = 0.9
[channel.ads]
kind = "display"
budget = {}
price = 5
price_slope = 0
click_rate = 0.01
conversion_rate = 0.0001
view_rate = 0
sharpness = 0
wear_out = 0.43
memory_days = 365
reference_frequency = 3
creative.refresh_days = 365
creative.hit_rate = 0
)",
                                       50'000 * frequency * 5 / 1000);
  const PlanReading reading = read_plan_text(text, {.name = "often.toml", .folder = {}}, {});
  for (const Fault& fault : reading.faults) FAIL(to_line(fault));
  const ScenarioSource source{*reading.plan};
  return source.draw(future_of(1, 0, {.parameters = true, .market = true}));
}

}  // namespace

TEST_CASE("a campaign at the reference frequency has the benchmark's click rate",
          "[verification][statistical]") {
  const auto surplus = [](const Scenario& scenario, double rate) {
    return sample(scenario, 40, [=](const FastFuture& future) {
      return future(Column::clicks) - rate * future(Column::impressions);
    });
  };
  const Scenario reference = shown_so_often(3.0);
  const std::vector<double> shown = sample(reference, 5, [](const FastFuture& future) {
    return future(Column::impressions) / 50'000.0;
  });
  REQUIRE(shown[0] == Approx(3.0).epsilon(0.15));  // the season moves prices
  REQUIRE(plausible_mean(surplus(reference, 0.01), 0.0));
  // Shown twice as often, the same people click less per impression.
  REQUIRE_FALSE(plausible_mean(surplus(shown_so_often(6.0), 0.01), 0.0));
}

}  // namespace flywheel::test
