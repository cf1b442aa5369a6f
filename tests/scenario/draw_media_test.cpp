#include "scenario/draw_media.hpp"

#include <array>
#include <cmath>
#include <span>

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
          .price_factors = {1.0, 2.0},
          .click_factors = {1.0, 1.0},
          .brand = {}};
}

MediaTraits clicks() {
  MediaTraits media = impressions();
  media.pricing = Pricing::cpc;
  media.price = 4.0;
  return media;
}

/// A day's budget and its market.
struct OneDay {
  std::array<double, 4> values;
  operator MediaDays() const {  // NOLINT(google-explicit-constructor): reads as the days it is
    const std::span<const double> all{values};
    return {.budget = all.subspan(0, 1),
            .price = all.subspan(1, 1),
            .demand = all.subspan(2, 1),
            .clicks = all.subspan(3, 1)};
  }
};

OneDay one_day(double budget, double price, double demand, double clicks) {
  return {{budget, price, demand, clicks}};
}

double clicks_of(const MediaTraits& media, const OneDay& day) {
  const Delivery delivery = deliver(media, day);
  return (delivery.impressions_per_day[0] + delivery.impressions_per_day[1]) * media.click_rate *
         day.values[3];
}

}  // namespace

TEST_CASE("impressions are what the budget buys at the day's price", "[scenario][media]") {
  // Four times the reference budget doubles the price: 16 * 1.25 * 2 = 40 per thousand.
  const Delivery delivery = deliver(impressions(), {.budget = std::array{100.0, 400.0},
                                                    .price = std::array{1.0, 1.25},
                                                    .demand = std::array{1.0, 3.0},
                                                    .clicks = std::array{1.0, 2.0}});
  REQUIRE(delivery.flight_days == 2);
  REQUIRE(delivery.price[0] == Approx(0.016));
  REQUIRE(delivery.price[1] == Approx(0.040));
  REQUIRE(delivery.price[2] == Approx(0.032));
  REQUIRE(delivery.price[3] == Approx(0.080));
  REQUIRE(delivery.impressions_per_day[0] == Approx(75.0 / 0.016));
  REQUIRE(delivery.impressions_per_day[1] == Approx(300.0 / 0.040));
  REQUIRE(delivery.impressions_per_day[3] == Approx(100.0 / 0.080));
  REQUIRE(delivery.brand_shares.empty());
}

TEST_CASE("a day without budget has no impressions, no brand ads and still a price",
          "[scenario][media]") {
  for (MediaTraits media : {impressions(), clicks()}) {
    media.brand = {.share = 0.2, .price = 0.5, .price_factor = 1.0, .visits = {300.0, 100.0}};
    const Delivery delivery = deliver(media, one_day(0.0, 1.5, 1.0, 1.0));
    REQUIRE(delivery.impressions_per_day == std::vector<double>{0.0, 0.0});
    const double unit = media.pricing == Pricing::cpm ? 0.016 : 4.0;
    REQUIRE(delivery.price[0] == Approx(1.5 * unit));
    REQUIRE(delivery.price[1] == Approx(3.0 * unit));
    REQUIRE(delivery.brand_shares == std::vector<double>{0.0});
  }
}

TEST_CASE("the reference budget is just spent on clicks, and more finds fewer queries",
          "[scenario][media]") {
  const MediaTraits media = clicks();
  // 75 at 4 and 25 at 8.
  const double reference = 18.75 + 3.125;
  REQUIRE(clicks_of(media, one_day(100.0, 1.0, 1.0, 1.0)) == Approx(reference));
  REQUIRE(clicks_of(media, one_day(50.0, 1.0, 1.0, 1.0)) ==
          Approx(reference * 0.5 * std::sqrt(2.0)));  // and the price falls with the budget
  const auto saturated = [](double wanted, double stock) {
    return stock * (1.0 - std::pow(0.6, wanted / stock / 0.4));
  };
  // Half the price, doubled by four times the budget: four times as many wanted.
  const double stock = reference / 0.4;
  REQUIRE(clicks_of(media, one_day(400.0, 0.5, 1.0, 1.0)) ==
          Approx(saturated(4.0 * reference, stock)));
  REQUIRE(clicks_of(media, one_day(400.0, 0.5, 4.0, 1.0)) == Approx(4.0 * reference));
  REQUIRE(clicks_of(media, one_day(1e9, 1e-3, 0.5, 1.0)) == Approx(0.5 * stock));
}

TEST_CASE("every segment's clicks cost its share of the money, whoever clicks more",
          "[scenario][media]") {
  MediaTraits media = clicks();
  media.click_factors = {0.3, 3.0};
  const Delivery delivery = deliver(media, one_day(80.0, 1.0, 1.0, 1.0));
  // The click rate is the mean over impressions, so that of a segment is its factor's part of it.
  const double first = delivery.impressions_per_day[0];
  const double second = delivery.impressions_per_day[1];
  const double base = media.click_rate * (first + second) / (first * 0.3 + second * 3.0);
  CHECK(first * base * 0.3 * delivery.price[0] == Approx(60.0));
  CHECK(second * base * 3.0 * delivery.price[1] == Approx(20.0));
  const std::vector<double> shares = expected_media(media, std::array{80.0}).impression_shares;
  CHECK(shares[0] / shares[1] == Approx(first / second));
}

TEST_CASE("a segment that never clicks is sold no clicks, and its money is left",
          "[scenario][media]") {
  MediaTraits media = clicks();
  media.click_factors = {1.0, 0.0};
  const Delivery delivery = deliver(media, one_day(100.0, 1.0, 1.0, 1.0));
  REQUIRE(delivery.impressions_per_day[0] * media.click_rate * delivery.price[0] == Approx(75.0));
  REQUIRE(delivery.impressions_per_day[1] == 0.0);
  media.click_factors = {0.0, 0.0};
  REQUIRE(expected_media(media, std::array{100.0}).impressions == 0.0);
}

TEST_CASE("a better creative needs fewer impressions for the clicks that are paid",
          "[scenario][media]") {
  const MediaTraits media = clicks();
  const Delivery plain = deliver(media, one_day(100.0, 1.0, 1.0, 1.0));
  const Delivery better = deliver(media, one_day(100.0, 1.0, 1.0, 1.6));
  REQUIRE(better.impressions_per_day[0] == Approx(plain.impressions_per_day[0] / 1.6));
  REQUIRE(deliver(media, one_day(100.0, 1.0, 1.0, 0.0)).impressions_per_day[0] == 0.0);
}

TEST_CASE("brand clicks are paid first, from the day's budget and no further",
          "[scenario][media]") {
  MediaTraits media = clicks();
  media.brand = {.share = 0.2, .price = 0.25, .price_factor = 1.1, .visits = {60.0, 40.0}};
  // 20 clicks at 1.1 each leave 78 for others, three quarters of it at 4 and the rest at 8 each.
  const Delivery enough = deliver(media, one_day(100.0, 1.0, 1.0, 1.0));
  REQUIRE(enough.brand_shares == std::vector<double>{0.2});
  REQUIRE(clicks_of(media, one_day(100.0, 1.0, 1.0, 1.0)) == Approx(78.0 * 0.875 / 4.0));
  REQUIRE(mean_brand_share(media, std::array{100.0}) == Approx(0.2));
  // Ten times the organic visits: 128 clicks at 1.1, of which 100 are paid.
  const Delivery crowded = deliver(media, one_day(100.0, 1.0, 10.0, 1.0));
  REQUIRE(crowded.brand_shares[0] == Approx(0.2 * 100.0 / (128.0 * 1.1)));
  REQUIRE(crowded.impressions_per_day == std::vector<double>{0.0, 0.0});
  media.brand.visits.organic = 600.0;
  REQUIRE(mean_brand_share(media, std::array{100.0}) == Approx(0.2 * 100.0 / (128.0 * 1.1)));
}

TEST_CASE("brand clicks leave the part of the budget that is not theirs", "[scenario][media]") {
  MediaTraits media = clicks();
  media.brand = {.share = 0.2,
                 .price = 0.25,
                 .price_factor = 1.1,
                 .budget_limit = 0.3,
                 .visits = {600.0, 40.0}};
  // 128 clicks at 1.1 would be 140.8: 30 is paid, and 70 are left for others.
  const Delivery delivery = deliver(media, one_day(100.0, 1.0, 1.0, 1.0));
  REQUIRE(delivery.brand_shares[0] == Approx(0.2 * 30.0 / (128.0 * 1.1)));
  REQUIRE(clicks_of(media, one_day(100.0, 1.0, 1.0, 1.0)) == Approx(70.0 * 0.875 / 4.0));
  REQUIRE(mean_brand_share(media, std::array{100.0}) == Approx(0.2 * 30.0 / (128.0 * 1.1)));
}

TEST_CASE("expected media are what the reference campaign buys in the mean market",
          "[scenario][media]") {
  // Two days with money, 100 on average.
  MediaTraits media = impressions();
  media.slope = 1.0;  // so that a day's impressions are those of the reference budget
  const ExpectedMedia by_impressions = expected_media(media, std::array{160.0, 0.0, 40.0});
  // 75 at 16 and 25 at 32 per thousand: 4687.5 + 781.25
  REQUIRE(by_impressions.impressions_per_day[0] == Approx(5468.75));
  REQUIRE(by_impressions.impressions_per_day[1] == 0.0);
  REQUIRE(by_impressions.impressions_per_day[2] == Approx(5468.75));
  REQUIRE(by_impressions.impressions == Approx(2.0 * 5468.75));
  REQUIRE(by_impressions.clicks == Approx(2.0 * 109.375));
  REQUIRE(by_impressions.impression_shares[0] == Approx(4687.5 / 5468.75));
  const ExpectedMedia by_clicks = expected_media(clicks(), std::array{100.0, 100.0});
  REQUIRE(by_clicks.clicks == Approx(2.0 * 21.875));
  REQUIRE(by_clicks.impression_shares[1] == Approx(3.125 / 21.875));
}

TEST_CASE("moving all budgets leaves the reference campaign where it was", "[scenario][media]") {
  const ExpectedMedia before = expected_media(impressions(), std::array{50.0, 0.0, 200.0});
  const ExpectedMedia after = expected_media(impressions(), std::array{15.0, 0.0, 60.0});
  REQUIRE(after.impressions == Approx(before.impressions));
  REQUIRE(after.impressions_per_day[2] == Approx(before.impressions_per_day[2]));
}

TEST_CASE("half the days without budget pass no brand ads", "[scenario][media]") {
  MediaTraits media = clicks();
  media.brand = {.share = 0.2, .price = 0.25, .price_factor = 1.1, .visits = {60.0, 40.0}};
  REQUIRE(mean_brand_share(media, std::array{100.0, 0.0}) == Approx(0.1));
  REQUIRE(mean_brand_share(media, {}) == 0.0);
}

TEST_CASE("a channel without any budget delivers nothing", "[scenario][media]") {
  MediaTraits media = clicks();
  media.reference_budget = 0.0;
  REQUIRE(expected_media(media, std::array{0.0, 0.0}).clicks == 0.0);
  media.pricing = Pricing::cpm;
  REQUIRE(expected_media(media, std::array{0.0, 0.0}).impressions == 0.0);
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
