#include "scenario/expected_clicks.hpp"

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
  double money = 0.0;
  double clicks = 0.0;
  for (std::size_t day = 0; day < delivery.impressions_per_day.size(); ++day) {
    const double of_day = delivery.impressions_per_day[day] * scenario.click_rates[0];
    clicks += of_day;
    money += of_day * delivery.price[day];
  }
  REQUIRE(expect_media(plan)[0].clicks == Approx(clicks).epsilon(1e-12));
  REQUIRE(money < 6000.0 * (1 + 1e-12));
  REQUIRE(money > 5700.0);  // demand is 0.96 of the mean in spring: fewer queries on some days
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
