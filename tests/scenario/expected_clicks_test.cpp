#include "scenario/expected_clicks.hpp"

#include <algorithm>
#include <cmath>

#include "plan/sample_plan.hpp"
#include "scenario/draw_scenario.hpp"
#include "simulation/replication.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("the money of expected clicks is the budget", "[scenario][expected_clicks]") {
  const Plan plan = *read_sample({"channel.ads.pricing=cpc"}).plan;
  const Frozen all{.parameters = true, .market = true, .shoppers = true};
  const Scenario scenario = ScenarioSource{plan}.draw(future_of(0, 0, all));
  const Delivery& delivery = scenario.deliveries[0];
  const ChannelPlan& ads = plan.channels[0];
  const double share = ads.impression_share_reference.value.median();
  double money = 0.0;
  double expected = 0.0;
  double clicks = 0.0;
  for (std::size_t at = 0; at < delivery.impressions_per_day.size(); ++at) {  // segments, then days
    const double here = delivery.impressions_per_day[at] * scenario.click_rates[0];
    clicks += here;
    money += here * delivery.price[at];
  }
  for (std::size_t day = 0; day < delivery.flight_days; ++day) {
    // docs/model.md 7.2 with w / (Q M f) = share / reach: 100 a day, as far as there are queries.
    const double reach =
        delivery.price[day] / ads.price.value.median() * scenario.market.demand[day];
    expected += 100.0 * std::min(1.0, reach / share * (1.0 - std::pow(1.0 - share, 1.0 / reach)));
  }
  REQUIRE(expect_media(plan)[0].clicks == Approx(clicks).epsilon(1e-12));
  REQUIRE(money < 6000.0 * (1 + 1e-12));
  REQUIRE(money == Approx(expected).epsilon(1e-9));
}

TEST_CASE("expected clicks are those of futures at the medians in the expected market",
          "[scenario][expected_clicks][statistical]") {
  const Plan plan = *read_sample({"channel.ads.wear_out=0"}).plan;
  const ScenarioSource source{plan};
  const OutcomeLayout layout{
      dimension_sizes(source.draw(future_of(0, 0, {.parameters = true, .market = true})))};
  std::vector<double> clicks;
  for (std::uint64_t future = 0; future < 100; ++future) {
    const Frozen frozen{.parameters = true, .market = true};
    const Outcome outcome = run_replication(source.draw(future_of(7, future, frozen)), layout);
    clicks.push_back(outcome.row[layout.offset(Column::clicks_by_channel)]);
  }
  const Moments played = moments_of(clicks);
  INFO(played.mean << " clicks played");
  // Who orders when is told in twelve kinds of shoppers: right to a hundredth.
  CHECK(std::abs(played.mean / expect_media(plan)[0].clicks - 1.0) <
        0.01 + 5.0 * played.standard_error() / played.mean);
}

}  // namespace flywheel::test
