// Ads to customers: how many, what they cost, what they bring.
#include <cmath>

#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t shoppers = 20'000;

/// Three impressions on average in days 2 to 12 after an order; nobody orders by them.
CustomerAdTraits ten_days_of_ads() {
  return {.enabled = true,
          .price = 500.0,
          .start_days = 2.0,
          .window_days = 10.0,
          .impressions_per_day = 0.3,
          .click_rate = 0.1};
}

}  // namespace

TEST_CASE("ads follow an order for their window and are media of no channel",
          "[verification][statistical]") {
  using enum Column;
  Scenario scenario = everybody_buys(shoppers, 30);
  scenario.customer_ads = ten_days_of_ads();
  scenario.ledger.agency_share = 0.1;
  const FastFuture f = play_fast(scenario, 1);
  CHECK(f(root_customers) + f(organic_customers) == shoppers);
  CHECK(plausible_mean(f(customer_ad_impressions) / shoppers, std::sqrt(3.0), shoppers, 3.0));
  CHECK(plausible_count(f.count(customer_ad_clicks), f.count(customer_ad_impressions), 0.1));
  CHECK(f(customer_ad_spend) == Approx(0.5 * f(customer_ad_impressions)));
  CHECK(f(media_spend) == f(customer_ad_spend));
  CHECK(f(overhead_cost) == Approx(0.1 * f(media_spend)));
  CHECK(f(cohort_contribution) == Approx(-1.1 * f(media_spend)));
  CHECK(f.sum(spend_by_channel) == 0.0);
  CHECK(f(impressions) == 0.0);
  CHECK(f(clicks) == 0.0);
  CHECK(f(orders) == shoppers);
}

TEST_CASE("ads to customers are bought and clicked as the market of retargeting has it that day",
          "[verification][statistical]") {
  using enum Column;
  Scenario scenario = everybody_buys(shoppers, 30);
  scenario.customer_ads = ten_days_of_ads();
  ChannelMarket& market = scenario.market.channels.back();
  for (double& price : market.price) price = 0.0;
  for (double& click : market.click) click = 0.0;
  market.price[6] = 2.0;
  market.click[8] = 3.0;
  const FastFuture f = play_fast(scenario, 2);
  CHECK(plausible_mean(f(customer_ad_spend) / shoppers, std::sqrt(0.3), shoppers, 0.3));
  CHECK(plausible_mean(f(customer_ad_clicks) / shoppers, std::sqrt(0.09), shoppers, 0.3 * 0.3));
}

TEST_CASE("orders by ads begin windows of their own, fewer of those who dropped out",
          "[verification][statistical]") {
  using enum Column;
  Scenario scenario = everybody_buys(shoppers, 30);
  scenario.customer_ads = ten_days_of_ads();
  scenario.customer_ads.window_days = 1.0;
  scenario.customer_ads.impressions_per_day = 3.0;
  scenario.customer_ads.click_rate = 0.5;
  scenario.customer_ads.order_rate = 0.2;
  // Each order brings 0.3 others: a branching process of mean 0.3 / 0.7, variance 0.3 / 0.7^3.
  const FastFuture living = play_fast(scenario, 3);
  CHECK(living(repeat_orders) == living(customer_ad_orders));
  CHECK(plausible_mean(living(customer_ad_orders) / shoppers, std::sqrt(0.3 / 0.343), shoppers,
                       0.3 / 0.7));
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_dropout = 1e6;
  scenario.messages.lapsed_factor = 0.25;
  const FastFuture lapsed = play_fast(scenario, 4);
  CHECK(plausible_count(lapsed.count(customer_ad_orders), lapsed.count(customer_ad_clicks), 0.05));
}

TEST_CASE("orders by ads replace the next purchases", "[verification][statistical]") {
  using enum Column;
  Scenario scenario = everybody_buys(shoppers, 20);
  scenario.customer_ads = ten_days_of_ads();
  scenario.customer_ads.start_days = 1.0;
  scenario.customer_ads.window_days = 1.0;
  scenario.customer_ads.impressions_per_day = 1.25;
  scenario.customer_ads.click_rate = 1.0;
  scenario.customer_ads.order_rate = 0.4;
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.3;
  // All purchases of the repeat process fall into the last day, when no ad can follow them; they
  // are 20 on average, so each of the one or two replacements finds a purchase.
  for (std::size_t day = 0; day < scenario.repeat.clock.size(); ++day) {
    scenario.repeat.clock[day] = day + 1 == scenario.repeat.clock.size() ? 20.0 / 0.3 : 0.0;
  }
  const auto purchases = [&](double replaced_share, std::uint64_t luck) {
    scenario.customer_ads.replaced_share = replaced_share;
    const FastFuture f = play_fast(scenario, luck);
    return std::pair{(f(repeat_orders) - f(customer_ad_orders)) / shoppers,
                     f(customer_ad_orders) / shoppers};
  };
  CHECK(plausible_mean(purchases(0.0, 5).first, std::sqrt(20.0), shoppers, 20.0));
  const auto [left, by_ads] = purchases(1.0, 6);
  CHECK(plausible_mean(left + by_ads, std::sqrt(20.0), shoppers, 20.0));
  REQUIRE(by_ads > 0.9);
}

}  // namespace flywheel::test
