#include "scenario/solve_pool.hpp"

#include <cmath>

#include "random/trait_tables.hpp"
#include "scenario/plain_world.hpp"
#include "scenario/solve_orders.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr double shoppers = 10'000;
constexpr double leave = plain_engaged - plain_order_rate;  // of an organic visit, engaged
constexpr double impressions = 0.5;                         // of retargeting, a day

/// Organic visitors alone, all alike, whom retargeting follows for 14 days.
BaseRateSetting organic_pool() {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  setting.channels.clear();
  setting.window.impressions_per_day = impressions;
  return setting;
}

PoolSolution solve(const BaseRateSetting& setting, const TraitNodes& traits = alike_traits()) {
  IntentWorld world{setting, one_segment(), traits};
  world.place_visits(0.0);
  PoolSolution pool;
  for (int round = 0; round < 100; ++round) {
    world.sweep();
    pool = solve_pool(world, traits, pool);
    world.give(pool.second);
  }
  return pool;
}

/// Share of prospects whose latest leaving visit is younger than `days`, visits being Poisson.
double open_share(double leaves_per_day, double days) {
  return 1.0 - std::exp(-leaves_per_day * days);
}

}  // namespace

TEST_CASE("without impressions of retargeting there are no second chances", "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  setting.window.impressions_per_day = 0.0;
  const PoolSolution pool = solve(setting);
  REQUIRE(pool.second.return_probability == 0.0);
  REQUIRE(pool.second.retargeting_clicks_per_day == ByType{0.0});
  REQUIRE(pool.second.retargeted_orders_per_day == ByType{0.0});
  REQUIRE(pool.second.retargeted_leaves_per_day == ByType{0.0});
  REQUIRE(pool.incremental_reached);
}

TEST_CASE("retargeting that is off takes no clicks, and leaves own returns as they are",
          "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  setting.retargeting.return_given = false;
  setting.retargeting.incremental_share = 0.7;
  setting.retargeting.return_limit = 1.0;
  const PoolSolution with = solve(setting);
  setting.retargeting.enabled = false;
  const PoolSolution without = solve(setting);
  REQUIRE(without.second.retargeting_clicks_per_day == ByType{0.0});
  REQUIRE(without.second.retargeted_orders_per_day == ByType{0.0});
  REQUIRE(without.second.retargeted_leaves_per_day == ByType{0.0});
  REQUIRE(with.second.return_probability > 0.0);
  REQUIRE(without.second.return_probability ==
          Approx(with.second.return_probability).epsilon(0.02));
}

TEST_CASE("a window's clicks, orders and leaves are rate times share of open windows",
          "[scenario][pool]") {
  const PoolSolution pool = solve(organic_pool());
  const double clicks = impressions * 0.02;
  REQUIRE(pool.retargeted_reached);
  REQUIRE(pool.click_rate == Approx(0.02).epsilon(1e-12));
  REQUIRE(pool.second.retargeting_clicks_per_day[0] == Approx(clicks).epsilon(1e-12));
  // Without channels the cold rate is that of organic visits; its odds are doubled.
  const double ordered = times_odds(plain_order_rate, 2.0);
  // Orders of retargeting itself end windows: a few in a million.
  const double open = open_share(0.0002 * leave, 14.0);
  REQUIRE(pool.second.retargeted_orders_per_day[0] ==
          Approx(open * clicks * ordered).epsilon(2e-3));
  REQUIRE(pool.second.retargeted_leaves_per_day[0] > 5.0 * open * clicks * ordered);
  REQUIRE(pool.second.retargeted_leaves_per_day[0] < open * clicks);
}

TEST_CASE("those who left early are no members of a deeper pool", "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  setting.retargeting.pool = Depth::cart;
  const PoolSolution pool = solve(setting);
  // Of a hundred who leave engaged so many had a cart; desktop and mobile visits averaged.
  const double in_pool = (plain_cart_rate - plain_order_rate) / leave;
  REQUIRE(pool.second.retargeting_clicks_per_day[0] ==
          Approx(in_pool * impressions * 0.02).epsilon(1e-6));
}

TEST_CASE("factors that all pools share change what they multiply, and nothing else",
          "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  const PoolSolution plain = solve(setting);
  for (PoolTraits& one : setting.retargeting.pools) one = {3.0, 1.6, 2.5};
  setting.window.impressions_per_day = impressions / 3.0;
  const PoolSolution shared = solve(setting);
  REQUIRE(shared.click_rate == Approx(plain.click_rate / 1.6).epsilon(1e-9));
  REQUIRE(shared.openings.paid == Approx(3.0 * plain.openings.paid).epsilon(1e-9));
  REQUIRE(shared.openings.unpaid == Approx(3.0 * plain.openings.unpaid).epsilon(1e-9));
  REQUIRE(shared.retargeted_log_odds ==
          Approx(plain.retargeted_log_odds - std::log(2.5)).epsilon(1e-6));
  REQUIRE(shared.second.retargeting_clicks_per_day[0] ==
          Approx(plain.second.retargeting_clicks_per_day[0]).epsilon(1e-9));
  REQUIRE(shared.second.retargeted_orders_per_day[0] ==
          Approx(plain.second.retargeted_orders_per_day[0]).epsilon(1e-6));
  REQUIRE(shared.incremental_share == Approx(plain.incremental_share).epsilon(1e-6));
}

TEST_CASE("rates of retargeting are means over pools that differ", "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  setting.retargeting.pools = {{{0.5, 1.0, 0.4}, {1.0, 2.0, 1.0}, {3.0, 4.0, 2.0}}};
  const PoolSolution pool = solve(setting);
  const double ends[3]{plain_engaged - plain_cart_rate, plain_cart_rate - plain_checkouts,
                       plain_checkouts - plain_order_rate};
  const double shown = 0.5 * ends[0] + ends[1] + 3.0 * ends[2];
  const double clicked = 0.5 * ends[0] + 2.0 * ends[1] + 12.0 * ends[2];
  REQUIRE(pool.click_rate == Approx(0.02 * shown / clicked).epsilon(1e-5));
  REQUIRE(pool.second.retargeting_clicks_per_day[0] ==
          Approx(impressions * 0.02 * shown / leave).epsilon(1e-5));
  const double open = open_share(0.0002 * leave, 14.0);
  REQUIRE(pool.second.retargeted_orders_per_day[0] ==
          Approx(open * impressions * 0.02 * shown / leave * times_odds(plain_order_rate, 2.0))
              .epsilon(4e-3));
  // Those who click come from deeper pools, whose odds are better: others must have worse ones.
  REQUIRE(pool.retargeted_log_odds < solve(organic_pool()).retargeted_log_odds - 0.1);
}

TEST_CASE("a budget spreads over the windows that are open", "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  const double windows = shoppers * open_share(0.0002 * leave, 14.0);
  setting.retargeting.affordable_per_day = 0.2 * windows;
  REQUIRE(solve(setting).second.retargeting_clicks_per_day[0] == Approx(0.2 * 0.02).epsilon(2e-3));
  setting.retargeting.affordable_per_day = 0.9 * windows;  // more than people are shown anyway
  REQUIRE(solve(setting).second.retargeting_clicks_per_day[0] ==
          Approx(impressions * 0.02).epsilon(1e-12));
}

TEST_CASE("a cap closes windows early", "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  const double whole = solve(setting).second.retargeted_orders_per_day[0];
  setting.retargeting.cap_per_window = 2.0;  // reached after four days of half an impression
  const double capped = solve(setting).second.retargeted_orders_per_day[0];
  REQUIRE(capped / whole ==
          Approx(open_share(0.0002 * leave, 4.0) / open_share(0.0002 * leave, 14.0)).epsilon(2e-3));
}

TEST_CASE("the pool's click rate is that of its mean member", "[scenario][pool]") {
  // Organic visitors have any affinity: E[a^2] = 1 + 1 / shape for a gamma of mean 1.
  const InverseTable table = gamma_table(2.0);
  TraitNodes traits = alike_traits();
  traits.affinity = trait_nodes(TraitQuantile{table}, Resolution::fine);
  BaseRateSetting setting = organic_pool();
  setting.retargeting.affinity_exponent = 2.0;
  REQUIRE(solve(setting, traits).click_rate == Approx(0.02 / 1.5).epsilon(1e-5));
}

TEST_CASE("a return probability is given, or solved up to its limit", "[scenario][pool]") {
  BaseRateSetting setting = organic_pool();
  setting.retargeting.return_probability = 0.3;
  const PoolSolution given = solve(setting);
  REQUIRE(given.second.return_probability == 0.3);
  REQUIRE(given.incremental_reached);
  setting.retargeting.return_given = false;
  setting.retargeting.incremental_share = given.incremental_share;
  setting.retargeting.return_limit = 0.9;
  REQUIRE(solve(setting).second.return_probability == Approx(0.3).epsilon(1e-4));
  setting.retargeting.return_limit = 0.2;
  const PoolSolution limited = solve(setting);
  REQUIRE(limited.second.return_probability == 0.2);
  REQUIRE_FALSE(limited.incremental_reached);
  REQUIRE(limited.incremental_share > given.incremental_share);
}

}  // namespace flywheel::test
