#include "scenario/intent_world.hpp"

#include <cmath>
#include <numeric>

#include "scenario/plain_world.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// The mean over shoppers of the values by type.
double mean(const IntentWorld& world, const ByType& values) {
  const ByType& shares = world.types().shares();
  return std::inner_product(shares.begin(), shares.end(), values.begin(), 0.0);
}

/// The mean over a source's visits that come before the first order.
double mean_of_visits(const IntentWorld& world, const SourceView& source, const ByType& values) {
  ByType visits(values.size());
  ByType weighted(values.size());
  for (std::size_t type = 0; type < values.size(); ++type) {
    visits[type] = source.all_visits(type);
    weighted[type] = visits[type] * values[type];
  }
  return mean(world, weighted) / mean(world, visits);
}

void settle(IntentWorld& world) {
  for (int round = 0; round < 100 && world.sweep() > 1e-10; ++round) {
  }
}

}  // namespace

TEST_CASE("without loading intent moves neither visits nor orders", "[scenario][intent_world]") {
  const BaseRateSetting setting = plain_setting();
  IntentWorld world{setting, one_segment(), alike_traits()};
  REQUIRE(world.types().size() > 20);
  world.place_visits(0.0);
  settle(world);
  for (std::size_t type = 0; type < world.types().size(); ++type) {
    REQUIRE(world.organic().visits[type] == Approx(0.0002 * plain_flight).epsilon(1e-12));
    REQUIRE(world.paid()[0].visits[type] == Approx(0.0001 * plain_flight).epsilon(1e-6));
    REQUIRE(world.organic().orders[type] == Approx(plain_order_rate).epsilon(1e-9));
    REQUIRE(world.decays()[type] == 1.0);
  }
}

TEST_CASE("a loading moves visits to the keen and leaves their number",
          "[scenario][intent_world]") {
  const BaseRateSetting setting = plain_setting();
  IntentWorld world{setting, one_segment(), alike_traits()};
  constexpr double loading = 1.5;
  world.place_visits(loading);
  // E[exp(t z - t^2 / 2)] = 1 for a standard normal z.
  REQUIRE(mean(world, world.organic().visits) == Approx(0.0002 * plain_flight).epsilon(1e-6));
  REQUIRE(mean(world, world.paid()[0].visits) == Approx(0.0001 * plain_flight).epsilon(1e-6));
  const ByType& intents = world.types().intents();
  const double apart = intents[9] - intents[4];
  // Seeing and clicking ads both go with intent; the chance to click is far below its cap.
  REQUIRE(world.organic().visits[9] / world.organic().visits[4] ==
          Approx(std::exp(0.8 * loading * apart)).epsilon(1e-9));
  REQUIRE(world.paid()[0].visits[9] / world.paid()[0].visits[4] ==
          Approx(std::exp((0.3 + 0.2) * loading * apart)).epsilon(1e-9));
  REQUIRE(world.decays()[4] / world.decays()[9] ==
          Approx(std::exp(0.5 * loading * apart)).epsilon(1e-9));
}

TEST_CASE("rates are means over those who visit, however intent is spread",
          "[scenario][intent_world]") {
  const BaseRateSetting setting = plain_setting();
  IntentWorld world{setting, one_segment(), alike_traits()};
  world.place_visits(1.5);
  settle(world);
  REQUIRE(world.rates_reached());
  REQUIRE(mean_of_visits(world, world.organic(), world.organic().orders) ==
          Approx(plain_order_rate).epsilon(1e-6));
  ByType engaged = world.organic().orders;
  for (std::size_t type = 0; type < engaged.size(); ++type) {
    engaged[type] += world.organic().leaves[type];
  }
  REQUIRE(mean_of_visits(world, world.organic(), engaged) == Approx(plain_engaged).epsilon(1e-6));
}

TEST_CASE("visits end with the first order", "[scenario][intent_world]") {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  setting.channels.clear();
  setting.unpaid.organic_visits_per_day = 0.5;
  IntentWorld world{setting, one_segment(), alike_traits()};
  REQUIRE(world.types().size() == 1);
  world.place_visits(0.0);
  settle(world);
  // 25 visits of which 0.024 order: the first order leaves (1 - e^-h) / h of them, h = 0.6.
  REQUIRE(world.organic().left[0] == Approx((1.0 - std::exp(-0.6)) / 0.6).epsilon(1e-9));
  REQUIRE(world.organic().all_visits(0) == Approx(25.0 * world.organic().left[0]));
  REQUIRE(world.returned().visits[0] ==
          Approx(world.organic().all_visits(0) * (plain_engaged - plain_order_rate)).epsilon(1e-9));
}

TEST_CASE("organic orders have with them the returns that follow", "[scenario][intent_world]") {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  IntentWorld world{setting, one_segment(), alike_traits()};
  world.place_visits(0.0);
  const ByType nothing{0.0};
  world.give({0.4, nothing, nothing, nothing});
  settle(world);
  const double returned = 1.5 * plain_order_rate;  // return_ratio
  REQUIRE(world.returned().orders[0] == Approx(returned).epsilon(1e-9));
  const double again = world.returned().leaves[0];
  // A leaver returns with chance 0.4 and orders, or leaves engaged and may return again.
  const double eventually = 0.4 * returned / (1.0 - 0.4 * again);
  REQUIRE(world.organic_orders_per_day()[0] ==
          Approx(0.0002 * (plain_order_rate + (plain_engaged - plain_order_rate) * eventually))
              .epsilon(1e-9));
}

TEST_CASE("the company of a click is what else happens in a day", "[scenario][intent_world]") {
  BaseRateSetting setting = plain_setting();
  setting.has_intent = false;
  setting.channels[0].clicks.view_rate = 0.005;  // a view for every four clicks
  IntentWorld world{setting, one_segment(), alike_traits()};
  world.place_visits(0.0);
  world.give({0.0, {0.03}, {0.0007}, {0.002}});
  settle(world);
  const SourceView& paid = world.paid()[0];
  REQUIRE(paid.views == Approx(0.25).epsilon(1e-9));
  const Company company = world.company(0, 3.0);
  REQUIRE(company.clicks == Approx(3.0 * 0.0001 + 0.03).epsilon(1e-9));
  REQUIRE(company.unclicked_orders ==
          Approx(3.0 * 0.25 * 0.0001 * paid.orders[0] + 0.0002 * plain_order_rate).epsilon(1e-9));
  REQUIRE(company.orders ==
          Approx(3.0 * 0.0001 * paid.orders[0] + company.unclicked_orders + 0.0007).epsilon(1e-9));
  REQUIRE(company.leavers == Approx(3.0 * 1.25 * 0.0001 * paid.leaves[0] +
                                    0.0002 * (plain_engaged - plain_order_rate) + 0.002)
                                 .epsilon(1e-9));
}

TEST_CASE("clicks that are bought come from those who have not ordered yet",
          "[scenario][intent_world]") {
  BaseRateSetting setting = plain_setting();
  const double bought = 0.02 * plain_flight * setting.shoppers;
  setting.channels[0].expected_clicks = bought;
  setting.channels[0].expected_impressions = bought / setting.channels[0].clicks.click_rate;
  const auto clicks_of = [&](const IntentWorld& world) {
    const SourceView& paid = world.paid()[0];
    ByType clicks = paid.visits;
    for (std::size_t type = 0; type < clicks.size(); ++type) clicks[type] *= paid.left[type];
    return mean(world, clicks) * setting.shoppers;
  };
  const auto settled = [&] {
    IntentWorld world{setting, one_segment(), alike_traits()};
    world.place_visits(1.5);
    settle(world);
    return world;
  };
  REQUIRE(clicks_of(settled()) < 0.95 * bought);
  setting.channels[0].pays_per_click = true;
  const IntentWorld world = settled();
  REQUIRE(clicks_of(world) == Approx(bought).epsilon(1e-6));
  // By the channel's own rate, that of what is left of its impressions.
  const double planned = bought / world.click_rate_of_flight(0);
  REQUIRE(mean(world, world.paid()[0].visits) * setting.shoppers ==
          Approx(planned * world.clicks()[0].expected_rate).epsilon(1e-6));
}

TEST_CASE("who waits for an order to be placed still clicks, and that is paid for",
          "[scenario][intent_world]") {
  // So keen that everybody has decided almost at once: then a channel's clicks are those of the
  // days of waiting, and a tenth of the flight is a tenth of its clicks.
  BaseRateSetting setting = plain_setting();
  setting.channels[0].expected_clicks = 20'000.0 * setting.shoppers;
  setting.channels[0].expected_impressions = 1e6 * setting.shoppers;
  setting.channels[0].clicks.click_rate = 0.02;
  const auto clicked_waiting = [&](double delay_days) {
    setting.order_delay = {.immediate_share = 0.25, .later_days = delay_days};
    IntentWorld world{setting, one_segment(), alike_traits()};
    world.place_visits(0.0);
    settle(world);
    REQUIRE(world.paid()[0].left[0] < 0.01);
    return world.paid()[0].clicked[0] - world.paid()[0].left[0];
  };
  REQUIRE(clicked_waiting(0.0) == 0.0);
  REQUIRE(clicked_waiting(0.1 * plain_flight) == Approx(0.75 * 0.1).epsilon(0.01));
}

TEST_CASE("under first click nobody's brand ad takes the credit", "[scenario][intent_world]") {
  BaseRateSetting setting = plain_setting();
  setting.brand_share = 0.3;
  IntentWorld last{setting, one_segment(), alike_traits()};
  REQUIRE(last.credit_terms().brand_share == 0.3);
  REQUIRE(last.credit_terms().window_days == 7.0);
  setting.window.credit.first_click = true;
  const IntentWorld first{setting, one_segment(), alike_traits()};
  REQUIRE(first.credit_terms().brand_share == 0.0);
}

TEST_CASE("a propensity is capped at one, and who does not order leaves",
          "[scenario][intent_world]") {
  const ShopperTypes types{{{1.0, std::log(2.0)}}, no_intent_node(), {{0.5, 4.0}, {0.5, 0.5}}};
  const ByType orders = propensity_orders(types, 0.1, 1.5);
  REQUIRE(orders[0] == Approx(0.1 * 0.5 * 2.0 * 1.5));
  REQUIRE(orders[1] == 1.0);  // 0.1 * 4 * 2 * 1.5 = 1.2
  REQUIRE(engaged_leaves({0.6, 0.6}, orders)[0] == Approx(0.6 - 0.15));
  REQUIRE(engaged_leaves({0.6, 0.6}, orders)[1] == 0.0);
}

}  // namespace flywheel::test
