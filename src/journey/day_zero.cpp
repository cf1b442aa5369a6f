#include "journey/day_zero.hpp"

#include "journey/journey.hpp"
#include "journey/messages.hpp"
#include "journey/repeat.hpp"
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

void admit(Block& block, const DayZeroTraits& traits, std::uint64_t index) {
  const World& world = block.world;
  const PersonId person = PersonId::of_customer(world.number, index);
  Stream draws{world.key, Purpose::day_zero, person.value};
  const double age = traits.tenure_days * draws.uniform();
  Record record = new_record(world, person, world.traits.reach(person).intent,
                             world.traits.bits(person).propensity);
  record.standing = Standing::customer;
  Customer customer;
  customer.from_day_zero = true;
  customer.first_order = -age;
  customer.last_order = -age;
  customer.orders = 1;
  customer.segment = record.segment;
  customer.rate =
      world.repeat->mean_rate * world.segment->loyalty_factor * world.traits.purchase_rate(person);
  customer.value =
      world.order->mean_value * world.segment->basket_factor * world.traits.basket_level(person);
  customer.dropout = draw_dropout(world, person, age, customer.rate);
  record.customer = block.crowd.add_customer(customer);
  const std::uint32_t number = block.crowd.add(record);
  block.crowd.customer(record.customer).person = number;
  give_consent(block, number, -age, traits.consent_share, child_luck(0, 11));
  if (customer.dropout > 0.0) plan_purchase(block, number, 0.0);
}

}  // namespace

void admit_day_zero(Block& block, const DayZeroTraits& traits, std::uint64_t customers) {
  for (std::uint64_t index = 0; index < customers; ++index) admit(block, traits, index);
}

}  // namespace flywheel
