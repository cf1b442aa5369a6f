#include "journey/messages.hpp"

#include <algorithm>
#include <cmath>

#include "journey/cohort.hpp"
#include "journey/orders.hpp"
#include "journey/post_purchase.hpp"
#include "journey/put_off.hpp"
#include "journey/visits.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

bool may_receive(const Record& record, const FlowTraits& flow) {
  return record.has_consent && !record.unsubscribed && (!flow.by_text || record.by_text);
}

/// First slot of a calendar flow after `time`; `never` when there is none.
Days next_slot(const FlowTraits& flow, Days time) {
  if (time < flow.first_after_days) return flow.first_after_days;
  if (flow.every_days <= 0.0) return never;
  const double passed = std::floor((time - flow.first_after_days) / flow.every_days);
  return flow.first_after_days + (passed + 1.0) * flow.every_days;
}

std::uint64_t message_luck(std::size_t flow, std::uint64_t token, std::uint64_t step) {
  return child_luck((static_cast<std::uint64_t>(flow) << 40U) | token, step);
}

Event message_at(Days time, std::uint32_t person, std::size_t flow, std::uint32_t token) {
  return {.time = time,
          .luck = message_luck(flow, token, 0),
          .mark = static_cast<double>(token),
          .person = person,
          .kind = EventKind::message,
          .source = static_cast<std::uint8_t>(flow),
          .step = 0};
}

void start_calendar(Block& block, std::uint32_t person, Days time) {
  const std::vector<FlowTraits>& flows = *block.world.flows;
  if (!block.world.messages->runs) return;
  for (std::size_t flow = 0; flow < flows.size(); ++flow) {
    if (flows[flow].trigger != Trigger::calendar) continue;
    if (!may_receive(block.crowd.record(person), flows[flow])) continue;
    const Days slot = next_slot(flows[flow], time);
    if (slot < block.world.horizon) schedule(block, message_at(slot, person, flow, 0));
  }
}

/// Whether what set the flow off still stands: no order since, for flows that an order ends.
bool token_holds(Block& block, const Record& record, Trigger trigger, std::uint32_t token) {
  switch (trigger) {
    case Trigger::cart_abandoned:
    case Trigger::browse_abandoned:
      return record.abandonment == token;
    case Trigger::lapse:
      return record.customer != nobody && block.crowd.customer(record.customer).orders == token;
    default:
      return true;
  }
}

void plan_next(Block& block, const Event& event, const FlowTraits& flow) {
  Event next = event;
  next.step = static_cast<std::uint16_t>(event.step + 1);
  next.luck = message_luck(event.source, static_cast<std::uint64_t>(event.mark), next.step);
  if (flow.trigger == Trigger::calendar) {
    next.time = flow.every_days > 0.0 ? event.time + flow.every_days : never;
  } else {
    if (next.step >= flow.messages) return;
    next.time = event.time + flow.every_days;
  }
  if (next.time < block.world.horizon) schedule(block, next);
}

void count_message(Block& block, const Event& message, const MessageOutcome& outcome) {
  block.tally.add(Count::events);
  MessageSteps& steps = block.tally.messages[message.source];
  ++steps.sent;
  if (outcome.delivered) ++steps.delivered;
  if (outcome.opened) ++steps.opened;
  if (outcome.clicked) ++steps.clicked;
  if (outcome.clicked) ++block.life(message.time).nurtured;
  if (outcome.unsubscribed) ++steps.unsubscribed;
}

/// A customer orders at once, perhaps instead of the next purchase; a prospect makes a visit that
/// is sure to order, unless they were put off; one whose order is pending has already decided.
void order_from_message(Block& block, const Event& event, const FlowTraits& flow) {
  const Record& record = block.crowd.record(event.person);
  if (record.standing == Standing::pending) return;
  if (record.standing == Standing::prospect && is_put_off(block, record.id)) return;
  ++block.tally.messages[event.source].ordered;
  const std::uint64_t luck = child_luck(event.luck, 6);
  if (record.standing == Standing::prospect) {
    Event visit = event;
    visit.luck = luck;
    return play_message_visit(block, visit, flow.discount);
  }
  const auto words = draw_block(block.world.key, {Purpose::message, record.id.value, luck});
  if (to_uniform(words[0]) < block.world.messages->pulled_forward) {
    ++block.crowd.customer(record.customer).skipped;
  }
  place_order(block, {event.person, event.time, flow.discount});
}

/// Messages to customers are costs of theirs; those to prospects are nobody's but the shop's.
void book_message(Block& block, const Customer* customer, Days time, Money cost) {
  if (customer != nullptr) return book_cost(block, *customer, {Account::messages, time, cost});
  block.books.book(Account::messages, time, cost);
}

}  // namespace

void give_consent(Block& block, std::uint32_t person, Days time, double probability,
                  std::uint64_t luck) {
  Record& record = block.crowd.record(person);
  if (probability <= 0.0 || record.has_consent || record.unsubscribed) return;
  const auto words = draw_block(block.world.key, {Purpose::consent, record.id.value, luck});
  if (to_uniform(words[0]) >= probability) return;
  record.has_consent = true;
  record.by_text = to_uniform(words[1]) < block.world.messages->sms_share;
  if (time >= 0.0) block.tally.add(Count::consents);
  start_calendar(block, person, std::max(time, 0.0));
}

Days start_flows(Block& block, const FlowStart& start) {
  const std::vector<FlowTraits>& flows = *block.world.flows;
  Days last = long_ago;
  if (!block.world.messages->runs) return last;
  for (std::size_t flow = 0; flow < flows.size(); ++flow) {
    const FlowTraits& traits = flows[flow];
    if (traits.trigger != start.trigger) continue;
    if (!may_receive(block.crowd.record(start.person), traits)) continue;
    const Days first = start.time + traits.first_after_days;
    last = std::max(last, first + (traits.messages - 1) * traits.every_days);
    if (first < block.world.horizon) {
      schedule(block, message_at(first, start.person, flow, start.token));
    }
  }
  return last;
}

void start_abandonment(Block& block, std::uint32_t person, Trigger trigger, Days time) {
  const Record& record = block.crowd.record(person);
  if (!record.has_consent || time <= record.abandonment_until) return;
  const std::uint16_t token = static_cast<std::uint16_t>(record.abandonment + 1);
  block.crowd.record(person).abandonment = token;
  const Days last = start_flows(block, {person, trigger, time, token});
  block.crowd.record(person).abandonment_until = last;
}

void play_message(Block& block, const Event& event) {
  const World& world = block.world;
  const FlowTraits& flow = (*world.flows)[event.source];
  Record& record = block.crowd.record(event.person);
  const auto token = static_cast<std::uint32_t>(event.mark);
  if (!may_receive(record, flow) || !token_holds(block, record, flow.trigger, token)) return;
  const double pressure =
      decayed_pressure(*world.messages, record.pressure, event.time - record.pressure_time);
  const Customer* customer =
      record.customer == nobody ? nullptr : &block.crowd.customer(record.customer);
  const bool lapsed =
      customer != nullptr && !customer->subscribed && event.time >= customer->dropout;
  const MessageOutcome outcome = judge_message(
      *world.messages, flow, {record.id, world.traits.engagement(record.id), pressure, lapsed},
      {world.key, event.luck});
  count_message(block, event, outcome);
  book_message(block, customer, event.time, Money::units(flow.cost));
  record.pressure = static_cast<float>(pressure + 1.0);
  record.pressure_time = event.time;
  record.unsubscribed = outcome.unsubscribed;
  if (outcome.ordered) order_from_message(block, event, flow);
  if (!outcome.unsubscribed) plan_next(block, event, flow);
}

}  // namespace flywheel
