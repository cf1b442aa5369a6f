#include "scenario/reproduction.hpp"

#include <cmath>
#include <numbers>

#include "journey/shop_front.hpp"
#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "scenario/friend_delay.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr double ln3 = 1.0986122886681098;

/// Four rotations; anybody shares with a chance of 0.3, at the order, with two friends, of whom
/// half order: R = 0.3.
Scenario sharing() {
  Scenario scenario =
      quiet_scenario({.shoppers = 100, .flight_days = 7, .conversion_days = 7, .cohort_days = 14});
  scenario.referral = {.promoters_only = false, .share_rate = 0.3, .clicks_per_share = 2.0};
  let_all_visits_order(scenario);
  for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;
  return scenario;
}

std::vector<Reproduction> numbers(const Scenario& scenario) {
  return expect_reproduction(scenario, std::vector<double>(scenario.segments.size(), 1.0));
}

double number(const Scenario& scenario, std::size_t rotation = 0) {
  return numbers(scenario).at(rotation).lifetime;
}

std::size_t place(const Scenario& scenario, UnpaidSource source) {
  return static_cast<std::size_t>(scenario.source(source));
}

}  // namespace

TEST_CASE("a customer brings chance to share times friends times the chance of an order",
          "[scenario][referral]") {
  Scenario scenario = sharing();
  CHECK(numbers(scenario).size() == 4);
  CHECK(number(scenario) == Approx(0.3));
  scenario.referral.clicks_per_share = 1.6;
  CHECK(number(scenario) == Approx(0.24));
  scenario.referral.fixed_count = true;  // two
  CHECK(number(scenario) == Approx(0.3));
  scenario.referral.share_rate = 0.0;
  CHECK(number(scenario, 3) == 0.0);
}

TEST_CASE("only promoters share where the plan says so", "[scenario][referral]") {
  Scenario scenario = sharing();
  scenario.referral.promoters_only = true;
  scenario.advocacy = {.promoter_above = 0.0};
  CHECK(number(scenario) == Approx(0.15));
  // 0.6 of them above 0, 0.4 above 1: 0.3 + 0.4 * 0.15865525.
  scenario.order.bad_product = 0.4;
  scenario.advocacy.bad_effect = 1.0;
  CHECK(number(scenario) == Approx(0.3 * 0.36346210157));
}

TEST_CASE("friends who leave engaged come back until a brand ad takes the credit",
          "[scenario][referral]") {
  Scenario scenario = sharing();
  scenario.retargeting.return_probability = 0.4;
  // 0.5 + 0.5 * 0.4 * 0.5 / (1 - 0.4 * 0.5) = 0.625 customers for each friend.
  CHECK(number(scenario) == Approx(0.6 * 0.625));
  // Returns order with 3/4: 0.5 + 0.5 * 0.4 * 0.75 / (1 - 0.4 * 0.25) = 2/3.
  Scenario keener = scenario;
  keener.funnel.source_log_odds[place(scenario, UnpaidSource::own_return)] = ln3;
  CHECK(number(keener) == Approx(0.4));
  // Half of the returns in the flight pass a brand ad: 0.5 + 0.5 * 0.2 * 0.5 / (1 - 0.2 * 0.5).
  Scenario branded = scenario;
  add_channel(branded, 0.0, 1.0);
  branded.deliveries[0].brand_shares.assign(7, 0.5);
  CHECK(number(branded, 0) == Approx(0.6 * (0.5 + 0.05 / 0.9)));
  CHECK(number(branded, 1) == Approx(0.375));
  scenario.referral.retarget_friends = false;
  CHECK(number(scenario) == Approx(0.3));
  // Who bounces does not come back: everybody who is engaged orders.
  for (auto& steps : keener.funnel.step_log_odds) steps = {0.0, 50.0, 50.0, 50.0, 50.0};
  CHECK(number(keener) == Approx(0.3));
}

TEST_CASE("the market of a rotation moves its reproduction number", "[scenario][referral]") {
  Scenario scenario = sharing();
  for (std::size_t day = 7; day < 14; ++day) scenario.market.conversion_log_odds[day] = ln3;
  scenario.market.conversion_log_odds[14] = 7.0 * ln3;  // the mean of its week is the same
  CHECK(number(scenario, 0) == Approx(0.3));
  CHECK(number(scenario, 1) == Approx(0.45));
  CHECK(number(scenario, 2) == Approx(0.45));
  CHECK(number(scenario, 3) == Approx(0.3));
}

TEST_CASE("friends come on both devices, with the reasons that are fixed", "[scenario][referral]") {
  Scenario scenario = sharing();
  scenario.funnel.step_log_odds[1][4] = ln3;
  scenario.funnel.unpaid_mobile_share = 0.25;
  scenario.funnel.rescued_share = 0.2;
  // Desktop 1 - 0.8 * 0.5, mobile 1 - 0.8 * 0.25.
  CHECK(number(scenario) == Approx(0.6 * (0.75 * 0.6 + 0.25 * 0.8)));
}

TEST_CASE("friends are of any intent", "[scenario][referral]") {
  Scenario scenario = sharing();
  scenario.audience.has_intent = true;
  scenario.funnel.intent_loading = 0.7;
  scenario.funnel.source_log_odds[place(scenario, UnpaidSource::referral)] = -1.5;
  double expected = 0.0;
  for (int k = -900; k <= 900; ++k) {
    const double z = 0.01 * k;
    const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
    expected += 0.01 * density / (1.0 + std::exp(1.5 - 0.7 * z));
  }
  CHECK(number(scenario) == Approx(0.6 * expected).epsilon(1e-9));
}

TEST_CASE("a propensity is that of a friend, and no chance is above one", "[scenario][referral]") {
  Scenario scenario = sharing();
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 0.4;
  scenario.audience.propensity = keep_table(scenario, beta_table(2.0, 6.0));  // of mean 1/4
  scenario.funnel.source_factor[place(scenario, UnpaidSource::referral)] = 1.5;
  scenario.segments[0].conversion_factor = 0.8;
  scenario.market.conversion_factor.assign(28, 1.1);
  CHECK(number(scenario) == Approx(0.6 * 0.4 * 0.25 * 1.5 * 0.8 * 1.1).epsilon(1e-5));
  scenario.funnel.mean_propensity = 1e9;
  CHECK(number(scenario) == Approx(0.6));
}

TEST_CASE("segments count as customers are won in them", "[scenario][referral]") {
  Scenario scenario = sharing();
  scenario.segments.push_back({.size = 900, .conversion_log_odds = ln3});
  const auto average = [&](double one, double other) {
    return expect_reproduction(scenario, std::vector<double>{one, other}).front().lifetime;
  };
  CHECK(average(1.0, 3.0) == Approx(0.25 * 0.3 + 0.75 * 0.45));
  CHECK(average(5.0, 0.0) == Approx(0.3));
  CHECK(average(0.0, 0.0) == Approx(0.1 * 0.3 + 0.9 * 0.45));  // sizes
}

TEST_CASE("orders within the cohort days follow the delays on their way", "[scenario][referral]") {
  Scenario scenario = sharing();
  CHECK(numbers(scenario).front().in_cohort == Approx(0.3));  // all at once
  scenario.referral.delay_days = 14.0;
  CHECK(numbers(scenario).front().in_cohort == Approx(0.3 * (1.0 - std::exp(-1.0))));
  // A return comes back to order after an exponential wait of rate (1 - 0.4 * 0.5) / 5.
  scenario.referral.delay_days = 0.0;
  scenario.retargeting.return_probability = 0.4;
  scenario.retargeting.return_delay_days = 5.0;
  CHECK(numbers(scenario).front().in_cohort ==
        Approx(0.6 * (0.5 + 0.125 * (1.0 - std::exp(-0.16 * 14.0)))).epsilon(1e-5));
}

TEST_CASE("R is that of the shop that the loops have made", "[scenario][referral][loops]") {
  Scenario scenario = sharing();
  // Four rotations: as on the first day, odds of an order up threefold, half out of stock, the same
  // for ever.
  std::vector<ShopState> shops(3);
  shops[1].step_log_odds[4] = ln3;
  shops[2].availability = 0.5;
  const std::vector<double> sizes(scenario.segments.size(), 1.0);
  const std::vector<Reproduction> made = expect_reproduction(scenario, sizes, shops);
  CHECK(made[0].lifetime == Approx(0.3));
  CHECK(made[1].lifetime == Approx(0.45));
  CHECK(made[2].lifetime == Approx(0.15));
  CHECK(made[3].lifetime == Approx(0.15));
  CHECK(made[1].in_cohort == Approx(0.45));
}

TEST_CASE("fewer bad experiences make more promoters, who share", "[scenario][referral][loops]") {
  Scenario scenario = sharing();
  scenario.referral.promoters_only = true;
  scenario.advocacy = {.promoter_above = 0.0};
  scenario.advocacy.bad_effect = 1.0;
  scenario.order.bad_product = 0.4;
  std::vector<ShopState> shops(2);
  shops[1].bad_factor = 0.5;
  const std::vector<double> sizes(scenario.segments.size(), 1.0);
  const std::vector<Reproduction> made = expect_reproduction(scenario, sizes, shops);
  // Half of those content are promoters, and of those not the tail above 1.
  CHECK(made[0].lifetime == Approx(0.3 * (0.6 * 0.5 + 0.4 * 0.15865525)));
  CHECK(made[1].lifetime == Approx(0.3 * (0.8 * 0.5 + 0.2 * 0.15865525)));
}

TEST_CASE("slower delivery leaves more bad and less resolved", "[scenario][loops]") {
  OrderTraits order;
  order.bad_delivery = 0.1;
  order.resolved = 0.8;
  ShopState shop;
  shop.terms.delivery = 1.5;
  CHECK(orders_in(order, shop).bad_delivery == Approx(0.15));
  CHECK(orders_in(order, shop).resolved == Approx(0.7));
  shop.terms.delivery = 10.0;
  CHECK(orders_in(order, shop).bad_delivery == 1.0);
  CHECK(orders_in(order, shop).resolved == 0.0);
}

TEST_CASE("delays of friends add up", "[scenario][referral]") {
  Scenario scenario = sharing();
  const auto chance = [&] { return friend_order_chances(scenario, 60.0).front(); };
  // Two exponentials of means 14 and 9.
  scenario.referral.delay_days = 14.0;
  scenario.funnel.immediate_delay_days = 9.0;
  const auto rest = [](double mean) { return std::exp(-60.0 / mean); };
  const double both = 1.0 - (14.0 * rest(14.0) - 9.0 * rest(9.0)) / 5.0;
  CHECK(chance() == Approx(both).epsilon(2e-5));
  scenario.funnel.immediate_share = 0.25;
  scenario.funnel.later_delay_days = 30.0;
  const double later = 1.0 - (30.0 * rest(30.0) - 14.0 * rest(14.0)) / 16.0;
  CHECK(chance() == Approx(0.25 * both + 0.75 * later).epsilon(2e-5));
  // A delivery alone: gamma of shape 4, at four times 60 / 32 means of a stage.
  scenario.referral = {.promoters_only = true, .share_rate = 1.0};
  scenario.funnel.immediate_share = 1.0;
  scenario.funnel.immediate_delay_days = 0.0;
  scenario.order.delivery_days = 32.0;
  const double x = 7.5;
  const double erlang = 1.0 - std::exp(-x) * (1.0 + x + x * x / 2.0 + x * x * x / 6.0);
  CHECK(chance() == Approx(erlang).epsilon(2e-5));
  // Nobody is asked at a delivery where anybody is asked at the order.
  scenario.referral.promoters_only = false;
  CHECK(chance() == 1.0);
  CHECK(friend_order_chances(scenario, 0.0).front() == 0.0);
}

}  // namespace flywheel::test
