#include "momentum/marketplace.hpp"

#include <cmath>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

Observed sold(double orders, double visits) {
  Observed observed;
  observed.orders = orders;
  observed.visits = visits;
  return observed;
}

}  // namespace

TEST_CASE("unit cost has Wright's slope", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.doubling_exponent = std::log2(0.8), .prior_orders = 1'000.0};
  REQUIRE(unit_cost_after(traits, 0.0) == 1.0);
  REQUIRE(unit_cost_after(traits, 1'000.0) == Approx(0.8));
  REQUIRE(unit_cost_after(traits, 3'000.0) == Approx(0.64));
  REQUIRE(unit_cost_after(traits, 7'000.0) == Approx(0.512));
}

TEST_CASE("savings are passed on, rivals followed, and no price goes below the floor",
          "[momentum][marketplace]") {
  MarketplaceTraits traits{.enabled = true,
                           .doubling_exponent = std::log2(0.8),
                           .prior_orders = 1'000.0,
                           .pass_on = 0.5,
                           .follow = 0.5,
                           .price_elasticity = 2.0,
                           .traffic_elasticity = 0.5,
                           .sellers = 10.0};
  Marketplace market = first_marketplace(traits, 1.21);
  REQUIRE(market.price == Approx(1.1));
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(-2.0 * std::log(1.1 / 1.21)));
  REQUIRE(effect_of(traits, market).organic_factor == Approx(std::pow(1.1 / 1.21, -0.5)));
  Observed observed = sold(1'000.0, 10.0);
  observed.rival_price = 1.0;
  market = turn_marketplace(traits, market, observed);
  REQUIRE(market.unit_cost == Approx(0.8));
  REQUIRE(market.price == Approx(0.9));
  traits.price_floor = 1.2;  // dear goods: .96 at a unit cost of .8
  market = turn_marketplace(traits, first_marketplace(traits, 1.0), observed);
  REQUIRE(market.price == Approx(0.96));
}

TEST_CASE("sellers follow visits, selection follows sellers, pruning clears it",
          "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .sellers = 100.0,
                                 .entry = 0.5,
                                 .attraction = 1.0,
                                 .breadth = 0.5,
                                 .poor_share = 0.4,
                                 .pruning = 0.25,
                                 .selection_effect = 0.2,
                                 .selection_traffic = 0.1,
                                 .clutter_effect = 0.3};
  Marketplace market = first_marketplace(traits, 1.0);
  REQUIRE(selection_of(traits, market) == Approx(1.0));
  market = turn_marketplace(traits, market, sold(10.0, 100.0));
  REQUIRE(market.sellers == Approx(100.0));
  REQUIRE(market.poor == Approx(0.3));
  market = turn_marketplace(traits, market, sold(20.0, 300.0));  // twice the visits
  REQUIRE(market.sellers == Approx(150.0));
  const double more = std::sqrt(1.5) - 1.0;
  REQUIRE(market.good == Approx(1.0 + more));
  REQUIRE(market.poor == Approx(0.75 * (0.3 + 0.4 * more)));
  const double clutter = market.poor / (0.6 * market.good + market.poor);
  const MarketplaceEffect effect = effect_of(traits, market);
  REQUIRE(effect.conversion_effect == Approx(0.2 * std::log(market.good) - 0.3 * (clutter - 0.4)));
  REQUIRE(effect.organic_factor == Approx(std::pow(market.good, 0.1)));
  const Marketplace before = market;
  market = turn_marketplace(traits, market, sold(30.0, 310.0));  // a tenth of the visits
  REQUIRE(market.sellers == Approx(80.0));
  REQUIRE(market.good == Approx(before.good * std::sqrt(80.0 / 150.0)));
}

TEST_CASE("delivery follows scale within its bounds", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .sellers = 1.0,
                                 .delivery_scale = 0.5,
                                 .fastest = 0.6,
                                 .delivery_effect = 0.1};
  Marketplace market = turn_marketplace(traits, first_marketplace(traits, 1.0), sold(100.0, 1.0));
  REQUIRE(market.delivery == Approx(1.0));
  market = turn_marketplace(traits, market, sold(300.0, 2.0));
  REQUIRE(market.delivery == Approx(std::pow(2.0, -0.5)));
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(0.1 * 0.5 * std::log(2.0)));
  market = turn_marketplace(traits, market, sold(1'300.0, 3.0));
  REQUIRE(market.delivery == Approx(0.6));
  market = turn_marketplace(traits, market, sold(1'310.0, 4.0));
  REQUIRE(market.delivery == Approx(1.0 / 0.6));
}

TEST_CASE("stock runs out and is filled up after its lead", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .sellers = 1.0,
                                 .first_stock = 150.0,
                                 .lead_rotations = 2,
                                 .cover_rotations = 3.0};
  Marketplace market = first_marketplace(traits, 1.0);
  REQUIRE(market.availability == 1.0);
  market = turn_marketplace(traits, market, sold(100.0, 1.0));  // 50 left, 250 ordered
  REQUIRE(market.stock == Approx(50.0));
  REQUIRE(market.availability == Approx(0.5));
  market =
      turn_marketplace(traits, market, sold(160.0, 1.0));  // ten more than there was; 60 ordered
  REQUIRE(market.stock == Approx(-10.0));
  REQUIRE(market.availability == 0.0);
  market = turn_marketplace(traits, market, sold(161.0, 1.0));  // what was ordered first comes in
  REQUIRE(market.stock == Approx(239.0));
  REQUIRE(market.availability == 1.0);
  // Goods for three rotations of a hundred, as many as were wanted when there was something to
  // sell.
  REQUIRE(market.on_the_way == std::vector<double>{60.0, 1.0});
}

TEST_CASE("goods are neither made nor lost", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .sellers = 1.0,
                                 .first_stock = 40.0,
                                 .lead_rotations = 3,
                                 .cover_rotations = 2.0};
  Marketplace market = first_marketplace(traits, 1.0);
  double orders = 0.0;
  double came_in = 0.0;
  for (const double more : {60.0, 5.0, 0.0, 80.0, 0.0, 110.0, 90.0, 3.0}) {
    const double next = market.on_the_way.empty() ? 0.0 : market.on_the_way.front();
    orders += more;
    market = turn_marketplace(traits, market, sold(orders, 1.0));
    came_in += next;
    REQUIRE(market.stock == Approx(40.0 + came_in - orders));
  }
}

}  // namespace flywheel::test
