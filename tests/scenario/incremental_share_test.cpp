#include "scenario/incremental_share.hpp"

#include <cmath>

#include "scenario/plain_world.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// Clicks of the channel and organic visits a head, over the flight.
constexpr double clicks = 0.0001 * plain_flight;
constexpr double visits = 0.0002 * plain_flight;

IntentWorld settled(const BaseRateSetting& setting, double loading = 0.0) {
  IntentWorld world{setting, one_segment(), alike_traits()};
  world.place_visits(loading);
  for (int round = 0; round < 100 && world.sweep() > 1e-10; ++round) {
  }
  return world;
}

}  // namespace

TEST_CASE("where nobody comes without ads every credited order is made by them",
          "[scenario][incremental_share]") {
  BaseRateSetting setting = plain_setting();
  setting.unpaid.organic_visits_per_day = 0.0;
  REQUIRE(incremental_share(settled(setting)) == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("without ads nothing is credited, and nothing taken off",
          "[scenario][incremental_share]") {
  BaseRateSetting setting = plain_setting();
  setting.channels.clear();
  REQUIRE(incremental_share(settled(setting)) == 1.0);
}

TEST_CASE("an order that passes a brand ad is credited and not made",
          "[scenario][incremental_share]") {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  setting.brand_share = 0.6;
  const IntentWorld world = settled(setting);
  // Orders of 0.005 clicks a head against 0.6 of those of 0.01 organic visits. To within a
  // thousandth: nearly nobody has two touches, orders twice, or comes by himself until the horizon.
  const double made = clicks * world.paid()[0].orders[0];
  const double by_brand = 0.6 * visits * plain_order_rate;
  REQUIRE(incremental_share(world) == Approx(made / (made + by_brand)).epsilon(2e-3));
}

TEST_CASE("touches by chance are clicks and views within their windows",
          "[scenario][incremental_share]") {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  setting.window.credit.view_days = 2;
  const IntentWorld world = settled(setting);
  // An organic order finds a click of 7 days or one of 50 impressions for each click in 2 days.
  const double touched = 1.0 - std::exp(-(clicks * 7.0 + 50.0 * clicks * 2.0) / plain_flight);
  const double made = clicks * world.paid()[0].orders[0];
  const double by_chance = visits * plain_order_rate * touched;
  REQUIRE(incremental_share(world) == Approx(made / (made + by_chance)).epsilon(1e-3));
}

TEST_CASE("those who would have come by the horizon anyway are taken off",
          "[scenario][incremental_share]") {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  setting.horizon_days = 200'000.0;
  const IntentWorld world = settled(setting);
  const double anyway = 0.0002 * plain_order_rate * (200'000.0 - 0.5 * plain_flight);
  const double touched = 1.0 - std::exp(-clicks * 7.0 / plain_flight);
  const double made = clicks * world.paid()[0].orders[0];
  const double credited = made + visits * plain_order_rate * touched;
  REQUIRE(incremental_share(world) == Approx(made * std::exp(-anyway) / credited).epsilon(1e-3));
}

TEST_CASE("the more ads reach who comes anyway, the smaller the share",
          "[scenario][incremental_share]") {
  BaseRateSetting setting = plain_setting();
  setting.unpaid.organic_visits_per_day = 0.01;
  const double none = incremental_share(settled(setting));
  const double some = incremental_share(settled(setting, 1.0));
  const double much = incremental_share(settled(setting, 2.0));
  REQUIRE(some < none - 0.01);
  REQUIRE(much < some - 0.01);
}

}  // namespace flywheel::test
