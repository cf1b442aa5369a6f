#include "scenario/draw_media.hpp"

#include <cmath>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

MediaTraits impressions() {
  return {.pricing = Pricing::cpm,
          .price = 16.0,
          .slope = 0.5,
          .reference_budget = 100.0,
          .impression_share = 0.4,
          .click_rate = 0.02,
          .segment_shares = {0.75, 0.25},
          .price_factors = {1.0, 2.0}};
}

MediaTraits clicks() {
  MediaTraits media = impressions();
  media.pricing = Pricing::cpc;
  media.price = 4.0;
  return media;
}

}  // namespace

TEST_CASE("impressions are what the budget buys at the day's price", "[scenario][media]") {
  // Four times the reference budget doubles the price: 16 * 1.25 * 2 = 40 per thousand.
  const std::vector<double> budget{100.0, 400.0};
  const std::vector<double> price{1.0, 1.25};
  const std::vector<double> demand{1.0, 3.0};
  const Delivery delivery = deliver(impressions(), budget, price, demand);
  REQUIRE(delivery.flight_days == 2);
  REQUIRE(delivery.price[0] == Approx(0.016));
  REQUIRE(delivery.price[1] == Approx(0.040));
  REQUIRE(delivery.price[2] == Approx(0.032));
  REQUIRE(delivery.price[3] == Approx(0.080));
  REQUIRE(delivery.impressions_per_day[0] == Approx(75.0 / 0.016));
  REQUIRE(delivery.impressions_per_day[1] == Approx(300.0 / 0.040));
  REQUIRE(delivery.impressions_per_day[3] == Approx(100.0 / 0.080));
}

TEST_CASE("a day without budget has no impressions and still a price", "[scenario][media]") {
  const std::vector<double> budget{0.0};
  const std::vector<double> price{1.5};
  const std::vector<double> demand{1.0};
  for (const MediaTraits& media : {impressions(), clicks()}) {
    const Delivery delivery = deliver(media, budget, price, demand);
    REQUIRE(delivery.impressions_per_day == std::vector<double>{0.0, 0.0});
    const double unit = media.pricing == Pricing::cpm ? 0.016 : 4.0;
    REQUIRE(delivery.price[0] == Approx(1.5 * unit));
    REQUIRE(delivery.price[1] == Approx(3.0 * unit));
  }
}

TEST_CASE("clicks saturate with the stock of queries", "[scenario][media]") {
  // At the reference budget and price the share of the stock is 40 % by definition.
  const double stock = 100.0 / 4.0 / -std::log(0.6);
  const std::vector<double> budget{100.0, 100.0, 400.0};
  const std::vector<double> price{1.0, 1.0, 0.5};
  const std::vector<double> demand{1.0, 2.0, 1.0};
  const Delivery delivery = deliver(clicks(), budget, price, demand);
  const auto expected = [&](double wanted, double queries) {
    return (1.0 - std::exp(-wanted / queries)) * queries / 0.02;
  };
  REQUIRE(delivery.impressions_per_day[0] == Approx(0.75 * 0.4 * stock / 0.02));
  REQUIRE(delivery.impressions_per_day[1] == Approx(0.75 * expected(25.0, 2.0 * stock)));
  // Half the price, doubled by four times the budget: 100 clicks wanted at 4 each.
  REQUIRE(delivery.impressions_per_day[2] == Approx(0.75 * expected(100.0, stock)));
  REQUIRE(delivery.impressions_per_day[3] == Approx(0.25 * 0.4 * stock / 0.02));
  REQUIRE(delivery.price[3] == Approx(8.0));
}

TEST_CASE("expected media are those of the reference budget", "[scenario][media]") {
  const ExpectedMedia by_impressions = expected_media(impressions(), 30.0);
  // 75 at 16 and 25 at 32 per thousand: 4687.5 + 781.25 a day
  REQUIRE(by_impressions.impressions == Approx(30.0 * 5468.75));
  REQUIRE(by_impressions.clicks == Approx(30.0 * 109.375));
  REQUIRE(by_impressions.impression_shares[0] == Approx(4687.5 / 5468.75));
  const ExpectedMedia by_clicks = expected_media(clicks(), 30.0);
  REQUIRE(by_clicks.clicks == Approx(30.0 * 0.4 * 25.0 / -std::log(0.6)));
  REQUIRE(by_clicks.impression_shares[1] == Approx(0.25));
}

TEST_CASE("a channel without any budget delivers nothing", "[scenario][media]") {
  MediaTraits media = clicks();
  media.reference_budget = 0.0;
  REQUIRE(expected_media(media, 30.0).clicks == 0.0);
  media.pricing = Pricing::cpm;
  REQUIRE(expected_media(media, 30.0).impressions == 0.0);
}

TEST_CASE("retargeting's budget buys impressions by its price", "[scenario][media]") {
  const std::vector<double> price{1.0, 2.0, 9.0};
  const RetargetingDelivery by_impressions = deliver({Pricing::cpm, 20.0, 6.0, 0.03}, price, 2);
  REQUIRE(by_impressions.price == std::vector<double>{0.02, 0.04});
  REQUIRE(by_impressions.affordable_per_day[1] == Approx(150.0));
  const RetargetingDelivery by_clicks = deliver({Pricing::cpc, 2.0, 6.0, 0.03}, price, 2);
  REQUIRE(by_clicks.price[1] == Approx(4.0));
  REQUIRE(by_clicks.affordable_per_day[0] == Approx(100.0));
  REQUIRE(deliver({Pricing::cpm, 20.0, 0.0, 0.03}, price, 2).affordable_per_day.empty());
}

}  // namespace flywheel::test
