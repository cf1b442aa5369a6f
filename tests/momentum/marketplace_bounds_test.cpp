// Where the marketplace wheel (docs/model.md 9) has bounds, memory and signs.
#include <cmath>
#include <vector>

#include "momentum/marketplace.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// All orders and visits of the run so far.
Observed sold(double orders, double visits) {
  Observed observed;
  observed.orders = orders;
  observed.visits = visits;
  return observed;
}

/// The marketplace after rotations by whose ends so many were ordered in all.
Marketplace after_orders(const MarketplaceTraits& traits, const std::vector<double>& orders) {
  Marketplace market = first_marketplace(traits, 1.0);
  for (const double so_far : orders) market = turn_marketplace(traits, market, sold(so_far, 1.0));
  return market;
}

/// A shop that keeps goods, which come a rotation after they were ordered.
MarketplaceTraits stocked(double stock, double cover) {
  return {.enabled = true,
          .sellers = 1.0,
          .first_stock = stock,
          .lead_rotations = 1,
          .cover_rotations = cover};
}

}  // namespace

TEST_CASE("the first day is the measure of all that follows", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .price_floor = 1.2,
                                 .sellers = 30.0,
                                 .poor_share = 0.4,
                                 .selection_effect = 0.2,
                                 .selection_traffic = 0.1,
                                 .clutter_effect = 0.3,
                                 .delivery_effect = 0.1,
                                 .first_stock = 70.0};
  const Marketplace first = first_marketplace(traits, 0.9);
  REQUIRE(first.sellers == 30.0);
  REQUIRE(first.stock == 70.0);
  REQUIRE(first.rival_price == 0.9);
  REQUIRE(first.price == 1.2);  // its floor
  REQUIRE(selection_of(traits, first) == Approx(1.0));
  REQUIRE(effect_of(traits, first).conversion_effect == Approx(0.0).margin(1e-15));
  REQUIRE(effect_of(traits, first).organic_factor == Approx(1.0));
}

TEST_CASE("each of the wheel's effects has its sign and its measure", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.price_elasticity = 2.0,
                                 .traffic_elasticity = 0.5,
                                 .poor_share = 0.4,
                                 .selection_effect = 0.2,
                                 .selection_traffic = 0.1,
                                 .clutter_effect = 0.3,
                                 .delivery_effect = 0.05};
  Marketplace market;
  market.poor = 0.4;
  market.price = 0.88;
  market.rival_price = 1.1;  // a fifth cheaper
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(-2.0 * std::log(0.8)));
  REQUIRE(effect_of(traits, market).organic_factor == Approx(1.0 / std::sqrt(0.8)));
  // Of 1.5 on offer .6 sells poorly, the same share as on day 0.
  market = {.good = 1.5, .poor = 0.6, .on_the_way = {}};
  REQUIRE(selection_of(traits, market) == Approx(1.5));
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(0.2 * std::log(1.5)));
  REQUIRE(effect_of(traits, market).organic_factor == Approx(std::pow(1.5, 0.1)));
  market = {.poor = 0.2, .on_the_way = {}};  // .2 of .8 on offer, where it was .4
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(0.3 * 0.15));
  market = {.poor = 0.6, .on_the_way = {}};  // .6 of 1.2
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(-0.3 * 0.1));
  market = {.poor = 0.4, .delivery = 0.5, .on_the_way = {}};
  REQUIRE(effect_of(traits, market).conversion_effect == Approx(0.05 * std::log(2.0)));
  REQUIRE(effect_of(traits, market).organic_factor == Approx(1.0));
}

TEST_CASE("a rotation without orders or visits counts as one of each", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .sellers = 10.0,
                                 .entry = 1.0,
                                 .attraction = 1.0,
                                 .breadth = 1.0,
                                 .delivery_scale = 0.5,
                                 .fastest = 0.1};
  Marketplace market = turn_marketplace(traits, first_marketplace(traits, 1.0), sold(0.0, 0.0));
  REQUIRE(market.delivery == 1.0);
  REQUIRE(market.sellers == Approx(10.0));
  market = turn_marketplace(traits, market, sold(4.0, 3.0));
  REQUIRE(market.delivery == Approx(0.5));  // four times as many: 4^-.5
  REQUIRE(market.sellers == Approx(30.0));
  market = turn_marketplace(traits, market, sold(4.0, 3.0));
  REQUIRE(market.delivery == Approx(1.0));
  REQUIRE(market.sellers == Approx(10.0));
}

TEST_CASE("scale is measured by the first rotation, not by the last", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .sellers = 10.0,
                                 .entry = 1.0,
                                 .attraction = 0.5,
                                 .breadth = 1.0,
                                 .delivery_scale = 0.5,
                                 .fastest = 0.1};
  Marketplace market = first_marketplace(traits, 1.0);
  market = turn_marketplace(traits, market, sold(100.0, 50.0));
  market = turn_marketplace(traits, market, sold(300.0, 150.0));
  market = turn_marketplace(traits, market, sold(700.0, 600.0));
  REQUIRE(market.delivery == Approx(0.5));        // 400 over 100
  REQUIRE(market.sellers == Approx(10.0 * 3.0));  // 450 over 50, its square root
  REQUIRE(market.offered == Approx(3.0));
}

TEST_CASE("unit costs fall with all orders of the run", "[momentum][marketplace]") {
  const MarketplaceTraits traits{.enabled = true,
                                 .doubling_exponent = std::log2(0.8),
                                 .prior_orders = 1'000.0,
                                 .pass_on = 0.25,
                                 .sellers = 1.0};
  const Marketplace market = after_orders(traits, {1'000.0, 3'000.0});
  REQUIRE(market.unit_cost == Approx(0.64));
  REQUIRE(market.price == Approx(1.0 - 0.25 * 0.36));
}

TEST_CASE("sellers come and go by their share of the way", "[momentum][marketplace]") {
  const MarketplaceTraits traits{
      .enabled = true, .sellers = 100.0, .entry = 0.25, .attraction = 1.0, .breadth = 1.0};
  Marketplace market = first_marketplace(traits, 1.0);
  market = turn_marketplace(traits, market, sold(1.0, 100.0));
  market = turn_marketplace(traits, market, sold(2.0, 300.0));  // twice the visits draw 200
  REQUIRE(market.sellers == Approx(125.0));
  market = turn_marketplace(traits, market, sold(3.0, 500.0));
  REQUIRE(market.sellers == Approx(143.75));
}

TEST_CASE("what sells poorly grows and shrinks with the selection", "[momentum][marketplace]") {
  MarketplaceTraits traits{.enabled = true,
                           .sellers = 10.0,
                           .entry = 1.0,
                           .attraction = 1.0,
                           .breadth = 1.0,
                           .poor_share = 0.4,
                           .pruning = 0.25};
  Marketplace market = first_marketplace(traits, 1.0);
  market = turn_marketplace(traits, market, sold(1.0, 100.0));
  REQUIRE(market.poor == Approx(0.3));  // a quarter of .4 is taken out
  market = turn_marketplace(traits, market, sold(2.0, 300.0));
  REQUIRE(market.good == Approx(2.0));
  REQUIRE(market.poor == Approx(0.75 * (0.3 + 0.4)));  // 1 comes, .4 of it sells poorly
  market = turn_marketplace(traits, market, sold(3.0, 400.0));
  REQUIRE(market.good == Approx(1.0));
  REQUIRE(market.poor == Approx(0.75 * 0.5 * 0.525));
  REQUIRE(selection_of(traits, market) == Approx(0.6 + 0.196875));
}

TEST_CASE("goods without a lead come at once", "[momentum][marketplace]") {
  MarketplaceTraits traits = stocked(50.0, 2.0);
  traits.lead_rotations = 0;
  const Marketplace market = after_orders(traits, {30.0});  // 20 left, 40 come
  REQUIRE(market.stock == Approx(60.0));
  REQUIRE(market.on_the_way.empty());
  REQUIRE(market.availability == 1.0);
}

TEST_CASE("a shop without stock never runs out", "[momentum][marketplace]") {
  const Marketplace market = after_orders(stocked(0.0, 2.0), {30.0, 60.0});
  REQUIRE(market.availability == 1.0);
  REQUIRE(market.stock == 0.0);
  REQUIRE(market.on_the_way.empty());
}

TEST_CASE("goods are not sent back", "[momentum][marketplace]") {
  const Marketplace market = after_orders(stocked(500.0, 3.0), {100.0});  // 400 for 300 wanted
  REQUIRE(market.stock == Approx(400.0));
  REQUIRE(market.on_the_way == std::vector<double>{0.0});
}

TEST_CASE("a rotation without orders leaves the stock as it is", "[momentum][marketplace]") {
  const Marketplace market = after_orders(stocked(20.0, 0.0), {0.0});
  REQUIRE(market.stock == 20.0);
  REQUIRE(market.demand == 1.0);  // at least
}

TEST_CASE("goods on the way are not ordered again", "[momentum][marketplace]") {
  MarketplaceTraits traits = stocked(100.0, 3.0);
  traits.lead_rotations = 3;
  // 100 - 40 are left of 120 wanted: 60 ordered. Then 20 with 60 on the way: 40 ordered.
  const Marketplace market = after_orders(traits, {40.0, 80.0});
  REQUIRE(market.stock == Approx(20.0));
  REQUIRE(market.on_the_way == std::vector<double>{0.0, 60.0, 40.0});
  // The 60 come in three rotations after they were ordered; till then 20 more are sold in each.
  const Marketplace later = after_orders(traits, {40.0, 80.0, 100.0, 120.0});
  REQUIRE(later.stock == Approx(20.0 - 40.0 + 60.0));
}

TEST_CASE("what people want is what they bought while there was enough",
          "[momentum][marketplace]") {
  // 900 left: availability 1, so that fewer orders are less demand.
  REQUIRE(after_orders(stocked(1'000.0, 1.0), {100.0, 130.0}).demand == 30.0);
  // 50 left of 100 wanted: fewer orders say nothing, more orders do.
  REQUIRE(after_orders(stocked(150.0, 0.0), {100.0, 130.0}).demand == 100.0);
  REQUIRE(after_orders(stocked(150.0, 0.0), {100.0, 260.0}).demand == 160.0);
  REQUIRE(after_orders(stocked(150.0, 0.0), {100.0, 130.0}).availability == Approx(0.2));
}

TEST_CASE("sellers judge traffic by that before the campaign where the plan has any",
          "[momentum][marketplace]") {
  const MarketplaceTraits traits{
      .enabled = true, .sellers = 100.0, .usual_visits = 50.0, .entry = 0.5, .attraction = 1.0};
  Marketplace market = first_marketplace(traits, 1.0);
  Observed observed;
  observed.orders = 1.0;
  observed.visits = 200.0;  // four times the usual: 400 sellers are drawn, half of the way is gone
  market = turn_marketplace(traits, market, observed);
  CHECK(market.sellers == Approx(250.0));
}

}  // namespace flywheel::test
