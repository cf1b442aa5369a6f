// Word of mouth alone against the diffusion model of Bass (1969).
#include <cmath>
#include <vector>

#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr double innovation = 0.003;  // p: visits a day that nobody's word brought
constexpr double imitation = 0.08;    // q: by the word of each customer
constexpr int days = 120;

/// A closed pool in which every visit is a purchase at once, in rotations of this many days.
Scenario talking(std::uint64_t shoppers, int rotation_days) {
  Scenario scenario =
      quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = days - 1});
  scenario.calendar.rotation_days = rotation_days;
  scenario.organic.visits_per_shopper_day = innovation;
  let_all_visits_order(scenario);
  scenario.momentum.rotation_days = rotation_days;
  scenario.momentum.organic_growth = {
      .enabled = true, .visits_per_shopper_day = innovation, .word_of_mouth = imitation};
  return scenario;
}

/// Share of the pool that has bought by a day.
double bass(double day) {
  const double gone = std::exp(-(innovation + imitation) * day);
  return (1.0 - gone) / (1.0 + imitation / innovation * gone);
}

/// The same where the hazard is set anew once in a rotation: what the pool of a rotation tends to,
/// however large it is.
double bass_by_rotation(int until, int rotation_days) {
  double share = 0.0;
  for (int day = 0; day < until; day += rotation_days) {
    share = 1.0 - (1.0 - share) * std::exp(-(innovation + imitation * share) * rotation_days);
  }
  return share;
}

double bought_by(const FastFuture& future, int day, int rotation_days) {
  double customers = 0.0;
  for (int rotation = 0; rotation * rotation_days < day; ++rotation) {
    customers += future(Column::acquired_earned, static_cast<std::size_t>(rotation));
  }
  return customers;
}

}  // namespace

TEST_CASE("rotations of a day are the curve of Bass but for half a day", "[verification][bass]") {
  for (const int day : {20, 40, 60, 90}) {
    CHECK(bass_by_rotation(day, 1) < bass(day));
    CHECK(bass_by_rotation(day, 1) > bass(day - 0.04 * day));
  }
  CHECK(std::abs(bass_by_rotation(60, 1) / bass(60.0) - 1.0) < 0.04);
}

TEST_CASE("word of mouth fills a closed pool as Bass has it", "[verification][bass][statistical]") {
  constexpr std::uint64_t shoppers = 20'000;
  for (const int rotation_days : {1, 5}) {
    const Scenario scenario = talking(shoppers, rotation_days);
    std::vector<FastFuture> futures;
    for (std::uint64_t luck = 0; luck < 40; ++luck) futures.push_back(play_fast(scenario, luck));
    for (const int day : {20, 40, 60, 90, 120}) {
      CAPTURE(rotation_days, day);
      std::vector<double> shares;
      for (const FastFuture& future : futures) {
        shares.push_back(bought_by(future, day, rotation_days) / shoppers);
      }
      CHECK(plausible_mean(shares, bass_by_rotation(day, rotation_days)));
    }
  }
}

}  // namespace flywheel::test
