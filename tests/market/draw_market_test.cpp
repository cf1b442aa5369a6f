#include "market/draw_market.hpp"

#include <cmath>
#include <cstddef>

#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

/// Two channels and retargeting, everything in motion; no two numbers alike.
MarketTraits busy_market() {
  MarketTraits traits;
  traits.start = {.year = 2027, .month = 2, .day = 20};
  traits.days = 30;
  traits.channels = {
      {.identity = 71, .price = {0.2, 0.4}, .creatives = {.hit_rate = 0.3, .hit_strength = 2}},
      {.identity = 72, .price = {0.1, 0.1}, .creatives = {}},
      {.identity = 1, .price = {0.15, 0.2}, .creatives = {}}};
  traits.price_season.months[1] = 0.9;
  traits.price_season.months[2] = 1.1;
  traits.demand_season.months[2] = 1.3;
  traits.demand = {0.25, 0.3};
  traits.price_correlation = 0.5;
  traits.price_demand_correlation = 0.4;
  traits.competitors = {.per_day = 0.1, .mean_jump = 0.2, .decay_days = 5};
  traits.shocks = {{.identity = 5,
                    .first_day = 10,
                    .days = 6,
                    .probability = 0.4,
                    .price = 1.5,
                    .click = 0.7,
                    .conversion = 0.8,
                    .demand = 1.2,
                    .tracking = 0.25,
                    .channels = {true, false, true}}};
  traits.demand_elasticity = 0.3;
  return traits;
}

MarketPath future(const MarketTraits& traits, std::uint64_t replication) {
  return draw_market(traits, make_key(21, Level::market, replication));
}

}  // namespace

TEST_CASE("the frozen market is the mean of all markets", "[market][statistical]") {
  const MarketTraits traits = busy_market();
  const MarketPath expected = expected_market(traits);
  for (const std::size_t day : {std::size_t{2}, std::size_t{12}, std::size_t{29}}) {
    std::vector<double> price;
    std::vector<double> other_price;
    std::vector<double> demand;
    std::vector<double> click;
    std::vector<double> tracking;
    std::vector<double> strength;
    for (std::uint64_t replication = 0; replication < 6000; ++replication) {
      const MarketPath path = future(traits, replication);
      price.push_back(path.channels[0].price[day]);
      other_price.push_back(path.channels[1].price[day]);
      demand.push_back(path.demand[day]);
      click.push_back(path.channels[2].click[day]);
      tracking.push_back(path.channels[2].tracking_loss[day]);
      strength.push_back(path.channels[0].strength[0]);
    }
    REQUIRE(plausible_mean(price, expected.channels[0].price[day]));
    REQUIRE(plausible_mean(other_price, expected.channels[1].price[day]));
    REQUIRE(plausible_mean(demand, expected.demand[day]));
    REQUIRE(plausible_mean(click, expected.channels[2].click[day]));
    REQUIRE(plausible_mean(tracking, expected.channels[2].tracking_loss[day]));
    REQUIRE(plausible_mean(strength, expected.channels[0].strength[0]));
  }
}

TEST_CASE("the expected path is season, competitors and shares of named shocks", "[market]") {
  const MarketTraits traits = busy_market();
  const MarketPath path = expected_market(traits);
  const double competitors = expected_competitor_factor(traits.competitors, 30)[12];
  // Day 12 is the 4th of March, within the shock: 1 + 0.4 (1.5 - 1), 1 + 0.4 (1.2 - 1).
  REQUIRE(path.channels[0].price[12] == Approx(1.1 * competitors * 1.2));
  REQUIRE(path.channels[1].price[12] == Approx(1.1 * competitors));
  REQUIRE(path.demand[12] == Approx(1.3 * 1.08));
  REQUIRE(path.channels[0].tracking_loss[12] == Approx(0.1));
  REQUIRE(path.channels[1].tracking_loss[12] == 0.0);
  REQUIRE(path.conversion_log_odds[12] ==
          Approx(0.3 * std::log(1.3 * 1.08) + std::log(1.0 - 0.4 * 0.2)));
  REQUIRE(path.conversion_factor[12] == Approx(std::exp(path.conversion_log_odds[12])));
  // Day 5 is the 25th of February, before the shock; day 16 follows it.
  REQUIRE(path.demand[5] == 1.0);
  REQUIRE(path.channels[0].click[5] == 1.0);
  REQUIRE(path.channels[0].click[15] == Approx(1.0 - 0.4 * 0.3));
  REQUIRE(path.channels[0].click[16] == 1.0);
}

TEST_CASE("a named shock comes whole or not at all, for all channels alike",
          "[market][statistical]") {
  const MarketTraits traits = busy_market();
  std::uint64_t hits = 0;
  constexpr std::uint64_t replications = 2000;
  for (std::uint64_t replication = 0; replication < replications; ++replication) {
    const MarketPath path = future(traits, replication);
    const bool hit = path.channels[0].click[12] != 1.0;
    hits += hit ? 1 : 0;
    REQUIRE(path.channels[0].click[12] == (hit ? 0.7 : 1.0));
    REQUIRE(path.channels[2].tracking_loss[12] == (hit ? 0.25 : 0.0));
    REQUIRE(path.channels[1].click[12] == 1.0);
  }
  REQUIRE(plausible_count(hits, replications, 0.4));
}

TEST_CASE("a channel more or a longer horizon moves no other path", "[market]") {
  const MarketTraits traits = busy_market();
  MarketTraits larger = traits;
  larger.channels.insert(larger.channels.begin(),
                         {.identity = 99, .price = {0.4, 0.3}, .creatives = {}});
  larger.shocks[0].channels.insert(larger.shocks[0].channels.begin(), true);
  larger.days = 45;
  const MarketPath before = future(traits, 3);
  const MarketPath after = future(larger, 3);
  for (std::size_t day = 0; day < 30; ++day) {
    REQUIRE(after.channels[1].price[day] == before.channels[0].price[day]);
    REQUIRE(after.channels[3].price[day] == before.channels[2].price[day]);
    REQUIRE(after.demand[day] == before.demand[day]);
  }
  REQUIRE(after.channels[1].strength == before.channels[0].strength);
}

TEST_CASE("prices of two channels and demand move together", "[market][statistical]") {
  MarketTraits traits = busy_market();
  traits.competitors.per_day = 0.0;  // common to all prices, and no part of the correlation
  traits.shocks.clear();
  // With equal reversion the levels have the correlation of the shocks.
  for (auto& channel : traits.channels) channel.price.reversion = 0.3;
  std::vector<double> prices;
  std::vector<double> with_demand;
  const auto level = [](double factor, double volatility) {
    return std::log(factor) / volatility + 0.5 * volatility;
  };
  for (std::uint64_t replication = 0; replication < 20'000; ++replication) {
    const MarketPath path = future(traits, replication);
    const double first = level(path.channels[0].price[4] / 0.9, 0.2);
    const double retargeting = level(path.channels[2].price[4] / 0.9, 0.15);
    prices.push_back(first * retargeting);
    with_demand.push_back(retargeting * level(path.demand[4], 0.25));
  }
  REQUIRE(plausible_mean(prices, 0.5));
  REQUIRE(plausible_mean(with_demand, 0.4));
}

TEST_CASE("the season of purchases knows no price, shock or luck", "[market]") {
  const MarketTraits traits = busy_market();
  const MarketPath path = future(traits, 8);
  const double mean = mean_of(traits.demand_season);
  REQUIRE(path.season[5] == Approx(1.0 / mean));
  REQUIRE(path.season[12] == Approx(1.3 / mean));
}

}  // namespace flywheel::test
