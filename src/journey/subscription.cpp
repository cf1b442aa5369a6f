#include "journey/subscription.hpp"

#include "journey/orders.hpp"
#include "journey/repeat.hpp"
#include "random/gamma.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr Days year = 365.0;
constexpr std::uint64_t churn_draws = std::uint64_t{1} << 32U;
constexpr std::uint64_t offer_draws = std::uint64_t{1} << 33U;

void plan_renewal(Block& block, std::uint32_t person, Days time) {
  const Days date = time + block.world.subscription->interval_days;
  if (!(date < block.world.horizon)) return;
  schedule(block, {.time = date, .person = person, .kind = EventKind::renewal});
}

void subscribe(Block& block, std::uint32_t person, Days time, Stream& churn) {
  const SubscriptionTraits& traits = *block.world.subscription;
  Customer& customer = block.crowd.customer(block.crowd.record(person).customer);
  customer.subscribed = true;
  customer.dropout = never;
  customer.churn = draw_beta(churn, traits.churn_alpha, traits.churn_beta);
  block.tally.add(Count::subscribers);
  plan_renewal(block, person, time);
}

void end_subscription(Block& block, std::uint32_t person, Days time) {
  block.crowd.customer(block.crowd.record(person).customer).subscribed = false;
  start_repeats(block, person, time);
}

bool is_alive(const Customer& customer, Days time) {
  return customer.subscribed || time < customer.dropout;
}

void collect_fee(Block& block, std::uint32_t person, Days time) {
  const Customer& customer = block.crowd.customer(block.crowd.record(person).customer);
  book_fee(block, customer, time, Money::units(block.world.loyalty->membership_fee));
  schedule(block, {.time = time + year, .person = person, .kind = EventKind::membership_fee});
}

void enter_upper_tier(Block& block, std::uint32_t person, Days time) {
  const LoyaltyTraits& loyalty = *block.world.loyalty;
  Customer& customer = block.crowd.customer(block.crowd.record(person).customer);
  customer.upper_tier = true;
  customer.rate *= loyalty.tier_rate_factor;
  const bool living = customer.dropout != never && time < customer.dropout;
  if (living && block.world.repeat->process == RepeatProcess::pareto_nbd) {
    // Exponential lifetimes have no memory: what is left is stretched by the factor.
    customer.dropout = time + (customer.dropout - time) / loyalty.tier_dropout_factor;
  }
}

bool becomes_member(const Block& block, const Record& record) {
  Stream draws{block.world.key, Purpose::membership, record.id.value};
  return draws.bernoulli(block.world.loyalty->membership_take_up);
}

}  // namespace

void begin_custom(Block& block, std::uint32_t person, Days time) {
  const SubscriptionTraits& traits = *block.world.subscription;
  const Record& record = block.crowd.record(person);
  Stream draws{block.world.key, Purpose::subscription, record.id.value};
  if (traits.take_up <= 0.0 || !draws.bernoulli(traits.take_up)) {
    return start_repeats(block, person, time);
  }
  Stream churn{block.world.key, Purpose::subscription, record.id.value, churn_draws};
  subscribe(block, person, time, churn);
}

void subscribe_by_offer(Block& block, std::uint32_t person, Days time, double chance) {
  const Record& record = block.crowd.record(person);
  const Customer& customer = block.crowd.customer(record.customer);
  if (chance <= 0.0 || customer.subscribed) return;
  Stream draws{block.world.key, Purpose::subscription, record.id.value,
               offer_draws + (std::uint64_t{customer.redemptions} << 16U)};
  if (draws.bernoulli(chance)) subscribe(block, person, time, draws);
}

void resume_subscription(Block& block, std::uint32_t person, const PastSubscription& past) {
  const SubscriptionTraits& traits = *block.world.subscription;
  const Record& record = block.crowd.record(person);
  Customer& customer = block.crowd.customer(record.customer);
  Stream churn{block.world.key, Purpose::subscription, record.id.value, churn_draws};
  customer.subscribed = true;
  customer.renewals = past.renewals;
  customer.churn = draw_beta(churn, traits.churn_alpha, traits.churn_beta + past.renewals);
  plan_renewal(block, person, -past.days_since);
}

void play_renewal(Block& block, const Event& event) {
  const SubscriptionTraits& traits = *block.world.subscription;
  const Record record = block.crowd.record(event.person);
  Customer& customer = block.crowd.customer(record.customer);
  ++customer.renewals;
  Stream draws{block.world.key, Purpose::subscription, record.id.value,
               std::uint64_t{2} * customer.renewals};
  const bool leaves = draws.bernoulli(customer.churn);
  const bool pauses = draws.bernoulli(traits.pause_probability);
  const bool fails = draws.bernoulli(traits.failed_payment);
  const bool recovered = draws.bernoulli(traits.recovered);
  if (leaves || (!pauses && fails && !recovered)) {
    return end_subscription(block, event.person, event.time);
  }
  if (!pauses) {
    block.tally.add(Count::renewals);
    place_order(block, {event.person, event.time, traits.discount});
  }
  plan_renewal(block, event.person, event.time);
}

void reward_loyalty(Block& block, std::uint32_t person, Days time) {
  const LoyaltyTraits& loyalty = *block.world.loyalty;
  const std::uint32_t number = block.crowd.record(person).customer;
  const std::uint32_t orders = block.crowd.customer(number).orders;
  const double rate = block.crowd.customer(number).rate;
  if (loyalty.tier_orders > 0 && orders == static_cast<std::uint32_t>(loyalty.tier_orders)) {
    enter_upper_tier(block, person, time);
  }
  Customer& customer = block.crowd.customer(number);
  if (orders == 2 && becomes_member(block, block.crowd.record(person))) {
    customer.member = true;
    customer.rate *= loyalty.membership_rate_factor;
    block.tally.add(Count::members);
    collect_fee(block, person, time);
  }
  if (customer.rate != rate && time < customer.dropout) plan_purchase(block, person, time);
}

void play_membership_fee(Block& block, const Event& event) {
  const Record& record = block.crowd.record(event.person);
  if (is_alive(block.crowd.customer(record.customer), event.time)) {
    collect_fee(block, event.person, event.time);
  }
}

}  // namespace flywheel
