// Columns of the loops, from what was counted.
#include <cmath>
#include <limits>

#include "naive/engine.hpp"
#include "naive/row.hpp"

namespace flywheel::test {

namespace {

using enum Column;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

void report_page_tests(NaiveRow& row, const NaiveLoops& loops) {
  double finished = 0.0;
  double won = 0.0;
  double won_falsely = 0.0;
  double true_lifts = 0.0;
  double observed = 0.0;  // those won over a half with orders
  double observed_lifts = 0.0;
  for (const NaivePageTest& test : loops.tests) {
    finished += test.is_finished ? 1.0 : 0.0;
    if (!test.is_won) continue;
    const auto& [a, b] = test.halves;
    won += 1.0;
    won_falsely += test.idea.effect <= 0.0 ? 1.0 : 0.0;
    true_lifts += std::exp(test.idea.effect) - 1.0;
    if (a.orders == 0.0) continue;
    observed += 1.0;
    observed_lifts += (b.orders / b.visits) / (a.orders / a.visits) - 1.0;
  }
  row.set(page_tests, finished);
  row.set(page_test_wins, won);
  row.set(page_test_false_wins, won_falsely);
  row.set(page_test_observed_lift, observed_lifts / observed);
  row.set(page_test_true_lift, true_lifts / won);
}

double organic_factor_in(const Scenario& scenario, const NaiveConditions& conditions) {
  const double planned = scenario.organic.visits_per_shopper_day;
  const double level = planned * conditions.organic_factor + conditions.content_visits +
                       mean_spoken_visits(scenario, conditions);
  return planned == 0.0 ? undefined : level / planned;
}

/// The rating at the begin of a rotation; that of day 0 where nothing turns.
double rating_in(const Scenario& scenario, const NaiveTally& tally, std::size_t rotation) {
  const double begin = static_cast<double>(rotation) * scenario.calendar.rotation_days;
  const NaiveReviews written =
      scenario.momentum.turns() ? reviews_before(tally, begin) : NaiveReviews{};
  return rating_of(scenario.momentum.reputation, written);
}

/// What held in each rotation.
void report_shop(NaiveRow& row, const Scenario& scenario, const NaiveFuture& future) {
  const auto& rotations = future.loops.rotations;
  for (std::size_t r = 0; r < rotations.size(); ++r) {
    const NaiveLifts& lifts = rotations[r].lifts;
    row.set(rating, rating_in(scenario, future.tally, r), r);
    row.set(conversion_effect, lifts.everywhere + lifts.pages + lifts.checkout, r);
    row.set(organic_factor, organic_factor_in(scenario, rotations[r]), r);
    row.set(bad_factor, rotations[r].mending.bad, r);
    const NaiveMarketplace& marketplace = rotations[r].marketplace;
    row.set(price_index, marketplace.price, r);
    row.set(unit_cost, marketplace.unit_cost, r);
    row.set(sellers, scenario.momentum.marketplace.enabled ? marketplace.sellers : undefined, r);
    row.set(selection, marketplace.good + marketplace.poor, r);
    row.set(availability, marketplace.availability, r);
    const double visits = future.tally.visits_by_rotation[r];
    const double paid = future.tally.ad_visits_by_rotation[r];
    row.set(organic_share, visits == 0.0 ? undefined : (visits - paid) / visits, r);
  }
}

void report_targeting(NaiveRow& row, const Scenario& scenario, const NaiveLoops& loops) {
  const int last_day = scenario.calendar.flight_days - 1;
  const auto last = static_cast<std::size_t>(last_day / scenario.calendar.rotation_days);
  const std::size_t channels = scenario.channels.size();
  for (std::size_t c = 0; c <= channels; ++c) {
    row.set(sharpness_by_channel, c < channels ? loops.rotations[last].aims[c].sharpness : 1.0, c);
    for (std::size_t g = 0; g < scenario.segments.size(); ++g) {
      const bool is_known = c < channels && !loops.rotations[last].aims[c].shares.empty();
      row.set(budget_share_by_channel_segment,
              is_known ? loops.rotations[last].aims[c].shares[g] : undefined, c, g);
    }
  }
}

void report_rotations(NaiveRow& row, const Scenario& scenario, const NaiveTally& tally) {
  auto customers = static_cast<double>(scenario.day_zero.customers);
  row.set_all(engaged_paid, tally.engaged_paid);
  row.set_all(engaged_earned, tally.engaged_earned);
  row.set_all(acquired_paid, tally.acquired_paid);
  row.set_all(acquired_earned, tally.acquired_earned);
  row.set_all(nurtured, tally.nurtured);
  row.set_all(retained, tally.retained);
  row.set_all(advocates, tally.advocates);
  row.set_all(friends_by_rotation, tally.friends_by_rotation);
  row.set_all(media_by_rotation, tally.media_by_rotation);
  row.set_all(message_cost_by_rotation, tally.message_cost_by_rotation);
  row.set_all(incentives_by_rotation, tally.incentives_by_rotation);
  row.set_all(rewards_by_rotation, tally.rewards_by_rotation);
  for (std::size_t r = 0; r < tally.media_by_rotation.size(); ++r) {
    const double media = tally.media_by_rotation[r];
    const double engaged = tally.engaged_paid[r] + tally.engaged_earned[r];
    const double won = tally.acquired_paid[r] + tally.acquired_earned[r];
    row.set(engagement_per_media, media == 0.0 ? undefined : engaged / media, r);
    row.set(cost_per_customer, won == 0.0 ? undefined : media / won, r);
    customers += won;
    row.set(acquire_rate, engaged == 0.0 ? undefined : won / engaged, r);
    row.set(nurture_rate, customers == 0.0 ? undefined : tally.nurtured[r] / customers, r);
    row.set(retain_rate, customers == 0.0 ? undefined : tally.retained[r] / customers, r);
    row.set(advocate_rate, customers == 0.0 ? undefined : tally.advocates[r] / customers, r);
    row.set(friend_rate, customers == 0.0 ? undefined : tally.friends_by_rotation[r] / customers,
            r);
  }
}

}  // namespace

void report_loops(NaiveRow& row, const Scenario& scenario, const NaiveFuture& future) {
  report_page_tests(row, future.loops);
  row.set(service_contacts, contacts_before(future.tally, scenario.calendar.horizon()));
  report_shop(row, scenario, future);
  report_targeting(row, scenario, future.loops);
  report_rotations(row, scenario, future.tally);
}

}  // namespace flywheel::test
