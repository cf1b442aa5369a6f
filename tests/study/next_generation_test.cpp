#include "study/next_generation.hpp"

#include <cmath>
#include <numbers>

#include "core/check.hpp"
#include "naive/small_scenario.hpp"
#include "scenario/reproduction.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr double ln3 = 1.0986122886681098;

/// Two segments; anybody shares with a chance of 0.3 with two friends, of whom half order in the
/// first segment and 3/4 in the second: R = 0.3 and 0.45. Word of mouth: 0.01 visits a day over the
/// 24.5 days from the middle of the flight to the horizon, ordering alike.
Scenario two_segments() {
  Scenario scenario =
      quiet_scenario({.shoppers = 100, .flight_days = 7, .conversion_days = 7, .cohort_days = 14});
  let_all_visits_order(scenario);
  for (auto& steps : scenario.funnel.step_log_odds) steps[4] = 0.0;
  scenario.referral = {.promoters_only = false, .share_rate = 0.3, .clicks_per_share = 2.0};
  scenario.segments.push_back({.size = 900, .conversion_log_odds = ln3});
  scenario.momentum.organic_growth = {.enabled = true, .word_of_mouth = 0.01};
  return scenario;
}

const std::vector<std::string> names{"young", "old"};

}  // namespace

TEST_CASE("the spectral radius is the largest absolute eigenvalue", "[study][loops]") {
  // Trace 0.3, determinant -0.1: 0.5 and -0.2.
  CHECK(spectral_radius(std::vector<double>{0.2, 0.3, 0.4, 0.1}) == Approx(0.5).epsilon(1e-12));
  CHECK(spectral_radius(std::vector<double>{0.1, -0.5, 0.5, 0.1}) ==
        Approx(std::sqrt(0.26)).epsilon(1e-12));  // a complex pair
  CHECK(spectral_radius(std::vector<double>{0.0, 1.0, 0.0, 0.0}) == Approx(0.0).margin(1e-12));
  CHECK(spectral_radius(std::vector<double>{0.7}) == Approx(0.7));
  CHECK(spectral_radius({}) == 0.0);
  CHECK_THROWS_AS(spectral_radius(std::vector<double>{1.0, 2.0}), ContractBroken);
  CHECK(loop_multiplier(0.5) == 2.0);
  CHECK(loop_multiplier(0.0) == 1.0);
  CHECK(std::isinf(loop_multiplier(1.0)));
  CHECK(std::isinf(loop_multiplier(1.7)));
}

TEST_CASE("a customer brings friends and visits by word of mouth, whoever won him",
          "[study][loops]") {
  const Scenario scenario = two_segments();
  const NextGeneration next = next_generation(scenario, names);
  CHECK(next.kinds == std::vector<std::string>{"young, by ads", "young, unasked",
                                               "young, by a friend", "old, by ads", "old, unasked",
                                               "old, by a friend"});
  for (std::size_t from = 0; from < 3; ++from) {
    CHECK(next.at(0, from) == 0.0);
    CHECK(next.at(1, from) == Approx(0.245 * 0.5));
    CHECK(next.at(2, from) == Approx(0.3));
    CHECK(next.at(4, from) == 0.0);  // word stays in the segment
    CHECK(next.at(4, 3 + from) == Approx(0.245 * 0.75));
    CHECK(next.at(5, 3 + from) == Approx(0.45));
    CHECK(next.at(5, from) == 0.0);
  }
  // A segment's block has equal columns: its eigenvalue is their sum.
  CHECK(spectral_radius(next.brought) == Approx(0.245 * 0.75 + 0.45));
}

TEST_CASE("where organic growth or referral is off nobody comes by it", "[study][loops]") {
  Scenario scenario = two_segments();
  scenario.momentum.organic_growth.enabled = false;
  CHECK(next_generation(scenario, names).at(1, 0) == 0.0);
  CHECK(spectral_radius(next_generation(scenario, names).brought) == Approx(0.45));
  scenario.referral.share_rate = 0.0;
  CHECK(spectral_radius(next_generation(scenario, names).brought) == 0.0);
}

TEST_CASE("an organic visit orders by the intent of those who visit", "[study][loops]") {
  Scenario scenario = two_segments();
  CHECK(expect_organic_orders(scenario).at(0) == Approx(0.5));
  // Who visits has intents of mean theta = 0.6; of these 0.8 z moves the last step.
  scenario.audience.has_intent = true;
  scenario.organic.intent_loading = 0.6;
  scenario.funnel.intent_loading = 0.8;
  double expected = 0.0;
  for (int k = -900; k <= 900; ++k) {
    const double z = 0.01 * k;
    const double density =
        std::exp(-0.5 * (z - 0.6) * (z - 0.6)) / std::sqrt(2.0 * std::numbers::pi);
    expected += 0.01 * density / (1.0 + std::exp(-0.8 * z));
  }
  CHECK(expect_organic_orders(scenario).at(0) == Approx(expected).epsilon(1e-7));
  // Who leaves comes back by himself, and orders with the same chance: 0.5 + 0.5 * 0.4 * 0.5 / 0.8.
  Scenario returning = two_segments();
  returning.retargeting.return_probability = 0.4;
  returning.referral.retarget_friends = false;  // is about friends
  CHECK(expect_organic_orders(returning).at(0) == Approx(0.625));
}

TEST_CASE("the matrix of a plan is that of its medians", "[study][loops]") {
  Plan plan = small_plan({"referral.share_rate=0.2", "loops.organic_growth=true"});
  const ScenarioSource source{plan};
  const NextGeneration next = median_next_generation(source);
  REQUIRE(next.kinds.size() == 6);
  CHECK(next.at(1, 0) > 0.0);
  CHECK(next.at(5, 3) > 0.0);
  plan.loops.referral = 0;
  CHECK(median_next_generation(ScenarioSource{plan}).at(5, 3) == 0.0);
  CHECK(median_next_generation(ScenarioSource{plan}).at(1, 0) == next.at(1, 0));
}

}  // namespace flywheel::test
