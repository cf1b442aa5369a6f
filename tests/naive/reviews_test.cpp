#include <cmath>
#include <numeric>

#include "naive/engine.hpp"
#include "naive/loops.hpp"
#include "naive/small_scenario.hpp"
#include "naive/world.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

std::uint64_t count(double figure) { return static_cast<std::uint64_t>(std::llround(figure)); }

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

NaiveShopper somebody(std::uint64_t number = 0) {
  return NaiveShopper{Stream{{}, Purpose::trait, number}};
}

/// Everybody orders on the first day; parcels take a week on average.
Scenario parcels_on_their_way(std::uint64_t shoppers) {
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = 60});
  scenario.organic.visits_per_shopper_day = 50.0;
  let_all_visits_order(scenario);
  scenario.order.delivery_days = 7.0;
  return scenario;
}

}  // namespace

TEST_CASE("naive loops: the rating is a Bayesian average", "[naive]") {
  ReputationTraits traits{.products = 4.0,
                          .log_lift = 0.2,
                          .half_reviews = 2.5,
                          .rating_effect = 0.06,
                          .prior_reviews = 10.0,
                          .prior_rating = 4.0,
                          .first_reviews = 5.0,
                          .first_rating = 5.0};
  CHECK(rating_of(traits, {}) == Approx(65.0 / 15.0));
  CHECK(rating_of(traits, {.count = 5.0, .stars = 10.0}) == Approx(3.75));
  CHECK(reputation_lift(traits, {}) == 0.0);
  // Half of what reviews bring is there with 10, 1 - sqrt(1/2) with 5.
  CHECK(reputation_lift(traits, {.count = 5.0, .stars = 10.0}) ==
        Approx(0.2 * (0.5 - 1.0 + std::sqrt(0.5)) + 0.06 * (3.75 - 65.0 / 15.0)));
  traits.prior_reviews = 0.0;
  traits.first_reviews = 0.0;
  CHECK(rating_of(traits, {}) == 5.0);
  CHECK(rating_of(traits, {.count = 2.0, .stars = 7.0}) == 3.5);
}

TEST_CASE("naive loops: feedback halves what can be mended", "[naive]") {
  const FeedbackTraits traits{.half_volume = 100.0, .least_bad = 0.6, .least_returns = 0.9};
  CHECK(mend(traits, 0.0).bad == 1.0);
  CHECK(mend(traits, 0.0).return_odds == 1.0);
  CHECK(mend(traits, 100.0).bad == Approx(0.8));
  CHECK(mend(traits, 100.0).return_odds == Approx(0.95));
  CHECK(mend(traits, 300.0).bad == Approx(0.65));
}

TEST_CASE("naive loops: feedback mends the deliveries of the rotations to come",
          "[naive][statistical]") {
  Scenario scenario = parcels_on_their_way(3000);
  scenario.order.bad_product = 1.0;
  scenario.order.contact_bad = 1.0;  // which resolves nothing
  scenario.order.return_bad = 0.5;
  scenario.order.return_good = 0.5;
  scenario.momentum.feedback = {
      .enabled = true, .half_volume = 1e-6, .least_bad = 0.0, .least_returns = 1.0 / 3.0};
  const NaiveFuture future = play_naive(scenario, 33);
  double early = 0.0;
  for (const NaiveShopper& shopper : future.shoppers) {
    for (const NaiveParcel& parcel : shopper.parcels) early += parcel.delivery_time < 7.0 ? 1 : 0;
  }
  CHECK(early > 1000.0);
  CHECK(future.tally.deliveries - early > 1000.0);
  CHECK(future.tally.bad_experiences == early);
  CHECK(contacts_before(future.tally, 7.0) == early);
  CHECK(contacts_before(future.tally, 60.0) == early);
  // Odds of 1 early and 1/3 late: a half and a quarter.
  const double late = future.tally.deliveries - early;
  const double variance = early / 4.0 + late * 3.0 / 16.0;
  CHECK(std::abs(future.tally.returns - early / 2.0 - late / 4.0) < 5.0 * std::sqrt(variance));
}

TEST_CASE("naive loops: feedback resolves more contacts", "[naive][statistical]") {
  Scenario scenario = parcels_on_their_way(3000);
  scenario.order.bad_product = 1.0;
  scenario.order.contact_bad = 1.0;
  scenario.order.resolved = 0.4;
  scenario.momentum.feedback = {.enabled = true, .half_volume = 1e-6, .least_bad = 0.5};
  const NaiveFuture future = play_naive(scenario, 34);
  const double early = contacts_before(future.tally, 7.0);
  const double late_contacts = contacts_before(future.tally, 61.0) - early;
  const double late = future.tally.deliveries - early;
  CHECK(plausible_count(count(late_contacts), count(late), 0.5));  // half as many bad products
  // 0.6 unresolved early; late half of the products times half of the 0.6
  const double variance = early * 0.24 + late * 0.15 * 0.85;
  CHECK(std::abs(future.tally.bad_experiences - 0.6 * early - 0.15 * late) <
        5.0 * std::sqrt(variance));
}

TEST_CASE("naive loops: organic visits grow by reviews, content and word of mouth", "[naive]") {
  Scenario scenario = quiet_scenario({.shoppers = 100});
  scenario.segments.push_back({.size = 300});
  scenario.organic.visits_per_shopper_day = 0.01;
  scenario.momentum.reputation = {.organic_effect = 0.2, .first_reviews = 4.0, .first_rating = 4.0};
  scenario.momentum.organic_growth = {.content_per_day = 50.0,
                                      .content_visits = 0.001,
                                      .content_kept = 0.5,
                                      .seo_gain = 0.2,
                                      .seo_reviews = 4.0,
                                      .word_of_mouth = 0.002};
  NaiveTally tally{scenario};
  tally.written = {{0.5, 5.0}, {1.0, 5.0}, {1.5, 5.0}, {1.9, 5.0}, {2.0, 1.0}};
  tally.wins = {{0.5, 0}, {2.5, 0}};
  for (int k = 0; k < 6; ++k) tally.wins.push_back({1.0, 1});
  const NaiveConditions calm = start_loops(scenario, {}).now();
  NaiveConditions now = calm;
  grow_organic(now, scenario, tally, 2.0);
  CHECK(now.organic_factor == 1.0);  // all off
  CHECK(now.content_visits == 0.0);
  CHECK(now.spoken_visits == std::vector<double>{0.0, 0.0});
  CHECK(now.brand_factor == 1.0);

  scenario.momentum.reputation.enabled = true;
  grow_organic(now, scenario, tally, 2.0);  // 4.5 stars, were 4
  CHECK(now.organic_factor == Approx(std::exp(0.1)));
  CHECK(now.content_visits == 0.0);

  scenario.momentum.organic_growth.enabled = true;
  grow_organic(now, scenario, tally, 2.0);
  CHECK(now.organic_factor == Approx(1.1 * std::exp(0.1)));  // half of what 4 reviews can do
  CHECK(now.content_visits == Approx(0.001 * 50.0 * 0.75));
  CHECK(now.spoken_visits[0] == Approx(0.002 / 100.0));
  CHECK(now.spoken_visits[1] == Approx(0.012 / 300.0));
  CHECK(mean_spoken_visits(scenario, now) == Approx(0.014 / 400.0));
  CHECK(now.brand_factor ==
        Approx(0.01 / (0.011 * std::exp(0.1) + 0.0375 + 0.000035)).epsilon(1e-12));

  scenario.momentum.organic_growth.enabled = false;
  scenario.momentum.reputation.organic_effect = -0.2;  // fewer organic visits, no more brand ads
  now = calm;
  grow_organic(now, scenario, tally, 2.0);
  CHECK(now.organic_factor == Approx(std::exp(-0.1)));
  CHECK(now.brand_factor == 1.0);
}

TEST_CASE("naive loops: content and customers' word bring visits", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 2000, .flight_days = 21, .cohort_days = 0});
  scenario.organic.visits_per_shopper_day = 0.05;
  scenario.market.demand.assign(21, 2.0);
  for (auto& steps : scenario.funnel.step_log_odds) steps = {50.0, 50.0, -50.0, 0.0, 0.0};
  scenario.momentum.organic_growth = {.enabled = true,
                                      .content_per_day = 10.0,
                                      .content_visits = 0.001,
                                      .content_kept = 1.0,
                                      .word_of_mouth = 100.0};
  NaiveFuture future = play_naive(scenario, 35);
  for (std::size_t rotation = 0; rotation < 3; ++rotation) {
    const double expected = 2000 * 7 * 2.0 * (0.05 + 0.001 * 10.0 * 7.0 * double(rotation));
    CHECK(std::abs(future.tally.engaged_earned[rotation] - expected) < 5.0 * std::sqrt(expected));
  }
  CHECK(future.tally.engaged_paid[1] == 0.0);

  // Customers of the first rotation talk; demand does not move what they say.
  scenario.momentum.organic_growth.content_per_day = 0.0;
  scenario.momentum.organic_growth.word_of_mouth = 0.3;
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 0.3;
  future = play_naive(scenario, 36);
  const double won = sum(future.tally.acquired_earned);
  const double early = future.tally.acquired_earned[0];
  CHECK(future.loops.rotations[1].spoken_visits[0] == Approx(0.3 * early / 2000.0));
  // Whoever has ordered visits no more: at a constant rate the rest decays exponentially.
  const double rate = 0.3 * (0.1 + 0.3 * early / 2000.0);
  CHECK(plausible_count(count(future.tally.acquired_earned[1]), count(2000.0 - early),
                        1.0 - std::exp(-7.0 * rate)));
  CHECK(won > early);
}

TEST_CASE("naive loops: stars bring organic visits", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({});
  scenario.organic.visits_per_shopper_day = 0.5;
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
  world.loops.rotations[0].organic_factor = 1.4;
  std::vector<double> visits;
  for (std::uint64_t number = 0; number < 4000; ++number) {
    NaiveShopper shopper = somebody(number);
    draw_ads_and_visits(world, shopper, 0.0, 1.0);
    visits.push_back(static_cast<double>(shopper.agenda.size()));
  }
  CHECK(plausible_mean(visits, 0.7));
}

TEST_CASE("naive loops: fewer visits pass brand ads where visits grew", "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 2000, .flight_days = 14, .cohort_days = 0});
  scenario.organic.visits_per_shopper_day = 0.1;
  add_channel(scenario, 0.0, 1.0);
  scenario.deliveries[0].brand_shares.assign(14, 0.5);
  scenario.channels[0].brand_price = 1.0;
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);
  scenario.momentum.organic_growth = {
      .enabled = true, .content_per_day = 10.0, .content_visits = 0.3 / 70.0};
  const NaiveTally tally = play_naive(scenario, 37).tally;
  // 0.1 a day, then 0.4, of which each passes an ad with 1/2, then 1/8
  const double expected = 2000 * 7 * 0.05;
  for (const double media : tally.media_by_rotation) {
    CHECK(std::abs(media - expected) < 5.0 * std::sqrt(expected));
  }
}

TEST_CASE("naive loops: friends come when it is known that they are told", "[naive]") {
  Scenario scenario = quiet_scenario({.flight_days = 10, .cohort_days = 60});
  scenario.order.delivery_days = 5.0;
  scenario.advocacy.promoter_above = -100.0;  // everybody is one
  scenario.referral.share_rate = 1.0;
  scenario.referral.fixed_count = true;
  scenario.referral.clicks_per_share = 1.0;
  for (const bool learns : {false, true}) {
    scenario.momentum.feedback.enabled = learns;
    for (const bool promoters_only : {false, true}) {
      scenario.referral.promoters_only = promoters_only;
      NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
      NaiveShopper shopper = somebody();
      shopper.orders = 1;
      fulfill(world, shopper, {.time = 2.0}, 50.0);
      const NaiveEvent delivery = shopper.agenda.top();
      CHECK(world.invited.size() == (learns && promoters_only ? 0 : 1));
      deliver(world, shopper, delivery);
      REQUIRE(world.invited.size() == 1);
      CHECK(world.invited[0].time == (learns && promoters_only ? delivery.time : 2.0));
      CHECK(world.tally.deliveries == 1.0);
      shopper.orders = 2;  // one decides once
      fulfill(world, shopper, {.time = 3.0}, 50.0);
      CHECK(world.invited.size() == 1);
    }
  }
}

}  // namespace flywheel::test
