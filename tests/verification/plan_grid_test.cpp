// A grid of plans against their own benchmarks. Both engines play what the solver of base rates
// made of a plan, so their comparison cannot see the solver; this can.
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "results/scratch_folder.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/played_plan.hpp"

namespace flywheel::test {

namespace {

// A month without a season in which social ads are shown as often as their click rate asks for:
// 5,000 dollars at 15 a thousand are 3.33 impressions for each of 100,000.
const std::string campaign = R"([campaign]
name = "grid"
start = 2027-03-01
flight_days = 20
conversion_days = 14
cohort_days = 1
[audience]
incremental_share = 0.6
[market]
price_months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
price_weekdays = [1, 1, 1, 1, 1, 1, 1]
demand_months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
demand_weekdays = [1, 1, 1, 1, 1, 1, 1]
[channel.social]
kind = "social"
price = 15
click_rate = 0.01
memory_days = 365
reference_frequency = 3.333
creative.refresh_days = 0
)";
const std::string two_days =
    "date,channel,amount\n2027-03-06,social,2500\n2027-03-16,social,2500\n";
const std::string budget = "budget = 5_000\n";
const std::string conversion = "conversion_rate = 0.035\n";
const std::string audience = "[segment.all]\nsize = 100_000\n";
const std::string unlike_segments = R"([segment.dear]
size = 50_000
price_factor = 1.3
click_factor = 0.4
[segment.cheap]
size = 50_000
price_factor = 0.7
click_factor = 1.6
)";

// What a plan says of a channel, and how far off the engine may be (docs/model.md 7.9, How near).
struct ChannelFigures {
  ExpectedRatio click_rate{.ratio = 0.01, .below = 0.02, .above = 0.02};   ///< 0: not held
  ExpectedRatio conversion{.ratio = 0.035, .below = 0.03, .above = 0.03};  ///< 0: not held
  /// Never more than planned. Who has ordered sees no more ads, which are not billed then.
  ExpectedRatio spend{.ratio = 5'000, .below = 0.025};
};

struct GridPlan {
  std::string name;
  std::vector<std::string> settings{};
  std::string social{budget + conversion};  ///< more keys of the first channel
  std::string sections{audience};
  std::vector<ChannelFigures> channels{ChannelFigures{}};
  std::vector<ExpectedRatio> segments{};  ///< of the first channel's spend
  std::uint64_t futures{80};
};

// More orders per click than the 3 % that docs/model.md 7.9 speaks of, by docs/verification.md.
constexpr ChannelFigures eager{.conversion = {.ratio = 0.035, .below = 0.01, .above = 0.05}};

// Clicks are bought: impressions grow until the prospects that are left bring as many, so that the
// click rate is not the benchmark (docs/model.md 7.9, Clicks).
constexpr ChannelFigures by_the_click{.click_rate = {}, .spend = {5'000, 0.03}};
const std::vector<std::string> shopping{"channel.social.kind=shopping", "channel.social.price=1.5"};

std::vector<std::string> and_also(std::vector<std::string> settings,
                                  const std::vector<std::string>& more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

void check_channel(const PlayedPlan& played, std::size_t channel, const ChannelFigures& said) {
  INFO("channel " << channel);
  const std::vector<double> clicks = played.column(Column::clicks_by_channel, channel);
  const std::vector<double> shown = played.column(Column::impressions_by_channel, channel);
  const std::vector<double> spend = played.column(Column::spend_by_channel, channel);
  if (said.click_rate.ratio > 0.0) CHECK(plausible_ratio(clicks, shown, said.click_rate));
  if (said.conversion.ratio > 0.0)
    CHECK(plausible_ratio(played.orders_by_clicks(channel), clicks, said.conversion));
  if (said.spend.ratio > 0.0) {
    const std::vector<double> one(spend.size(), 1.0);
    CHECK(plausible_ratio(spend, one, said.spend));
  }
}

/// L is found to 3e-4 of the share, with brand ads to 2 % of the organic visits, unless the plan's
/// column says that it was not.
void check_incremental_share(const PlayedPlan& played) {
  const double missed = moments_of(played.column(Column::incremental_share_missed)).mean;
  CHECK(missed == (played.scenario.solved.incremental_reached ? 0.0 : 1.0));
  if (missed > 0.0 || played.scenario.solved.intent_loading == 0.0) return;
  CHECK(std::abs(played.scenario.solved.incremental_share - 0.6) < 3e-3);
}

void check_plan(const GridPlan& plan) {
  // play_plan throws where a future fails.
  const ScratchFolder folder;
  std::ofstream{folder.path() / "two_days.csv"} << two_days;
  const PlayedPlan played = play_plan({.toml = campaign + plan.social + plan.sections,
                                       .settings = plan.settings,
                                       .folder = folder.path()},
                                      {.count = plan.futures, .threads = 2});
  CHECK(played.scenario.solved.rates_reached);
  for (std::size_t at = 0; at < plan.channels.size(); ++at) {
    check_channel(played, at, plan.channels[at]);
  }
  for (std::size_t at = 0; at < plan.segments.size(); ++at) {
    INFO("segment " << at);
    CHECK(plausible_ratio(played.column(Column::spend_by_channel_segment, 0, at),
                          played.column(Column::spend_by_channel, 0), plan.segments[at]));
  }
  check_incremental_share(played);
}

void check_grid(const std::vector<GridPlan>& plans) {
  for (const GridPlan& plan : plans) {
    DYNAMIC_SECTION(plan.name) { check_plan(plan); }
  }
}

/// What a plan says of a retargeting budget of 200, of which part may be left.
ChannelFigures retargeted(double unspent) {
  // Clicked too rarely by 3 % (docs/model.md 7.9); the uplift of orders has a test of its own.
  return {.click_rate = {.ratio = 0.02, .below = 0.05, .above = 0.02},
          .conversion = {},
          .spend = {.ratio = 200, .below = unspent}};
}

std::string retargeting(const std::string& keys) {
  return audience + "[retargeting]\nclick_rate = 0.02\n" + keys;
}

}  // namespace

TEST_CASE("plans of any flight and audience have their benchmarks",
          "[verification][statistical][parallel]") {
  check_grid({
      {.name = "the steady month"},
      {.name = "one day", .settings = {"campaign.flight_days=1"}, .channels = {eager}},
      {.name = "60 days", .settings = {"campaign.flight_days=60"}},
      {.name = "a year",
       .settings = {"campaign.flight_days=365"},
       .channels = {{.click_rate = {.ratio = 0.01, .below = 0.03, .above = 0.01},
                     .conversion = {.ratio = 0.035, .below = 0.0, .above = 0.08},
                     .spend = {.ratio = 5'000, .below = 0.04}}}},
      {.name = "every second week",
       .settings = {"campaign.flight_days=56", "channel.social.pacing=bursts"},
       .channels = {eager}},
      {.name = "two of twenty days, the reference that of a day with money",
       .settings = {"campaign.media_plan=two_days.csv",
                    "channel.social.reference_daily_budget=2500"},
       .social = conversion},
      {.name = "a thousand people",
       .settings = {"channel.social.budget=50"},
       .sections = "[segment.all]\nsize = 1_000\n",
       .channels = {{.spend = {.ratio = 50, .below = 0.025}}},
       .futures = 2'000},
      {.name = "no intent", .settings = {"audience.intent=false"}},
      {.name = "all increments", .settings = {"audience.incremental_share=1"}},
      {.name = "no organic visits", .settings = {"organic.visits_per_day=0"}},
      {.name = "other repeat purchases", .settings = {"repeat.model=bg_nbd"}},
      {.name = "propensities, which have no rate by channel",
       .settings = {"funnel.model=propensity"},
       .social = budget,
       .channels = {{.click_rate = {.ratio = 0.01, .below = 0.02, .above = 0.03},
                     .conversion = {}}}},
  });
}

// Exposures before a served impression are taken for Poisson, which are fewer: clicks come out too
// many (docs/model.md 7.9). What a cap holds back is not spent, as validate tells.
TEST_CASE("plans with frequency caps have their benchmarks",
          "[verification][statistical][parallel]") {
  check_grid({
      {.name = "three a week",
       .settings = {"channel.social.frequency_cap=3", "channel.social.reference_frequency=2.23"},
       .channels = {{.click_rate = {.ratio = 0.01, .below = 0.02, .above = 0.03},
                     .spend = {.ratio = 0.67 * 5'000, .below = 0.02, .above = 0.02}}}},
      {.name = "one a week",
       .settings = {"channel.social.frequency_cap=1", "channel.social.reference_frequency=1.22"},
       .channels = {{.click_rate = {.ratio = 0.01, .below = 0.02, .above = 0.06},
                     .spend = {.ratio = 0.367 * 5'000, .below = 0.02, .above = 0.02}}}},
      {.name = "clicks are bought, three impressions a week",
       .settings = and_also(
           shopping, {"channel.social.frequency_cap=3", "channel.social.intent_targeting=0.5"}),
       .channels = {by_the_click}},
  });
}

TEST_CASE("plans that buy clicks, and segments that differ, have their benchmarks",
          "[verification][statistical][parallel]") {
  const std::vector<ExpectedRatio> equal_money{{.ratio = 0.5, .below = 0.01, .above = 0.01},
                                               {.ratio = 0.5, .below = 0.01, .above = 0.01}};
  check_grid({
      {.name = "impressions for people who cost and click unlike",
       .settings = {"audience.intent=false", "channel.social.wear_out=0"},
       .sections = unlike_segments,
       .segments = equal_money},
      {.name = "clicks", .settings = shopping, .channels = {by_the_click}},
      {.name = "clicks of people who cost and click unlike, without intent",
       .settings = and_also(shopping, {"audience.intent=false"}),
       .sections = unlike_segments,
       .channels = {by_the_click},
       .segments = equal_money},
      // Impressions grow in all segments alike, though not by the same share of prospects is left:
      // docs/verification.md, What is not verified yet.
      {.name = "clicks of people who cost and click unlike",
       .settings = shopping,
       .sections = unlike_segments,
       .channels = {{.click_rate = {}, .spend = {.ratio = 5'000, .below = 0.03, .above = 0.02}}},
       .segments = {{.ratio = 0.5, .below = 0.01, .above = 0.05},
                    {.ratio = 0.5, .below = 0.05, .above = 0.01}}},
      {.name = "clicks on searches, and ads beside searches for the brand",
       .settings = {"channel.social.kind=search", "channel.social.price=1.5",
                    "channel.social.brand_share=0.15"},
       .channels = {by_the_click}},
  });
}

TEST_CASE("plans with retargeting have their benchmarks", "[verification][statistical][parallel]") {
  check_grid({
      {.name = "a budget",
       .sections = retargeting("budget = 200\n"),
       .channels = {{}, retargeted(0.15)}},
      {.name = "a budget for clicks",
       .sections = retargeting("budget = 200\npricing = \"cpc\"\nprice = 0.75\n"),
       .channels = {{}, retargeted(0.18)}},
      {.name = "no limit",
       .sections = retargeting("budget = \"unlimited\"\n"),
       .channels = {{},
                    {.click_rate = {.ratio = 0.02, .below = 0.05, .above = 0.02},
                     .conversion = {},
                     .spend = {}}}},
      {.name = "rotations of a day",
       .settings = {"campaign.rotation_days=1"},
       .sections = retargeting("budget = 200\n"),
       .channels = {{}, retargeted(0.08)}},
      {.name = "one rotation",
       .settings = {"campaign.rotation_days=366"},
       .sections = retargeting("budget = 200\n"),
       .channels = {{}, retargeted(0.28)}},
      {.name = "one rotation that outlasts the ads by a year",
       .settings = {"campaign.rotation_days=366", "campaign.cohort_days=365"},
       .sections = retargeting("budget = 200\nimpressions_per_day = 10\n"),
       .channels = {{}, retargeted(0.08)}},
      {.name = "three days of ads in a rotation of seven",
       .settings = {"campaign.flight_days=3"},
       .sections =
           retargeting("budget = 200\nimpressions_per_day = 10\ncontinues_after_flight = false\n"),
       .channels = {eager,
                    {.click_rate = {}, .conversion = {}, .spend = {.ratio = 200, .below = 0.08}}}},
  });
}

TEST_CASE("plans with other rules of credit, windows and channels have their benchmarks",
          "[verification][statistical][parallel]") {
  check_grid({
      {.name = "first clicks", .settings = {"attribution.rule=first_click"}},
      {.name = "last clicks", .settings = {"attribution.rule=last_click"}, .channels = {eager}},
      {.name = "a window of one day", .settings = {"campaign.conversion_days=1"}},
      {.name = "a window of two days", .settings = {"campaign.conversion_days=2"}},
      {.name = "two channels that buy impressions",
       .sections = audience + R"([channel.video]
kind = "video"
budget = 2_500
price = 10
click_rate = 0.006
conversion_rate = 0.03
memory_days = 365
reference_frequency = 2.5
creative.refresh_days = 0
)",
       .channels = {{},
                    {.click_rate = {.ratio = 0.006, .below = 0.02, .above = 0.02},
                     .conversion = {.ratio = 0.03, .below = 0.03, .above = 0.03},
                     .spend = {.ratio = 2'500, .below = 0.025}}}},
      {.name = "impressions and clicks",
       .sections = audience + R"([channel.shopping]
kind = "shopping"
budget = 2_000
price = 1.5
click_rate = 0.012
conversion_rate = 0.028
)",
       .channels = {eager,
                    {.click_rate = {},
                     .conversion = {.ratio = 0.028, .below = 0.03, .above = 0.03},
                     .spend = {.ratio = 2'000, .below = 0.05}}}},
  });
}

}  // namespace flywheel::test
