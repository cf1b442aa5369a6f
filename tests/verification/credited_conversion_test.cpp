// Conversion rates against the engine: the first orders that it credits to a channel, per click.
#include <cmath>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/played_plan.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t futures = 240;

// A steady campaign: no season, no views, and a rule of last clicks, so that the column of first
// orders holds nothing but the credit of clicks. No cap and no budget for retargeting.
const std::string steady = R"([campaign]
name = "credited conversion"
start = 2027-03-01
flight_days = 60
conversion_days = 30
cohort_days = 1

[attribution]
rule = "last_click"

[segment.one]
size = 200_000
[segment.two]
size = 100_000
conversion_odds = 1.5
click_factor = 1.2

[channel.social]
kind = "social"
budget = 6_000
view_rate = 0
[channel.shopping]
kind = "shopping"
budget = 2_000
[channel.video]
kind = "video"
budget = 3_000
view_rate = 0

[retargeting]
budget = "unlimited"
cap_per_window = 0

[market]
price_months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
price_weekdays = [1, 1, 1, 1, 1, 1, 1]
demand_months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
demand_weekdays = [1, 1, 1, 1, 1, 1, 1]
)";

const std::string with_brand_ads = R"(
[channel.search]
kind = "search"
budget = 3_000
brand_share = 0.2
)";

constexpr std::size_t social = 0;
constexpr std::size_t shopping = 1;
constexpr std::size_t video = 2;
constexpr std::size_t retargeting = 3;

// The medians of the plan.
constexpr double social_rate = 0.0355;
constexpr double shopping_rate = 0.028;
constexpr double video_rate = 0.01;

/// 2.4 times the odds of the channels' mean rate. Their clicks at reference budgets and rates:
/// 6,000 and 3,000 dollars at 15.06 and 9.7 a thousand and 1.03 and 0.6 % of them, 2,000 at 0.69 a
/// click.
double uplifted_rate() {
  const double clicks[3]{6000.0 / 15.06 * 10.3, 2000.0 / 0.69, 3000.0 / 9.7 * 6.0};
  const double orders =
      clicks[0] * social_rate + clicks[1] * shopping_rate + clicks[2] * video_rate;
  const double cold = orders / (clicks[0] + clicks[1] + clicks[2]);
  const double odds = 2.4 * cold / (1.0 - cold);
  return odds / (1.0 + odds);
}

/// The plan with everything but the shoppers' luck at its median.
PlayedPlan play(const std::string& toml, const std::vector<std::string>& settings) {
  return play_plan({.toml = toml, .settings = settings}, {.count = futures, .threads = 2});
}

/// Whether credited orders per click are the rate, but for five standard errors and `allowed` of
/// it.
Verdict credited_at(const PlayedPlan& played, std::size_t channel, double rate, double allowed) {
  return plausible_ratio(played.orders_by_clicks(channel),
                         played.column(Column::clicks_by_channel, channel),
                         {.ratio = rate, .below = allowed, .above = allowed});
}

}  // namespace

// Solved with approximations, for which 3 % are allowed: the flight stands still (its mean rates at
// every time, though the keen are gone first), clickers of a type come in three groups of activity,
// own returns find the average pool of other visits, frequencies are two values, and clicks of
// shoppers whose order is on its way count in the engine's clicks.
TEST_CASE("credited first orders per click are the conversion rate",
          "[verification][statistical][parallel]") {
  const PlayedPlan played = play(steady, {});
  REQUIRE(played.scenario.solved.rates_reached);
  REQUIRE(played.scenario.retargeting.return_probability > 0.2);
  REQUIRE(played.scenario.solved.intent_loading > 2.0);
  CHECK(credited_at(played, social, social_rate, 0.03));
  CHECK(credited_at(played, shopping, shopping_rate, 0.03));
  CHECK(credited_at(played, video, video_rate, 0.03));
}

TEST_CASE("brand ads take the credit of returns, and other channels keep their rates",
          "[verification][statistical][parallel]") {
  const PlayedPlan played = play(steady + with_brand_ads, {});
  CHECK(credited_at(played, social, social_rate, 0.03));
  CHECK(credited_at(played, video, video_rate, 0.03));
}

TEST_CASE("in an audience without intent all rates hold, and retargeting's uplift too",
          "[verification][statistical][parallel]") {
  const PlayedPlan played = play(steady, {"audience.intent=false"});
  CHECK(credited_at(played, social, social_rate, 0.015));
  CHECK(credited_at(played, shopping, shopping_rate, 0.015));
  CHECK(credited_at(played, video, video_rate, 0.015));
  CHECK(credited_at(played, retargeting, uplifted_rate(), 0.015));
}

// Windows are taken for steady though they follow the visits of the flight by up to two weeks, and
// re-opened ones are left out: with intent retargeted clicks are less keen than solved for, by 4 %
// at this loading and by 8 at the largest.
TEST_CASE("with intent retargeting comes near its uplift",
          "[verification][statistical][parallel]") {
  const PlayedPlan moderate = play(steady, {"audience.intent_loading_limit=1.5"});
  REQUIRE(moderate.scenario.solved.intent_loading == 1.5);
  CHECK(credited_at(moderate, retargeting, uplifted_rate(), 0.06));
  CHECK(credited_at(play(steady, {}), retargeting, uplifted_rate(), 0.1));
}

// One channel: where several share shoppers, those with few clicks get the orders of the others'
// clicks, which may be more than their rate (docs/model.md 7.9).
TEST_CASE("credited first orders per click are the conversion rate by first clicks too",
          "[verification][statistical][parallel]") {
  const PlayedPlan played =
      play(steady, {"attribution.rule=first_click", "channel.shopping.budget=0",
                    "channel.video.budget=0", "retargeting.enabled=false"});
  CHECK(credited_at(played, social, social_rate, 0.03));
}

// Views of ads take what is left of the credit, and bring visits of their own.
TEST_CASE("credited first orders per click are the conversion rate by last touches too",
          "[verification][statistical][parallel]") {
  const PlayedPlan played =
      play(steady, {"attribution.rule=last_touch", "channel.social.view_rate=0.05%"});
  CHECK(credited_at(played, social, social_rate, 0.03));
  CHECK(credited_at(played, shopping, shopping_rate, 0.03));
  CHECK(credited_at(played, video, video_rate, 0.03));
}

// Five times the budget for social ads, of which a cap holds back more than a quarter, and most
// from the keenest.
TEST_CASE("credited first orders per click are the conversion rate under a frequency cap",
          "[verification][statistical][parallel]") {
  const PlayedPlan played =
      play(steady, {"channel.social.budget=30000", "channel.social.frequency_cap=1",
                    "channel.shopping.frequency_cap=2"});
  REQUIRE(played.scenario.caps[social].paid_share < 0.75);
  REQUIRE(played.scenario.caps[shopping].paid_share == Approx(1.0).epsilon(1e-3));
  CHECK(credited_at(played, social, social_rate, 0.03));
  CHECK(credited_at(played, shopping, shopping_rate, 0.03));
  CHECK(credited_at(played, video, video_rate, 0.03));
  const double spent = moments_of(played.column(Column::spend_by_channel, social)).mean;
  CHECK(std::abs(spent / 30'000.0 / played.scenario.caps[social].paid_share - 1.0) < 0.03);
}

}  // namespace flywheel::test
