#include "scenario/draw_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/check.hpp"
#include "plan/read_plan.hpp"
#include "random/copula.hpp"
#include "random/hash.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// Numbers of each level and of what is solved, in one list to compare.
std::vector<double> contents(const Scenario& scenario) {
  std::vector<double> numbers{
      scenario.order.mean_value,       scenario.channels[0].click_rate,
      scenario.channels[0].view_rate,  scenario.channels[1].mean_weight,
      scenario.retargeting.click_rate, scenario.retargeting.return_probability,
      scenario.solved.intent_loading,  scenario.advocacy.promoter_above,
      scenario.audience.affinity(0.3)};
  const auto add = [&](const std::vector<double>& more) {
    numbers.insert(numbers.end(), more.begin(), more.end());
  };
  add(scenario.funnel.source_log_odds);
  for (const Delivery& delivery : scenario.deliveries) add(delivery.impressions_per_day);
  add(scenario.market.demand);
  add(scenario.retargeting.price);
  add(scenario.repeat.clock);
  return numbers;
}

bool same_parameters(const Scenario& left, const Scenario& right) {
  return left.order.mean_value == right.order.mean_value &&
         left.funnel.source_log_odds == right.funnel.source_log_odds &&
         left.solved.intent_loading == right.solved.intent_loading;
}

}  // namespace

TEST_CASE("a scenario is a pure function of plan and future", "[scenario]") {
  const ScenarioSource source{small_plan()};
  const ScenarioSource another{small_plan()};
  const Scenario first = source.draw(future_of(7, 3));
  (void)source.draw(future_of(7, 4));
  REQUIRE(contents(source.draw(future_of(7, 3))) == contents(first));
  REQUIRE(contents(another.draw(future_of(7, 3))) == contents(first));
  REQUIRE(contents(source.draw(future_of(7, 4))) != contents(first));
  REQUIRE(contents(source.draw(future_of(8, 3))) != contents(first));
}

TEST_CASE("each level has its own replication", "[scenario]") {
  const ScenarioSource source{small_plan()};
  const Future plain = future_of(7, 3);
  const Scenario base = source.draw(plain);
  Future other = plain;
  other.market = 9;
  const Scenario other_market = source.draw(other);
  REQUIRE(same_parameters(base, other_market));
  REQUIRE(base.market.demand != other_market.market.demand);
  REQUIRE(base.shoppers == other_market.shoppers);
  other = plain;
  other.shoppers = 9;
  const Scenario other_luck = source.draw(other);
  REQUIRE(contents(base) == contents(other_luck));
  REQUIRE_FALSE(base.shoppers == other_luck.shoppers);
  other = plain;
  other.parameters = 9;
  REQUIRE_FALSE(same_parameters(base, source.draw(other)));
}

TEST_CASE("a factor on media moves the money and nobody's rates", "[scenario][response]") {
  // Brand ads, so that what they are expected to meet is solved too.
  const ScenarioSource source{
      small_plan({"channel.social.price_slope=0.25", "channel.search.brand_share=0.1"})};
  const Scenario plain = source.draw(future_of(7, 3));
  Future future = future_of(7, 3);
  future.media_factor = 2.0;
  const Scenario doubled = source.draw(future);

  const auto solved = [](const Scenario& scenario) {
    std::vector<double> numbers = scenario.funnel.source_log_odds;
    for (const auto& channel : scenario.channels) {
      numbers.insert(numbers.end(), {channel.click_rate, channel.view_rate, channel.mean_weight,
                                     channel.intent_targeting, channel.click_intent});
    }
    numbers.insert(numbers.end(),
                   {scenario.organic.visits_per_shopper_day, scenario.organic.intent_loading,
                    scenario.funnel.intent_loading, scenario.retargeting.click_rate,
                    scenario.retargeting.return_probability, scenario.solved.incremental_share,
                    scenario.order.mean_value});
    return numbers;
  };
  REQUIRE(solved(doubled) == solved(plain));
  // What is expected of these people goes with it: more of them have ordered, more windows open.
  REQUIRE(doubled.click_rates[0] < 0.95 * plain.click_rates[0]);
  REQUIRE(doubled.click_rates[1] < 0.99 * plain.click_rates[1]);
  REQUIRE(doubled.retargeting.expected_entries_per_day >
          1.2 * plain.retargeting.expected_entries_per_day);
  REQUIRE(doubled.shoppers == plain.shoppers);
  REQUIRE(doubled.market.demand == plain.market.demand);

  // Twice the money at 2^0.25 the price: 2^0.75 the impressions.
  for (std::size_t at = 0; at < plain.deliveries[0].price.size(); ++at) {
    REQUIRE(doubled.deliveries[0].price[at] ==
            Approx(std::pow(2.0, 0.25) * plain.deliveries[0].price[at]));
    REQUIRE(doubled.deliveries[0].impressions_per_day[at] ==
            Approx(std::pow(2.0, 0.75) * plain.deliveries[0].impressions_per_day[at]));
  }
  REQUIRE(doubled.retargeting.price == plain.retargeting.price);
  REQUIRE(doubled.retargeting.affordable_per_day.size() == 30);
  for (std::size_t day = 0; day < 30; ++day) {
    REQUIRE(doubled.retargeting.affordable_per_day[day] ==
            2.0 * plain.retargeting.affordable_per_day[day]);
  }
}

TEST_CASE("a factor on media leaves retargeting without a limit as it is", "[scenario][response]") {
  const ScenarioSource source{small_plan({"retargeting.budget=unlimited"})};
  Future future = future_of(7, 3);
  future.media_factor = 2.0;
  const Scenario doubled = source.draw(future);
  REQUIRE(doubled.retargeting.enabled);
  REQUIRE(doubled.retargeting.affordable_per_day.empty());
  REQUIRE(doubled.deliveries[0].impressions_per_day[0] >
          source.draw(future_of(7, 3)).deliveries[0].impressions_per_day[0]);
}

TEST_CASE("a factor on media is above zero and finite", "[scenario][response]") {
  const ScenarioSource source{small_plan()};
  for (const double factor : {0.0, -1.0, std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()}) {
    Future future = future_of(7, 3);
    future.media_factor = factor;
    REQUIRE_THROWS_AS(source.draw(future), ContractBroken);
  }
}

TEST_CASE("better pages move the odds of every step and leave the rates solved as they were",
          "[scenario]") {
  const Scenario measured = ScenarioSource{small_plan()}.draw(future_of(7, 3));
  const Scenario better =
      ScenarioSource{small_plan({"funnel.page_quality=1.1"})}.draw(future_of(7, 3));
  REQUIRE(contents(measured) == contents(better));
  for (std::size_t device = 0; device < 2; ++device) {
    for (std::size_t step = 0; step < step_count; ++step) {
      CHECK(better.funnel.step_log_odds[device][step] ==
            Approx(measured.funnel.step_log_odds[device][step] + std::log(1.1)));
    }
  }
}

TEST_CASE("retargeting without money shows no ads, and without a limit as many as its pool takes",
          "[scenario]") {
  const ScenarioSource none{small_plan({"retargeting.budget=0"})};
  REQUIRE_FALSE(none.draw(future_of(7, 3)).retargeting.enabled);
  const ScenarioSource unlimited{small_plan({"retargeting.budget=unlimited"})};
  const Scenario scenario = unlimited.draw(future_of(7, 3));
  REQUIRE(scenario.retargeting.enabled);
  REQUIRE(scenario.retargeting.affordable_per_day.empty());
}

TEST_CASE("how people return does not change with the budget of retargeting that is off",
          "[scenario]") {
  const auto returns = [](const std::string& budget) {
    const ScenarioSource source{
        small_plan({"retargeting.enabled=false", "retargeting.incremental_share=0.25",
                    "retargeting.return_limit=1", "retargeting.budget=" + budget})};
    return source.draw(future_of(7, 3)).retargeting.return_probability;
  };
  REQUIRE(returns("10") > 0.0);
  REQUIRE(returns("10") == returns("0"));
  REQUIRE(returns("10") == returns("unlimited"));
}

TEST_CASE("frozen levels stand still while the others vary", "[scenario]") {
  const ScenarioSource source{small_plan({"channel.social.creative.refresh_days=28"})};
  const Scenario first = source.draw(future_of(7, 3, {.parameters = true}));
  const Scenario second = source.draw(future_of(7, 4, {.parameters = true}));
  REQUIRE(same_parameters(first, second));
  REQUIRE(first.market.demand != second.market.demand);
  REQUIRE(first.order.mean_value == Approx(73.36).epsilon(1e-12));  // the published median

  const Scenario still = source.draw(future_of(7, 3, {.market = true}));
  REQUIRE(same_parameters(still, source.draw(future_of(7, 3))));
  REQUIRE(still.market.channels[0].strength == std::vector<double>{1.0});

  REQUIRE(source.draw(future_of(7, 3, {.shoppers = true})).shoppers ==
          source.draw(future_of(7, 0)).shoppers);
}

TEST_CASE("a scenario outlives its source", "[scenario]") {
  Scenario scenario;
  double value = 0.0;
  {
    const ScenarioSource source{small_plan()};
    scenario = source.draw(future_of(7, 3));
    value = scenario.audience.affinity(0.9);
  }
  REQUIRE(scenario.audience.affinity(0.9) == value);
  REQUIRE(std::isfinite(value));
}

TEST_CASE("uncertain numbers are told by name and value", "[scenario]") {
  const ScenarioSource source{small_plan()};
  const auto names = source.uncertain_names();
  const auto values = source.drawn(future_of(7, 3));
  REQUIRE(names.size() == values.size());
  const auto found = std::find(names.begin(), names.end(), "basket.order_value");
  REQUIRE(found != names.end());
  const auto place = static_cast<std::size_t>(found - names.begin());
  REQUIRE(source.draw(future_of(7, 3)).order.mean_value == values[place]);
  REQUIRE(source.draw(future_of(7, 9, {.parameters = true})).order.mean_value ==
          source.drawn(future_of(7, 1, {.parameters = true}))[place]);
}

TEST_CASE("a plan without uncertain numbers differs between futures in its market alone",
          "[scenario]") {
  const ScenarioSource source{small_plan()};
  REQUIRE_FALSE(source.uncertain_names().empty());
  Plan certain = small_plan();
  certain.market.demand_volatility.value = fixed(0.2);
  const ScenarioSource other{certain};
  const Scenario first = other.draw(future_of(1, 1, {.parameters = true}));
  const Scenario second = other.draw(future_of(1, 2, {.parameters = true}));
  REQUIRE(first.segments[0].click_factor == second.segments[0].click_factor);
  REQUIRE(first.market.demand != second.market.demand);
}

TEST_CASE("what a scenario holds has the shape its readers expect", "[scenario]") {
  const ScenarioSource source{small_plan()};
  const Scenario scenario = source.draw(future_of(7, 3));
  REQUIRE(scenario.calendar.horizon() == 60);
  REQUIRE(scenario.segments.size() == 2);
  REQUIRE(scenario.segments[0].identity == hash_text("young"));
  REQUIRE(scenario.segments[0].size == 60'000);
  // Factors 1.5 and 1 of 60,000 and 40,000 shoppers: mean 1.3
  REQUIRE(scenario.segments[0].click_factor == Approx(1.5 / 1.3));
  REQUIRE(scenario.segments[1].conversion_log_odds == Approx(std::log(1.4)));
  REQUIRE(scenario.channels.size() == 2);
  REQUIRE(scenario.deliveries.size() == 2);
  REQUIRE(scenario.deliveries[0].price.size() == 40);
  REQUIRE_FALSE(scenario.channels[0].pays_per_click);
  REQUIRE(scenario.channels[1].pays_per_click);
  REQUIRE(scenario.market.channels.size() == 3);
  REQUIRE(scenario.market.demand.size() == 60);
  REQUIRE(scenario.repeat.clock.size() == 61);
  REQUIRE(scenario.retargeting.last_day == 30.0);
  REQUIRE(scenario.retargeting.price.size() == 30);
  REQUIRE(scenario.retargeting.affordable_per_day.size() == 30);
  REQUIRE(scenario.retargeting.affordable_per_day[4] ==
          Approx(600.0 / 30.0 / scenario.retargeting.price[4]));
  REQUIRE(scenario.funnel.source_log_odds.size() == 7);
  REQUIRE(scenario.funnel.source_factor.size() == 7);
  REQUIRE(std::accumulate(scenario.organic.label_shares.begin(),
                          scenario.organic.label_shares.end(), 0.0) == Approx(1.0));
  REQUIRE(scenario.source(UnpaidSource::organic) == 3);
  REQUIRE(scenario.solved.rates_reached);
}

TEST_CASE("click factors count in proportion to each other alone", "[scenario]") {
  const auto click_rate = [](const std::vector<std::string>& settings) {
    const ScenarioSource source{small_plan(settings)};
    const Scenario scenario = source.draw(future_of(7, 3));
    return scenario.channels[0].click_rate * scenario.segments[0].click_factor;
  };
  REQUIRE(click_rate({"segment.young.click_factor=4.5", "segment.old.click_factor=3"}) ==
          Approx(click_rate({"segment.young.click_factor=1.5", "segment.old.click_factor=1"}))
              .epsilon(1e-9));
}

TEST_CASE("media spend is the budget at the drawn prices", "[scenario]") {
  const ScenarioSource source{small_plan()};
  const Scenario scenario = source.draw(future_of(7, 3));
  const Delivery& social = scenario.deliveries[0];
  double spent = 0.0;
  for (std::size_t at = 0; at < social.price.size(); ++at) {
    spent += social.price[at] * social.impressions_per_day[at];
  }
  REQUIRE(spent == Approx(9000.0));
}

TEST_CASE("sharing rates hold over all customers where only promoters share", "[scenario]") {
  const ScenarioSource source{small_plan({"referral.share_rate=0.06", "experience.promoters=0.5",
                                          "experience.passives=0.3", "experience.detractors=0.2"})};
  REQUIRE(source.draw(future_of(1, 1)).referral.share_rate == Approx(0.12));
  const ScenarioSource everybody{
      small_plan({"referral.share_rate=0.06", "referral.promoters_only=false"})};
  REQUIRE(everybody.draw(future_of(1, 1)).referral.share_rate == Approx(0.06));
}

TEST_CASE("an advertiser's effect multiplies every conversion rate", "[scenario]") {
  const auto log_odds = [](const std::vector<std::string>& settings) {
    const ScenarioSource source{small_plan(settings)};
    return source.draw(future_of(1, 1, {.parameters = true})).funnel.source_log_odds;
  };
  const auto usual = log_odds({"market.advertiser_effect=1"});
  const auto doubled = log_odds({"market.advertiser_effect=2"});
  for (const std::size_t source : {0U, 1U, 3U, 5U}) REQUIRE(doubled[source] > usual[source] + 0.1);
}

TEST_CASE("organic visits are raised for the incremental share, but not where they are known",
          "[scenario]") {
  const auto drawn = [](const std::vector<std::string>& settings) {
    std::vector<std::string> all{"audience.incremental_share=0.3",
                                 "audience.intent_loading_limit=1"};
    all.insert(all.end(), settings.begin(), settings.end());
    return ScenarioSource{small_plan(all)}.draw(future_of(1, 1, {.parameters = true}));
  };
  const Scenario known = drawn({});  // the plan says one visit a day and 1,000 shoppers
  REQUIRE(known.solved.organic_factor == 1.0);
  REQUIRE(known.organic.visits_per_shopper_day == Approx(0.001));
  REQUIRE_FALSE(known.solved.incremental_reached);
  const Scenario raised = drawn({"organic.visits_limit=2.5"});
  REQUIRE(raised.solved.organic_factor == 2.5);
  REQUIRE(raised.organic.visits_per_shopper_day == Approx(0.0025));
  REQUIRE(raised.solved.incremental_share < known.solved.incremental_share);
}

TEST_CASE("organic visits that solving adds pass brand ads too", "[scenario]") {
  // Search pays for a visit in two that passes its ad: less of its money is left for clicks.
  const auto clicks_of_search = [](const std::string& limit) {
    const ScenarioSource source{
        small_plan({"audience.incremental_share=0.3", "audience.intent_loading_limit=1",
                    "channel.search.brand_share=0.5", "channel.search.brand_budget_limit=1",
                    "retargeting.return_probability=0", "organic.visits_limit=" + limit})};
    const Scenario scenario = source.draw(future_of(1, 1, {.parameters = true, .market = true}));
    double impressions = 0.0;
    for (const double day : scenario.deliveries[1].impressions_per_day) impressions += day;
    return impressions * scenario.click_rates[1];
  };
  // 100 visits a day more, of which half pass an ad at a quarter of the price of a click.
  const double less = clicks_of_search("1") - clicks_of_search("2");
  const double at_the_price = 20.0 * 100.0 * 0.5 * 0.25;
  REQUIRE(less < at_the_price);  // the last clicks of a stock of queries are the dearest
  REQUIRE(less > 0.8 * at_the_price);
}

TEST_CASE("contradictory correlations are told when the source is made", "[scenario]") {
  const std::string pair =
      "[[correlation]]\nfirst = \"channel.social.price\"\nsecond = \"funnel.bounce_rate\"\n"
      "spearman = 0.5\n";
  Plan plan = small_plan_with(pair);
  plan.correlations.push_back(plan.correlations[0]);
  REQUIRE_THROWS_AS(ScenarioSource{plan}, ImpossibleCorrelations);
}

TEST_CASE("base rates that do not settle within the passes are told as missed", "[scenario]") {
  // Brand ads may eat most of the budget: more organic visits leave fewer clicks, which takes other
  // organic visits. Replication 9 goes on moving; 8 settles.
  const PlanReading reading = read_plan_text(R"(
[campaign]
name = "brand"
start = 2027-03-01
flight_days = 30
[segment.a]
size = 20_000
[channel.search]
budget = 3000
brand_share = 0.9
brand_price = 1
brand_budget_limit = 1
[channel.social]
budget = 3000
)",
                                             {});
  const ScenarioSource source{reading.plan.value()};
  CHECK(source.draw(future_of(1, 8)).solved.rates_reached);
  CHECK_FALSE(source.draw(future_of(1, 9)).solved.rates_reached);
}

}  // namespace flywheel::test
