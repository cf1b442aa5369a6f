// What the wheel turns, and what of it reaches the shop (docs/model.md 8 and 9).
#include "momentum/wheel.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// Of those who order, so many do each step: 1 - P sums to 1.7 on the pages before the checkout, to
/// 1.1 at the checkout.
MomentumTraits still() {
  MomentumTraits traits;
  traits.step_shares = {0.5, 0.6, 0.2, 0.5, 0.4};
  return traits;
}

Observed reviewed(double reviews, double stars) {
  Observed observed;
  observed.reviews = reviews;
  observed.stars = stars;
  return observed;
}

Observed sold(double orders, double rival_price = 1.0) {
  Observed observed;
  observed.orders = orders;
  observed.rival_price = rival_price;
  return observed;
}

/// Three tests, all of them clearly won.
Observed won_tests() {
  Observed observed;
  observed.tests.assign(3, {.without = {1'000, 50}, .with = {1'000, 90}});
  return observed;
}

Wheel turned(const MomentumTraits& traits, const Observed& observed) {
  return turn(traits, first_wheel(traits, {}, 1.0), observed, {});
}

}  // namespace

TEST_CASE("a test of two rotations is judged when its second ends", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.page_tests = {
      .enabled = true, .ideas_per_rotation = 1, .run_rotations = 2, .critical_value = 1.96};
  Wheel wheel = first_wheel(traits, {{0.04, false}, {0.05, true}, {0.02, true}}, 1.0);
  REQUIRE(wheel.page_tests.running == std::vector<int>{0});
  wheel = turn(traits, wheel, won_tests(), {});
  REQUIRE(wheel.rotation == 1);
  REQUIRE(wheel.page_tests.running == std::vector<int>{0, 1});
  REQUIRE(wheel.page_tests.score.finished == 0.0);
  REQUIRE(shop_of(traits, wheel).tests[1].number == 1);
  wheel = turn(traits, wheel, won_tests(), {});
  REQUIRE(wheel.page_tests.running == std::vector<int>{1, 2});
  REQUIRE(wheel.page_tests.page_effect == 0.04);
}

TEST_CASE("what is won at the checkout moves its steps, and all that is won adds up",
          "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.page_tests = {
      .enabled = true, .ideas_per_rotation = 2, .run_rotations = 1, .critical_value = 1.96};
  Wheel wheel = first_wheel(traits, {{0.04, false}, {0.05, true}}, 1.0);
  wheel = turn(traits, wheel, won_tests(), {});
  const ShopState shop = shop_of(traits, wheel);
  REQUIRE(shop.step_log_odds[2] == Approx(0.04 / 1.7));
  REQUIRE(shop.step_log_odds[3] == Approx(0.05 / 1.1));
  REQUIRE(shop.step_log_odds[4] == Approx(0.05 / 1.1));
  REQUIRE(conversion_effect(traits, wheel) == Approx(0.09));
  REQUIRE(shop.chance_factor == Approx(std::exp(0.09)));
}

TEST_CASE("reputation moves every step and organic visits", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.reputation = {.enabled = true,
                       .rating_effect = 0.1,
                       .organic_effect = 0.2,
                       .prior_reviews = 10.0,
                       .prior_rating = 4.0};
  // Ten reviews of 4, ten of 5: half a star more.
  const Wheel wheel = turned(traits, reviewed(10.0, 50.0));
  const ShopState shop = shop_of(traits, wheel);
  for (const double step : shop.step_log_odds) REQUIRE(step == Approx(0.05 / 2.8));
  REQUIRE(conversion_effect(traits, wheel) == Approx(0.05));
  REQUIRE(shop.chance_factor == Approx(std::exp(0.05)));
  REQUIRE(shop.organic_factor == Approx(std::exp(0.1)));
}

TEST_CASE("no step moves where everybody who orders does them all", "[momentum][wheel]") {
  MomentumTraits traits;
  traits.step_shares.fill(1.0);
  traits.reputation = {
      .enabled = true, .rating_effect = 0.1, .prior_reviews = 10.0, .prior_rating = 4.0};
  const ShopState shop = shop_of(traits, turned(traits, reviewed(10.0, 50.0)));
  REQUIRE(shop.step_log_odds == std::array<double, step_count>{});
}

TEST_CASE("what feedback mends reaches the shop", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.feedback = {.enabled = true, .half_volume = 40.0, .least_bad = 0.6, .least_returns = 0.9};
  const ShopState shop = shop_of(traits, turned(traits, reviewed(40.0, 160.0)));
  REQUIRE(shop.bad_factor == Approx(0.8));
  REQUIRE(shop.return_odds == Approx(0.95));
}

TEST_CASE("prices, costs, speed and stock of the marketplace reach the shop", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.organic_growth.visits_per_shopper_day = 0.01;
  traits.marketplace = {.enabled = true,
                        .doubling_exponent = std::log2(0.8),
                        .prior_orders = 1'000.0,
                        .pass_on = 0.5,
                        .price_elasticity = 2.0,
                        .traffic_elasticity = 0.5,
                        .sellers = 10.0,
                        .delivery_scale = 0.5,
                        .fastest = 0.1,
                        .delivery_effect = 0.1,
                        .first_stock = 3'500.0,
                        .lead_rotations = 1,
                        .cover_rotations = 2.0};
  Wheel wheel = turned(traits, sold(1'000.0));
  wheel = turn(traits, wheel, sold(3'000.0), {});
  const ShopState shop = shop_of(traits, wheel);
  // Two doublings of cost at .8 each, half of it passed on; twice the orders of the first rotation;
  // 500 left, of the 2,000 that are wanted.
  REQUIRE(shop.terms.cost == Approx(0.64));
  REQUIRE(shop.terms.price == Approx(0.82));
  REQUIRE(shop.terms.delivery == Approx(std::sqrt(0.5)));
  REQUIRE(shop.availability == Approx(0.25));
  const double effect = -2.0 * std::log(0.82) + 0.1 * 0.5 * std::log(2.0);
  REQUIRE(conversion_effect(traits, wheel) == Approx(effect));
  REQUIRE(shop.step_log_odds[1] == Approx(effect / 2.8));
  REQUIRE(shop.organic_factor == Approx(1.0 / std::sqrt(0.82)));
  REQUIRE(organic_factor(traits, wheel) == Approx(1.0 / std::sqrt(0.82)));
  REQUIRE(shop.brand_factor == Approx(std::sqrt(0.82)));
}

TEST_CASE("brand ads do not gain when organic visits fall", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.organic_growth.visits_per_shopper_day = 0.01;
  traits.marketplace = {.enabled = true, .traffic_elasticity = 0.5, .sellers = 10.0};
  const Wheel wheel = turned(traits, sold(10.0, 0.81));  // (1 / .81)^-.5
  REQUIRE(shop_of(traits, wheel).organic_factor == Approx(0.9));
  REQUIRE(organic_factor(traits, wheel) == Approx(0.9));
  REQUIRE(shop_of(traits, wheel).brand_factor == 1.0);
}

TEST_CASE("content, search engines and customers' word add up to organic visits",
          "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.organic_growth = {.enabled = true,
                           .visits_per_shopper_day = 0.01,
                           .content_per_day = 8.0,
                           .content_visits = 0.001,
                           .content_kept = 0.5,
                           .seo_gain = 0.2,
                           .seo_reviews = 50.0,
                           .word_of_mouth = 0.04};
  const Wheel first = first_wheel(traits, {}, 1.0);
  REQUIRE(shop_of(traits, first).content_visits == 0.0);
  REQUIRE(organic_factor(traits, first) == 1.0);
  Observed observed = reviewed(100.0, 400.0);
  observed.customers = {10.0, 60.0};
  observed.shoppers = {100.0, 300.0};
  const Wheel wheel = turn(traits, first, observed, {});
  const ShopState shop = shop_of(traits, wheel);
  // A week of content that halves every day: 1/2 + ... + 1/128 of 8.
  REQUIRE(shop.content_visits == Approx(0.001 * 8.0 * 127.0 / 128.0));
  REQUIRE(shop.organic_factor == Approx(1.0 + 0.2 * 0.75));
  REQUIRE(shop.word_of_mouth[0] == Approx(0.004));
  REQUIRE(shop.word_of_mouth[1] == Approx(0.008));
  // .0115 + .0079375 + .04 * 70 / 400, over .01.
  REQUIRE(organic_factor(traits, wheel) == Approx(2.64375));
  REQUIRE(shop.brand_factor == Approx(1.0 / 2.64375));
}

TEST_CASE("a plan without organic visits has no factor on them", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.organic_growth = {.enabled = true, .content_per_day = 8.0, .content_visits = 0.001};
  const Wheel wheel = turned(traits, {});
  REQUIRE(std::isnan(organic_factor(traits, wheel)));
  REQUIRE(shop_of(traits, wheel).brand_factor == 1.0);
}

TEST_CASE("loops that are off leave the shop as it was", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.feedback = {.half_volume = 40.0, .least_bad = 0.6, .least_returns = 0.9};
  traits.reputation = {.rating_effect = 0.1, .organic_effect = 0.2, .prior_reviews = 10.0};
  traits.organic_growth = {.visits_per_shopper_day = 0.01, .seo_gain = 0.2, .word_of_mouth = 0.04};
  traits.marketplace = {.doubling_exponent = std::log2(0.8),
                        .prior_orders = 1'000.0,
                        .pass_on = 0.5,
                        .follow = 0.5,
                        .price_elasticity = 2.0,
                        .poor_share = 0.4,
                        .clutter_effect = 0.3,
                        .first_stock = 10.0};
  traits.page_tests = {.enabled = true};  // one that turns, of no ideas
  Observed observed = reviewed(100.0, 500.0);
  observed.orders = 1'000.0;
  observed.customers = {10.0};
  observed.shoppers = {100.0};
  const Wheel wheel = turn(traits, first_wheel(traits, {}, 1.21), observed, {});
  const ShopState shop = shop_of(traits, wheel);
  REQUIRE(shop.bad_factor == 1.0);
  REQUIRE(shop.return_odds == 1.0);
  REQUIRE(shop.chance_factor == 1.0);
  REQUIRE(shop.organic_factor == 1.0);
  REQUIRE(shop.word_of_mouth.empty());
  REQUIRE(shop.terms.price == 1.0);
  REQUIRE(shop.terms.cost == 1.0);
  REQUIRE(shop.availability == 1.0);
}

TEST_CASE("the rivals' first price is that of the first day", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.marketplace = {.enabled = true, .follow = 0.5, .price_elasticity = 2.0, .sellers = 10.0};
  const Wheel first = first_wheel(traits, {}, 1.21);
  REQUIRE(shop_of(traits, first).terms.price == Approx(1.1));
  REQUIRE(conversion_effect(traits, first) == Approx(2.0 * std::log(1.1)));
}

TEST_CASE("content is bought for the days that a rotation has", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.rotation_days = 3;
  traits.organic_growth = {
      .enabled = true, .content_per_day = 8.0, .content_visits = 0.001, .content_kept = 0.5};
  REQUIRE(shop_of(traits, turned(traits, {})).content_visits ==
          Approx(0.001 * 8.0 * (0.5 + 0.25 + 0.125)));
}

namespace {

/// Two channels of other plans that spend 10 a day, of which each may give a segment half or one
/// and a half times its share.
MomentumTraits targeting() {
  MomentumTraits traits = still();
  traits.targeting = {.enabled = true,
                      .least_share = 0.5,
                      .most_share = 1.5,
                      .prior_conversions = 2.0,
                      .learning_conversions = 1e9,
                      .due = {1.0},
                      .affinities = {{1.0, 1.0}}};
  traits.targeting.channels = {
      {.identity = 7, .planned_shares = {0.5, 0.5}, .budget = std::vector<double>(70, 10.0)},
      {.identity = 8, .planned_shares = {0.6, 0.4}, .budget = std::vector<double>(70, 10.0)}};
  return traits;
}

Observed tracked(const std::vector<double>& orders) {
  Observed observed;
  observed.tracked_orders = orders;
  observed.tracked_values = orders;
  return observed;
}

}  // namespace

TEST_CASE("no test begins where tests are off", "[momentum][wheel]") {
  MomentumTraits traits = still();
  traits.page_tests = {.ideas_per_rotation = 1, .run_rotations = 1, .critical_value = 1.96};
  traits.feedback.enabled = true;
  Wheel wheel = first_wheel(traits, {{0.04, false}, {0.05, true}}, 1.0);
  REQUIRE(shop_of(traits, wheel).tests.empty());
  wheel = turn(traits, wheel, won_tests(), {});
  REQUIRE(shop_of(traits, wheel).tests.empty());
}

TEST_CASE("every channel learns from its own orders and aims by what it knows",
          "[momentum][wheel]") {
  const MomentumTraits traits = targeting();
  const Wheel first = first_wheel(traits, {}, 1.0);
  REQUIRE(first.channels[0].shares == std::vector<double>{0.5, 0.5});
  REQUIRE(first.channels[1].shares == std::vector<double>{0.6, 0.4});
  const ShopState shop = shop_of(traits, turned(traits, tracked({1.0, 900.0, 800.0, 2.0})));
  REQUIRE(shop.channels.size() == 2);
  REQUIRE(shop.channels[0].volume[1] == Approx(1.5));
  // The most for the first segment would be .9; the least for the second is .2.
  REQUIRE(shop.channels[1].volume[0] == Approx(0.8 / 0.6));
  REQUIRE(shop.channels[1].volume[1] == Approx(0.5));
}

TEST_CASE("platforms that do not learn know nothing", "[momentum][wheel]") {
  MomentumTraits traits = targeting();
  traits.targeting.enabled = false;
  REQUIRE(turned(traits, tracked({1.0, 900.0, 800.0, 2.0})).channels.empty());
}

TEST_CASE("a rotation's money is that of its days", "[momentum][wheel]") {
  MomentumTraits traits = targeting();
  traits.rotation_days = 3;
  const Wheel wheel = turned(traits, tracked({1.0, 1.0, 1.0, 1.0}));
  REQUIRE(wheel.channels[0].exposure[0] == Approx(0.5 * 30.0));
  REQUIRE(wheel.channels[1].exposure[0] == Approx(0.6 * 30.0));
}

TEST_CASE("how a platform's draws fall is the shoppers' luck", "[momentum][wheel]") {
  const MomentumTraits traits = targeting();
  const Observed observed = tracked({9.0, 9.0, 9.0, 9.0});
  const auto shares = [&](std::uint64_t luck) {
    return turn(traits, first_wheel(traits, {}, 1.0), observed, make_key(luck, Level::shoppers, 0))
        .channels[0]
        .shares;
  };
  int other = 0;
  for (std::uint64_t luck = 1; luck <= 20; ++luck) other += shares(luck) != shares(0) ? 1 : 0;
  REQUIRE(other > 0);
  REQUIRE(shares(3) == shares(3));
}

}  // namespace flywheel::test
