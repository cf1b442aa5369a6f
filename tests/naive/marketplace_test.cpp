#include "naive/marketplace.hpp"

#include <cmath>
#include <numeric>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "naive/world.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

NaiveShopper somebody(std::uint64_t number = 0) {
  return NaiveShopper{Stream{{}, Purpose::trait, number}};
}

/// Nobody buys and nobody sells, but everything may.
Scenario quiet_marketplace() {
  Scenario scenario = quiet_scenario({});
  scenario.momentum.marketplace = {.enabled = true, .sellers = 8.0};
  return scenario;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("naive marketplace: volume is what came before, at least 1 a rotation", "[naive]") {
  NaiveTally tally{quiet_scenario({.flight_days = 28})};
  tally.orders_by_rotation = {0.0, 4.0, 0.0, 9.0};
  tally.visits_by_rotation = {10.0, 20.0, 0.0, 9.0};
  const NaiveVolume two = volume_until(tally, 2);
  CHECK(two.all_orders == 4.0);
  CHECK(two.first_orders == 1.0);
  CHECK(two.last_orders == 4.0);
  CHECK(two.first_visits == 10.0);
  CHECK(two.last_visits == 20.0);
  CHECK(volume_until(tally, 3).all_orders == 4.0);
  CHECK(volume_until(tally, 3).last_orders == 1.0);
  CHECK(volume_until(tally, 3).last_visits == 1.0);
}

TEST_CASE("naive marketplace: volume makes goods cheaper and a part of it prices", "[naive]") {
  Scenario scenario = quiet_marketplace();
  MarketplaceTraits& traits = scenario.momentum.marketplace;
  traits.doubling_exponent = std::log2(0.8);
  traits.prior_orders = 100.0;
  traits.pass_on = 0.5;
  traits.follow = 0.5;
  traits.price_elasticity = 2.0;
  traits.traffic_elasticity = 3.0;
  scenario.market.rival_price.assign(14, 1.44);
  scenario.market.rival_price[7] = 1.21;
  const NaiveMarketplace first = open_marketplace(scenario);
  CHECK(first.unit_cost == 1.0);
  CHECK(first.price == Approx(1.2));
  CHECK(first.rival_price == 1.44);
  CHECK(marketplace_lift(traits, first) == Approx(2.0 * std::log(1.2)));
  CHECK(marketplace_visits(traits, first) == Approx(std::pow(1.2, 3.0)));

  NaiveMarketplace second = turn_marketplace(first, scenario, {.all_orders = 100.0}, 7);
  CHECK(second.unit_cost == Approx(0.8));  // one doubling
  CHECK(second.price == Approx(0.9 * 1.1));
  CHECK(second.rival_price == 1.21);
  traits.price_floor = 1.25;
  second = turn_marketplace(first, scenario, {.all_orders = 300.0}, 7);
  CHECK(second.unit_cost == Approx(0.64));
  CHECK(second.price == Approx(0.82 * 1.1));  // above the floor of 0.8
  traits.price_floor = 1.5;
  CHECK(turn_marketplace(first, scenario, {.all_orders = 300.0}, 7).price == Approx(0.96));
}

TEST_CASE("naive marketplace: visits bring sellers", "[naive]") {
  Scenario scenario = quiet_marketplace();
  MarketplaceTraits& traits = scenario.momentum.marketplace;
  traits.entry = 0.25;
  traits.attraction = 0.5;
  const NaiveMarketplace first = open_marketplace(scenario);
  CHECK(first.sellers == 8.0);
  const NaiveVolume more{.first_visits = 100.0, .last_visits = 400.0};
  const NaiveMarketplace second = turn_marketplace(first, scenario, more, 7);
  CHECK(second.sellers == Approx(10.0));  // on their way to 16
  CHECK(turn_marketplace(second, scenario, {}, 7).sellers == Approx(9.5));
}

TEST_CASE("naive marketplace: sellers widen the selection, good and poor", "[naive]") {
  Scenario scenario = quiet_marketplace();
  MarketplaceTraits& traits = scenario.momentum.marketplace;
  traits.entry = 1.0;
  traits.attraction = 1.0;
  traits.breadth = 0.5;
  traits.poor_share = 0.2;
  traits.pruning = 0.5;
  traits.selection_effect = 3.0;
  traits.selection_traffic = 2.0;
  traits.clutter_effect = 4.0;
  const NaiveMarketplace first = open_marketplace(scenario);
  CHECK(marketplace_lift(traits, first) == 0.0);
  CHECK(marketplace_visits(traits, first) == 1.0);

  const NaiveVolume four{.first_visits = 1.0, .last_visits = 4.0};
  const NaiveMarketplace wide = turn_marketplace(first, scenario, four, 7);
  CHECK(wide.good == Approx(1.6));  // twice as much
  CHECK(wide.poor == Approx(0.2));  // twice, and half taken out
  const double clutter = 0.2 / 1.8 - 0.2;
  CHECK(marketplace_lift(traits, wide) == Approx(3.0 * std::log(2.0) - 4.0 * clutter));
  CHECK(marketplace_visits(traits, wide) == Approx(4.0));

  const NaiveMarketplace narrow = turn_marketplace(wide, scenario, {}, 7);
  CHECK(narrow.good == Approx(0.8));
  CHECK(narrow.poor == Approx(0.05));  // halved with the good, and half taken out
  const NaiveMarketplace again = turn_marketplace(narrow, scenario, four, 7);
  CHECK(again.good == Approx(1.6));
  CHECK(again.poor == Approx(0.125));  // what was taken out did not come back
}

TEST_CASE("naive marketplace: orders make deliveries faster, within limits", "[naive]") {
  Scenario scenario = quiet_marketplace();
  MarketplaceTraits& traits = scenario.momentum.marketplace;
  traits.delivery_scale = 0.5;
  traits.fastest = 0.4;
  traits.delivery_effect = 3.0;
  const NaiveMarketplace first = open_marketplace(scenario);
  const auto speed_at = [&](double orders) {
    return turn_marketplace(first, scenario, {.first_orders = 10.0, .last_orders = orders}, 7);
  };
  CHECK(speed_at(40.0).delivery == Approx(0.5));
  CHECK(marketplace_lift(traits, speed_at(40.0)) == Approx(3.0 * std::log(2.0)));
  CHECK(speed_at(400.0).delivery == 0.4);
  CHECK(speed_at(2.5).delivery == Approx(2.0));
  CHECK(speed_at(0.1).delivery == 2.5);
}

TEST_CASE("naive marketplace: stock comes some rotations after it was ordered", "[naive]") {
  Scenario scenario = quiet_marketplace();
  MarketplaceTraits& traits = scenario.momentum.marketplace;
  traits.first_stock = 30.0;
  traits.lead_rotations = 2;
  traits.cover_rotations = 4.0;
  NaiveMarketplace now = open_marketplace(scenario);
  CHECK(now.availability == 1.0);
  double all = 0.0;
  const auto sell = [&](double orders) {
    all += orders;
    now = turn_marketplace(now, scenario, {.all_orders = all, .last_orders = orders}, 7);
  };
  sell(20.0);  // 10 left, 70 ordered
  CHECK(now.stock == 10.0);
  CHECK(now.availability == 0.5);
  sell(15.0);  // five too many, 70 on their way, 15 ordered: 20 are wanted
  CHECK(now.stock == -5.0);
  CHECK(now.availability == 0.0);
  sell(20.0);  // 70 come, 20 ordered
  CHECK(now.stock == 45.0);
  CHECK(now.availability == 1.0);
  sell(10.0);  // 15 come, enough
  CHECK(now.stock == 50.0);
  sell(1.0);
  CHECK(now.stock == 69.0);

  traits.lead_rotations = 0;
  now = open_marketplace(scenario);
  all = 0.0;
  sell(20.0);
  CHECK(now.stock == 80.0);
  traits.first_stock = 0.0;
  now = open_marketplace(scenario);
  sell(20.0);
  CHECK(now.availability == 1.0);
}

TEST_CASE("naive marketplace: an order keeps the terms it was made on", "[naive]") {
  Scenario scenario = quiet_scenario({.flight_days = 10, .cohort_days = 60});
  scenario.order.mean_value = 100.0;
  scenario.order.margin = 0.4;
  scenario.order.shipping_share = 0.1;
  scenario.order.resale_share = 0.5;
  scenario.order.return_good = 1.0;
  scenario.order.return_bad = 1.0;
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
  world.loops.rotations[0].marketplace.price = 1.2;
  world.loops.rotations[0].marketplace.unit_cost = 0.5;
  NaiveShopper shopper = somebody();
  place_first_order(world, shopper, {.time = 1.0, .discount = 0.25});
  const NaiveSums& all = world.tally.all;
  CHECK(world.tally.order_value == Approx(120.0));
  CHECK(sum_of(all, NaiveAccount::revenue) == Approx(90.0));
  CHECK(sum_of(all, NaiveAccount::shipping) == Approx(12.0));
  CHECK(sum_of(all, NaiveAccount::goods) == Approx(30.0));
  CHECK(sum_of(all, NaiveAccount::refund) == Approx(90.0));
  CHECK(sum_of(all, NaiveAccount::resale) == Approx(15.0));
}

TEST_CASE("naive marketplace: speed shortens deliveries and spoils fewer", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.flight_days = 10, .cohort_days = 300});
  scenario.order.delivery_days = 8.0;
  scenario.order.bad_delivery = 0.6;
  for (const double speed : {0.5, 2.0}) {
    scenario.momentum.marketplace = {.enabled = true};
    NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
    std::vector<double> days;
    for (std::uint64_t number = 0; number < 2000; ++number) {
      NaiveShopper shopper = somebody(number);
      shopper.orders = 1;
      world.loops.rotations[0].marketplace.delivery = 1.5 * speed;
      fulfill(world, shopper, {.time = 1.0}, 50.0);
      const NaiveEvent delivery = shopper.agenda.top();
      days.push_back(delivery.time - 1.0);
      world.loops.rotations[0].marketplace.delivery = speed;  // until it comes
      deliver(world, shopper, delivery);
    }
    CHECK(plausible_mean(days, 12.0 * speed));
    CHECK(plausible_count(static_cast<std::uint64_t>(world.tally.bad_experiences), 2000,
                          std::min(1.0, 0.6 * speed)));
  }
}

TEST_CASE("naive marketplace: who finds nothing in stock leaves at the checkout",
          "[naive][statistical]") {
  for (const bool uses_propensity : {false, true}) {
    Scenario scenario = quiet_scenario({});
    let_all_visits_order(scenario);
    scenario.funnel.uses_propensity = uses_propensity;
    scenario.funnel.mean_propensity = 1.0;
    NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
    world.snapshot.put_off = {0.0};
    world.loops.rotations[0].marketplace.availability = 0.3;
    const auto visit_from = [&](UnpaidSource source) {
      world.tally = NaiveTally{scenario};
      for (std::uint64_t number = 0; number < 2000; ++number) {
        NaiveShopper shopper = somebody(number);
        play_visit(world, shopper, {.time = 1.0, .source = scenario.source(source)});
      }
      return static_cast<std::uint64_t>(world.tally.visits_by_end[5]);
    };
    CHECK(plausible_count(visit_from(UnpaidSource::organic), 2000, 0.3));
    CHECK(world.tally.visits_by_end[4] + world.tally.visits_by_end[5] == 2000.0);
    CHECK(sum({world.tally.reasons.begin(), world.tally.reasons.end()}) ==
          world.tally.visits_by_end[4]);
    CHECK(visit_from(UnpaidSource::message) == 2000);
  }
}

TEST_CASE("naive marketplace: a wheel that turns keeps its books", "[naive]") {
  const NaiveFuture future = play_naive(trading_scenario(), 41);
  const NaiveTally& tally = future.tally;
  const auto& rotations = future.loops.rotations;
  CHECK(sum(tally.orders_by_rotation) == tally.orders);
  CHECK(sum(tally.visits_by_rotation) == sum(tally.visits_by_source));
  CHECK(sum(tally.ad_visits_by_rotation) ==
        sum(tally.visits_by_source) -
            sum({tally.visits_by_source.begin() + 3, tally.visits_by_source.end()}));
  double least = 1.0;
  for (const NaiveConditions& rotation : rotations) {
    least = std::min(least, rotation.marketplace.availability);
  }
  CHECK(least < 1.0);
  CHECK(rotations[5].marketplace.availability > 0.0);
  CHECK(rotations.back().marketplace.unit_cost < 0.9);
  CHECK(rotations[3].marketplace.sellers != 50.0);
  CHECK(rotations[3].marketplace.delivery != 1.0);
}

}  // namespace flywheel::test
