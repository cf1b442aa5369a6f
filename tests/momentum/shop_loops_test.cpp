// Feedback, reputation and organic growth, by hand.
#include <cmath>

#include "momentum/feedback.hpp"
#include "momentum/organic_growth.hpp"
#include "momentum/reputation.hpp"
#include "momentum/wheel.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

Observed reviewed(double reviews, double stars) {
  Observed observed;
  observed.reviews = reviews;
  observed.stars = stars;
  return observed;
}

}  // namespace

TEST_CASE("feedback halves what it can mend with every half volume", "[momentum][feedback]") {
  const FeedbackTraits traits{
      .enabled = true, .half_volume = 100.0, .least_bad = 0.6, .least_returns = 0.8};
  REQUIRE(mend(traits, {}).bad_factor == Approx(1.0));
  Observed observed = reviewed(60.0, 200.0);
  observed.contacts = 40.0;
  REQUIRE(mend(traits, observed).bad_factor == Approx(0.6 + 0.4 * 0.5));
  REQUIRE(mend(traits, observed).return_odds == Approx(0.8 + 0.2 * 0.5));
  observed.contacts = 140.0;
  REQUIRE(mend(traits, observed).bad_factor == Approx(0.6 + 0.4 * 0.25));
  REQUIRE(mend({}, observed).bad_factor == 1.0);
}

TEST_CASE("the rating is a Bayesian average", "[momentum][reputation]") {
  const ReputationTraits traits{.enabled = true,
                                .products = 10.0,
                                .log_lift = std::log(1.3),
                                .half_reviews = 2.0,
                                .rating_effect = 0.1,
                                .organic_effect = 0.05,
                                .prior_reviews = 10.0,
                                .prior_rating = 4.0,
                                .first_reviews = 20.0,
                                .first_rating = 4.5};
  REQUIRE(rating_of(traits, {}) == Approx((40.0 + 90.0) / 30.0));
  const Observed observed = reviewed(20.0, 60.0);
  const double rating = (40.0 + 90.0 + 60.0) / 50.0;
  REQUIRE(rating_of(traits, observed) == Approx(rating));
  // One and two reviews' worth of a half: 1 - 2^-1 and 1 - 2^-2 of the lift.
  const double change = rating - 130.0 / 30.0;
  const Reputation reputation = reputation_of(traits, observed);
  REQUIRE(reputation.conversion_effect == Approx(0.25 * std::log(1.3) + 0.1 * change));
  REQUIRE(reputation.organic_factor == Approx(std::exp(0.05 * change)));
  REQUIRE(reputation_of(traits, {}).conversion_effect == Approx(0.0).margin(1e-15));
  REQUIRE(rating_of({.first_rating = 3.0}, {}) == 3.0);
}

TEST_CASE("content fades, reviews are found, customers talk", "[momentum][organic_growth]") {
  const OrganicGrowthTraits traits{.enabled = true,
                                   .visits_per_shopper_day = 0.01,
                                   .content_per_day = 8.0,
                                   .content_visits = 0.001,
                                   .content_kept = 0.5,
                                   .seo_gain = 0.2,
                                   .seo_reviews = 50.0,
                                   .word_of_mouth = 0.03};
  Observed observed = reviewed(50.0, 200.0);
  observed.customers = {10.0, 0.0};
  observed.shoppers = {100.0, 300.0};
  const OrganicGrowth growth = grow_organic(traits, observed, 3.0);
  REQUIRE(growth.factor == Approx(1.1));
  REQUIRE(grow_organic(traits, reviewed(100.0, 400.0), 3.0).factor == Approx(1.0 + 0.2 * 0.75));
  REQUIRE(grow_organic(traits, {}, 3.0).factor == 1.0);
  REQUIRE(growth.content_visits == Approx(0.001 * 8.0 * (0.5 + 0.25 + 0.125)));
  REQUIRE(growth.word_of_mouth[0] == Approx(0.003));
  REQUIRE(growth.word_of_mouth[1] == 0.0);
  REQUIRE(grow_organic(traits, observed, 0.0).content_visits == Approx(0.0).margin(1e-15));
  OrganicGrowthTraits lasting = traits;
  lasting.content_kept = 1.0;
  REQUIRE(grow_organic(lasting, observed, 3.0).content_visits == Approx(0.024));
}

TEST_CASE("brand ads keep their cost while organic visits grow", "[momentum][organic_growth]") {
  MomentumTraits traits;
  traits.organic_growth = {.enabled = true, .visits_per_shopper_day = 0.01, .word_of_mouth = 0.4};
  Observed observed;
  observed.customers = {10.0, 0.0};
  observed.shoppers = {100.0, 300.0};
  Wheel wheel = first_wheel(traits, {}, 1.0);
  REQUIRE(shop_of(traits, wheel).brand_factor == 1.0);
  wheel = turn(traits, wheel, observed, {});
  // Word of mouth: .04 a day in a quarter of the audience, as much again as the plan's.
  REQUIRE(organic_factor(traits, wheel) == Approx(2.0));
  REQUIRE(shop_of(traits, wheel).brand_factor == Approx(0.5));
}

TEST_CASE("an effect on the conversion rate is spread over the steps", "[momentum][wheel]") {
  MomentumTraits traits;
  traits.step_shares = {0.5, 0.6, 0.2, 0.5, 0.4};
  traits.page_tests = {.enabled = true, .ideas_per_rotation = 2, .run_rotations = 1};
  Wheel wheel = first_wheel(traits, {{0.04, false}, {0.05, true}}, 1.0);
  const ShopState begun = shop_of(traits, wheel);
  REQUIRE(begun.tests.size() == 2);
  // Pages before: 1 - P sums to 1.7; the checkout: to 1.1.
  REQUIRE(begun.tests[0].odds_against[2] == Approx(std::exp(-0.04 / 1.7)));
  REQUIRE(begun.tests[0].odds_against[3] == 1.0);
  REQUIRE(begun.tests[1].odds_against[2] == 1.0);
  REQUIRE(begun.tests[1].odds_against[4] == Approx(std::exp(-0.05 / 1.1)));
  REQUIRE(begun.tests[1].chance_factor == Approx(std::exp(0.05)));
  Observed observed;
  observed.tests.resize(2);
  observed.tests[0] = {.without = {1'000, 50}, .with = {1'000, 90}};
  wheel = turn(traits, wheel, observed, {});
  const ShopState after = shop_of(traits, wheel);
  REQUIRE(after.tests.empty());
  REQUIRE(after.step_log_odds[0] == Approx(0.04 / 1.7));
  REQUIRE(after.step_log_odds[4] == 0.0);
  REQUIRE(after.chance_factor == Approx(std::exp(0.04)));
}

}  // namespace flywheel::test
