#include "journey/repeat.hpp"

#include <algorithm>

#include "journey/offers.hpp"
#include "journey/orders.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t lifetime_draw = std::uint64_t{1} << 40U;
constexpr std::uint64_t dropout_draw = std::uint64_t{1} << 41U;

double clock_at(const RepeatTraits& repeat, Days time) {
  const auto day = day_index(time);
  const double begin = repeat.clock[day];
  return begin + (time - static_cast<double>(day)) * (repeat.clock[day + 1] - begin);
}

}  // namespace

Days clock_time(const RepeatTraits& repeat, Days from, double more) {
  if (repeat.clock.empty()) return from + more;
  if (!(from < static_cast<double>(repeat.clock.size() - 1))) return never;
  const double target = clock_at(repeat, from) + more;
  if (!(target < repeat.clock.back())) return never;
  const auto today = repeat.clock.begin() + static_cast<std::ptrdiff_t>(from);
  const auto after = std::upper_bound(today, repeat.clock.end(), target);
  const auto day = static_cast<std::size_t>(after - repeat.clock.begin()) - 1;
  const double length = repeat.clock[day + 1] - repeat.clock[day];
  return static_cast<double>(day) + (target - repeat.clock[day]) / length;
}

void start_repeats(Block& block, std::uint32_t person, Days time) {
  const World& world = block.world;
  const Record& record = block.crowd.record(person);
  Customer& customer = block.crowd.customer(record.customer);
  if (world.repeat->process == RepeatProcess::pareto_nbd) {
    Stream draws{world.key, Purpose::purchase, record.id.value, lifetime_draw + customer.renewals};
    const double rate = world.repeat->mean_dropout * world.traits.dropout(record.id) *
                        (customer.upper_tier ? world.loyalty->tier_dropout_factor : 1.0);
    customer.dropout = rate > 0.0 ? time + draws.exponential() / rate : never;
  }
  plan_purchase(block, person, time);
}

void plan_purchase(Block& block, std::uint32_t person, Days from) {
  const Record& record = block.crowd.record(person);
  Customer& customer = block.crowd.customer(record.customer);
  ++customer.purchase_token;
  if (customer.subscribed || customer.rate <= 0.0) return;
  Stream draws{block.world.key, Purpose::purchase, record.id.value, customer.purchase_token};
  const Days time = clock_time(*block.world.repeat, from, draws.exponential() / customer.rate);
  if (!(time < std::min(customer.dropout, block.world.horizon))) return;
  schedule(block, {.time = time,
                   .luck = customer.purchase_token,
                   .person = person,
                   .kind = EventKind::purchase,
                   .step = customer.purchase_token});
}

void play_purchase(Block& block, const Event& event) {
  const World& world = block.world;
  const PersonId id = block.crowd.record(event.person).id;
  const std::uint32_t number = block.crowd.record(event.person).customer;
  Customer& customer = block.crowd.customer(number);
  const bool stands = event.step == customer.purchase_token && event.time < customer.dropout &&
                      !customer.subscribed;
  if (!stands) return;
  if (customer.skipped > 0) {
    --customer.skipped;
    return plan_purchase(block, event.person, event.time);
  }
  const double discount = given_away(block, event.person, event.time);
  place_order(block, {event.person, event.time, discount});
  Customer& after = block.crowd.customer(number);
  if (world.repeat->process == RepeatProcess::bg_nbd) {
    Stream draws{world.key, Purpose::purchase, id.value, dropout_draw + event.step};
    if (draws.bernoulli(world.traits.dropout(id))) {
      after.dropout = event.time;
      ++after.purchase_token;
      return;
    }
  }
  if (after.purchase_token == event.step) plan_purchase(block, event.person, event.time);
}

}  // namespace flywheel
