#include "journey/day_zero.hpp"

#include "journey/journey.hpp"
#include "journey/messages.hpp"
#include "journey/repeat.hpp"
#include "journey/running_subscription.hpp"
#include "journey/subscription.hpp"
#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// End of the repeat process of a customer whose first order was `age` days ago; at or before day 0
/// for those who have dropped out.
Days draw_dropout(const World& world, PersonId person, double age, double rate) {
  Stream draws{world.key, Purpose::day_zero, person.value, 16};
  const double dropout = world.traits.dropout(person);
  if (world.repeat->process == RepeatProcess::pareto_nbd) {
    const double hazard = world.repeat->mean_dropout * dropout;
    return hazard > 0.0 ? draws.exponential() / hazard - age : never;
  }
  if (world.repeat->process == RepeatProcess::bg_nbd) {
    const std::uint64_t past = draw_poisson(draws, rate * age);
    for (std::uint64_t order = 0; order < past; ++order) {
      if (draws.bernoulli(dropout)) return 0.0;
    }
  }
  return never;
}

Customer new_customer(const World& world, PersonId person) {
  Customer customer;
  customer.from_day_zero = true;
  customer.orders = 1;
  customer.rate =
      world.repeat->mean_rate * world.segment->loyalty_factor * world.traits.purchase_rate(person);
  customer.value =
      world.order->mean_value * world.segment->basket_factor * world.traits.basket_level(person);
  return customer;
}

/// Adds an existing customer whose first order was `age` days ago; returns the record's number.
std::uint32_t add_customer(Block& block, PersonId person, double age) {
  const World& world = block.world;
  Record record = new_record(world, person, world.traits.reach(person).intent,
                             world.traits.bits(person).propensity);
  record.standing = Standing::customer;
  Customer customer = new_customer(world, person);
  customer.first_order = -age;
  customer.last_order = -age;
  customer.segment = record.segment;
  record.customer = block.crowd.add_customer(customer);
  const std::uint32_t number = block.crowd.add(record);
  block.crowd.customer(record.customer).person = number;
  return number;
}

void ask_consent(Block& block, const DayZeroTraits& traits, std::uint32_t number, double age) {
  give_consent(block, number, -age, traits.consent_share, child_luck(0, 11));
}

void admit_buyer(Block& block, const DayZeroTraits& traits, PersonId person) {
  const World& world = block.world;
  Stream draws{world.key, Purpose::day_zero, person.value};
  const double age = traits.tenure_days * draws.uniform();
  const std::uint32_t number = add_customer(block, person, age);
  Customer& customer = block.crowd.customer(block.crowd.record(number).customer);
  customer.dropout = draw_dropout(world, person, age, customer.rate);
  const bool alive = customer.dropout > 0.0;
  ask_consent(block, traits, number, age);
  if (alive) plan_purchase(block, number, 0.0);
}

void admit_subscriber(Block& block, const DayZeroTraits& traits, const RunningSubscriptions& all,
                      PersonId person) {
  Stream draws{block.world.key, Purpose::day_zero, person.value};
  const double since = draws.uniform() * block.world.subscription->interval_days;
  const std::uint16_t renewals = all.renewals(draws.uniform());
  const double age = renewals * block.world.subscription->interval_days + since;
  const std::uint32_t number = add_customer(block, person, age);
  ask_consent(block, traits, number, age);
  resume_subscription(block, number, {.renewals = renewals, .days_since = since});
}

}  // namespace

bool subscribes_at_day_zero(const DayZeroTraits& traits, std::uint64_t number) {
  if (traits.subscribers == 0) return false;
  const auto before = [&](std::uint64_t customers) {
    return customers * traits.subscribers / traits.customers;
  };
  return before(number + 1) > before(number);
}

void admit_day_zero(Block& block, const DayZeroTraits& traits, const DayZeroPart& part) {
  const RunningSubscriptions subscriptions{*block.world.subscription, traits.tenure_days};
  for (std::uint64_t index = 0; index < part.count; ++index) {
    const PersonId person = PersonId::of_customer(block.world.number, index);
    if (subscribes_at_day_zero(traits, part.first + index)) {
      admit_subscriber(block, traits, subscriptions, person);
    } else {
      admit_buyer(block, traits, person);
    }
  }
}

}  // namespace flywheel
