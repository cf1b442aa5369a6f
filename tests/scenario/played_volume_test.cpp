// What channels buy of people whose rates were solved for other money (docs/model.md 7.9).
#include <cmath>
#include <string>
#include <vector>

#include "plan/read_plan.hpp"
#include "scenario/draw_scenario.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr double shape = 0.7;       ///< of exposure
constexpr double conversion = 0.2;  ///< credited orders per click

/// Half a click a head at a price of 1, by people who order at once, once, and come by ads alone.
Plan clicks_alone(const std::vector<std::string>& settings) {
  const std::string text = R"([campaign]
name = "clicks alone"
start = 2027-03-01
flight_days = 10
[segment.all]
size = 10_000
[audience]
exposure = { family = "gamma", shape = 0.7 }
intent = false
[channel.search]
kind = "search"
budget = 5_000
price = 1
price_slope = 0
click_rate = 0.02
conversion_rate = 0.2
sharpness = 0
affinity_exponent = 0
[funnel]
immediate_share = 1
immediate_delay_days = 1e-6
[retargeting]
enabled = false
return_probability = 0
[organic]
visits_per_day = 0
)";
  return read_plan_text(text, {.name = "clicks.toml", .folder = {}}, settings).plan.value();
}

/// Clicks per impression bought that `clicks` of a shopper need: intensities are gamma, and the
/// clicks of one of intensity l end with his first order, (1 - e^(-p l)) / p of them. The solver
/// has twelve cells of intensity, which is .3 % off.
double clicks_per_impression(double clicks) {
  const double potential =
      shape * (std::pow(1.0 - conversion * clicks, -1.0 / shape) - 1.0) / conversion;
  return 0.02 * clicks / potential;
}

double click_rate(const Plan& plan, double media_factor) {
  Future future = future_of(1, 0, {.parameters = true, .market = true});
  future.media_factor = media_factor;
  return ScenarioSource{plan}.draw(future).click_rates[0];
}

}  // namespace

TEST_CASE("clicks need the impressions of the money that is played, not of the reference",
          "[scenario]") {
  for (const double times : {1.0, 2.0, 5.0}) {  // so much more is the reference than the plan
    INFO(times);
    const Plan plan = clicks_alone({"channel.search.reference_daily_budget=500",
                                    "channel.search.budget=" + std::to_string(5000.0 / times)});
    CHECK(click_rate(plan, 1.0) == Approx(clicks_per_impression(0.5 / times)).epsilon(4e-3));
    CHECK(click_rate(plan, 0.5) == Approx(clicks_per_impression(0.25 / times)).epsilon(4e-3));
  }
}

}  // namespace flywheel::test
