#include "outcome/tally.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace flywheel {

namespace {

template <class Numbers>
void add_all(Numbers& sum, const Numbers& part) {
  expect(sum.size() == part.size(), "tallies of one run have one shape");
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

}  // namespace

VisitSteps& VisitSteps::operator+=(const VisitSteps& other) {
  visits += other.visits;
  engaged += other.engaged;
  carts += other.carts;
  checkouts += other.checkouts;
  orders += other.orders;
  milliseconds += other.milliseconds;
  return *this;
}

TestHalves& TestHalves::operator+=(const TestHalves& other) {
  without.visits += other.without.visits;
  without.orders += other.without.orders;
  with.visits += other.with.visits;
  with.orders += other.with.orders;
  return *this;
}

LifeStages& LifeStages::operator+=(const LifeStages& other) {
  visits_paid += other.visits_paid;
  visits_earned += other.visits_earned;
  engaged_paid += other.engaged_paid;
  engaged_earned += other.engaged_earned;
  acquired_paid += other.acquired_paid;
  acquired_earned += other.acquired_earned;
  nurtured += other.nurtured;
  retained += other.retained;
  advocates += other.advocates;
  friends += other.friends;
  return *this;
}

MessageSteps& MessageSteps::operator+=(const MessageSteps& other) {
  sent += other.sent;
  delivered += other.delivered;
  opened += other.opened;
  clicked += other.clicked;
  ordered += other.ordered;
  unsubscribed += other.unsubscribed;
  return *this;
}

std::vector<TestHalves> sum_of(std::vector<TestHalves> sum, const std::vector<TestHalves>& part) {
  sum.resize(std::max(sum.size(), part.size()));
  for (std::size_t test = 0; test < part.size(); ++test) sum[test] += part[test];
  return sum;
}

Tally::Tally(const DimensionSizes& sizes)
    : segment_count{sizes.segments},
      impressions(sizes.channels * sizes.segments),
      clicks(sizes.channels * sizes.segments),
      first_orders(sizes.channels * sizes.segments),
      click_orders(sizes.channels * sizes.segments),
      tracked_orders(sizes.channels),
      customers(sizes.segments),
      exposures(sizes.channels * sizes.segments * exposure_class_count),
      messages(sizes.flows),
      life(sizes.rotations) {}

VisitSteps Tally::all_visits() const {
  VisitSteps sum = visits[0];
  return sum += visits[1];
}

MessageSteps Tally::all_messages() const {
  MessageSteps sum;
  for (const MessageSteps& flow : messages) sum += flow;
  return sum;
}

void Tally::merge(const Tally& other) {
  add_all(counts, other.counts);
  add_all(visits, other.visits);
  add_all(impressions, other.impressions);
  add_all(clicks, other.clicks);
  add_all(first_orders, other.first_orders);
  add_all(click_orders, other.click_orders);
  add_all(tracked_orders, other.tracked_orders);
  add_all(customers, other.customers);
  add_all(exposures, other.exposures);
  add_all(messages, other.messages);
  tests = sum_of(std::move(tests), other.tests);
  add_all(life, other.life);
  add_all(reasons, other.reasons);
  add_all(pool_entries, other.pool_entries);
  add_all(pool_visits, other.pool_visits);
  add_all(pool_orders, other.pool_orders);
  add_all(old_enough, other.old_enough);
  add_all(repeated, other.repeated);
}

}  // namespace flywheel
