// Orders: docs/model.md 7.6 to 7.8.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"

namespace flywheel::test {

namespace {

/// An order's value at the price of the rotation, before discounts.
double draw_value(const NaiveWorld& world, NaiveShopper& shopper) {
  const Scenario& scenario = world.scenario;
  return world.loops.now().marketplace.price * scenario.order.mean_value * shopper.traits.v *
         scenario.segments[static_cast<std::size_t>(shopper.segment)].basket_factor *
         (shopper.is_friend ? scenario.referral.value_uplift : 1.0) *
         scenario.order.noise(shopper.stream.open_uniform());
}

void give_credit(NaiveWorld& world, NaiveShopper& shopper, double now, double net_value) {
  NaiveTally& tally = world.tally;
  const auto won = credited_touch(world.scenario, shopper, now);
  const auto seen = tracked_touch(world.scenario, shopper, now);
  if (seen) {
    tally.tracked_orders[static_cast<std::size_t>(seen->channel)] += 1;
    tally.tracked_value += net_value;
    tally.tracked.push_back({now, seen->channel, shopper.segment, net_value});
  }
  tally.wins.push_back({now, shopper.segment});
  count_by_rotation(won ? tally.acquired_paid : tally.acquired_earned, world.scenario, now);
  if (won) {
    tally.first_orders.at(won->channel, shopper.segment) += 1;
    if (won->is_click && !won->is_brand) tally.click_orders.at(won->channel, shopper.segment) += 1;
    tally.root_customers += 1;
    shopper.root = NaiveRoot{now, won->channel, shopper.segment};
  } else if (shopper.is_friend) {
    tally.referred_customers += 1;
  } else {
    tally.organic_customers += 1;
  }
}

void start_offers_and_flows(NaiveWorld& world, NaiveShopper& shopper, double now) {
  start_flows(world, shopper, Trigger::order, now);
  start_flows(world, shopper, Trigger::lapse, now);
  const auto& offers = world.scenario.offers;
  for (std::size_t k = 0; k < offers.size(); ++k) {
    shopper.agenda.push({.time = now + offers[k].after_days,
                         .kind = NaiveEventKind::offer_issue,
                         .index = static_cast<int>(k),
                         .stamp = shopper.orders});
  }
}

/// What every order has in common, once its value and who gets credit are settled.
void count_order(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order, double value) {
  NaiveTally& tally = world.tally;
  shopper.orders += 1;
  if (shopper.orders == 2) shopper.second_order_time = order.time;
  tally.orders += 1;
  count_by_rotation(tally.orders_by_rotation, world.scenario, order.time);
  tally.events += 1;
  tally.order_value += value;
  if (is_in_cohort(world.scenario, shopper.root, order.time)) tally.cohort_orders += 1;
  tally.discounts += value * order.discount;
  count_by_rotation(tally.incentives_by_rotation, world.scenario, order.time,
                    value * order.discount);
  fulfill(world, shopper, order, value);
  start_offers_and_flows(world, shopper, order.time);
  queue_customer_ads(world, shopper, order.time);
  join_programmes(world, shopper, order.time);
}

}  // namespace

void place_first_order(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order) {
  const Scenario& scenario = world.scenario;
  const double now = order.time;
  const double discount =
      std::max(order.discount, shopper.is_friend ? scenario.referral.friend_discount : 0.0);
  const double value = draw_value(world, shopper);
  shopper.is_pending = false;
  shopper.is_customer = true;
  shopper.first_order_time = now;
  shopper.window_opened = -never;
  shopper.abandonment_run += 1;
  give_credit(world, shopper, now, value * (1.0 - discount));
  if (shopper.is_friend) {
    world.tally.friends_with_order += 1;
    book(world.tally, scenario, shopper.root,
         {NaiveAccount::reward, now, scenario.referral.referrer_reward});
  }
  if (shopper.stream.bernoulli(scenario.messages.consent_at_order)) give_consent(world, shopper);
  count_order(world, shopper, {now, discount}, value);
  draw_purchases(world, shopper, now, std::floor(now) + 1.0);
}

void place_repeat_order(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order) {
  world.tally.repeat_orders += 1;
  count_by_rotation(world.tally.retained, world.scenario, order.time);
  const double value = draw_value(world, shopper);
  count_order(world, shopper, order, value);
}

}  // namespace flywheel::test
