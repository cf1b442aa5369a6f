#include "scenario/draw_base_rates.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "scenario/small_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// What the solver is asked for, with every number of the plan at its median.
BaseRateSetting asked_for(const std::vector<std::string>& settings) {
  const Plan plan = small_plan(settings);
  const NumberDraws numbers{plan};
  const std::vector<double> medians = numbers.medians();
  const DrawnNumbers drawn = numbers.by_number(medians);
  std::vector<MediaTraits> media;
  for (std::size_t channel = 0; channel < plan.channels.size(); ++channel) {
    media.push_back(draw_media(plan, channel, drawn));
  }
  return draw_base_rate_setting(plan, drawn, media);
}

/// Impressions a day and shopper of the plan's social channel.
double seen_per_day(const BaseRateSetting& setting) {
  return setting.channels[0].expected_impressions / (100'000.0 * 20.0);
}

}  // namespace

TEST_CASE("what is remembered of a creative grows until it is replaced", "[scenario]") {
  // Days 0 to 20 of one creative: mean 10, deviation 20 / sqrt(12).
  const BaseRateSetting setting = asked_for({"channel.social.creative.refresh_days=0"});
  const double deviation = 20.0 / std::sqrt(12.0);
  const auto& frequencies = setting.channels[0].clicks.flight_frequencies;
  REQUIRE(frequencies[0] == Approx(seen_per_day(setting) * (10.0 - deviation)));
  REQUIRE(frequencies[1] == Approx(seen_per_day(setting) * (10.0 + deviation)));
}

TEST_CASE("what is remembered of a creative is no more than the memory holds", "[scenario]") {
  // Two creatives for 8 days each and one for 4, of which 5 days are remembered: the mean is
  // (2 (12.5 + 15) + 8) / 20, the mean square (2 (125 / 3 + 75) + 64 / 3) / 20.
  const BaseRateSetting setting =
      asked_for({"channel.social.creative.refresh_days=8", "channel.social.memory_days=5"});
  const double mean = 63.0 / 20.0;
  const double deviation =
      std::sqrt((2.0 * (125.0 / 3.0 + 75.0) + 64.0 / 3.0) / 20.0 - mean * mean);
  const auto& frequencies = setting.channels[0].clicks.flight_frequencies;
  REQUIRE(frequencies[0] == Approx(seen_per_day(setting) * (mean - deviation)));
  REQUIRE(frequencies[1] == Approx(seen_per_day(setting) * (mean + deviation)));
}

TEST_CASE("the solver is asked for what the plan says of returns and delays", "[scenario]") {
  const BaseRateSetting setting =
      asked_for({"retargeting.return_limit=0.3", "retargeting.budget=900", "retargeting.price=20",
                 "retargeting.continues_after_flight=true", "retargeting.cap_per_window=9",
                 "funnel.immediate_share=0.6", "funnel.later_delay_days=2.5",
                 "channel.search.brand_share=0.12", "attribution.click_days=5"});
  REQUIRE(setting.retargeting.return_limit == 0.3);
  // 900 dollars over 20 + 10 days at 20 a thousand
  REQUIRE(setting.retargeting.affordable_per_day == Approx(1500.0));
  REQUIRE(setting.retargeting.cap_per_window == 9.0);
  REQUIRE(setting.order_delay.immediate_share == 0.6);
  REQUIRE(setting.order_delay.later_days == 2.5);
  REQUIRE(setting.brand_share == Approx(0.12));
  REQUIRE(setting.window.credit.click_days == 5.0);
}

}  // namespace flywheel::test
