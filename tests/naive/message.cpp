// Messages: docs/model.md 7.8.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"

namespace flywheel::test {

namespace {

bool is_abandonment(Trigger trigger) {
  return trigger == Trigger::cart_abandoned || trigger == Trigger::browse_abandoned;
}

/// The number that must not have changed until a message of this trigger is due.
int stamp_of(const NaiveShopper& shopper, Trigger trigger) {
  if (is_abandonment(trigger)) return shopper.abandonment_run;
  return trigger == Trigger::lapse ? shopper.orders : 0;
}

bool may_get(const NaiveShopper& shopper, const FlowTraits& flow) {
  return shopper.consent == NaiveConsent::given && (!flow.by_text || shopper.takes_texts);
}

void order_by_message(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const Scenario& scenario = world.scenario;
  const auto flow = static_cast<std::size_t>(event.index);
  if (shopper.is_pending || is_put_off(world, shopper)) return;
  world.tally.orders_by_flow[flow] += 1;
  if (!shopper.is_customer) {
    play_visit(world, shopper,
               {.time = event.time,
                .source = scenario.source(UnpaidSource::message),
                .discount = scenario.flows[flow].discount});
    return;
  }
  place_repeat_order(world, shopper, {event.time, scenario.flows[flow].discount});
  if (shopper.stream.bernoulli(scenario.messages.pulled_forward)) shopper.replaced_purchases += 1;
}

/// Pressure now, before the message that is being judged.
double relieve(NaiveShopper& shopper, const MessageTraits& traits, double now) {
  shopper.pressure *= std::exp(-traits.pressure_decay * (now - shopper.pressure_time));
  shopper.pressure_time = now;
  return shopper.pressure;
}

}  // namespace

void start_flows(NaiveWorld& world, NaiveShopper& shopper, Trigger trigger, double time) {
  const auto& flows = world.scenario.flows;
  if (!world.scenario.messages.runs) return;
  if (is_abandonment(trigger)) {
    if (time < shopper.abandonment_until) return;
    shopper.abandonment_run += 1;
  }
  for (std::size_t f = 0; f < flows.size(); ++f) {
    const FlowTraits& flow = flows[f];
    if (flow.trigger != trigger) continue;
    if (is_abandonment(trigger) && !may_get(shopper, flow)) continue;
    double due = time;
    for (int k = 0; k < flow.messages; ++k) {
      due = time + flow.first_after_days + k * flow.every_days;
      shopper.agenda.push({.time = due,
                           .kind = NaiveEventKind::message,
                           .index = static_cast<int>(f),
                           .stamp = stamp_of(shopper, trigger)});
    }
    if (is_abandonment(trigger)) {
      shopper.abandonment_until = std::max(shopper.abandonment_until, due);
    }
  }
}

void draw_calendar_messages(NaiveWorld& world, NaiveShopper& shopper, double from, double to) {
  const auto& flows = world.scenario.flows;
  if (!world.scenario.messages.runs) return;
  for (std::size_t f = 0; f < flows.size(); ++f) {
    const FlowTraits& flow = flows[f];
    if (flow.trigger != Trigger::calendar) continue;
    for (double due = flow.first_after_days; due < to; due += flow.every_days) {
      if (due >= from) {
        shopper.agenda.push(
            {.time = due, .kind = NaiveEventKind::message, .index = static_cast<int>(f)});
      }
      if (flow.every_days <= 0.0) break;
    }
  }
}

void get_message(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const MessageTraits& traits = world.scenario.messages;
  const auto number = static_cast<std::size_t>(event.index);
  const FlowTraits& flow = world.scenario.flows[number];
  NaiveTally& tally = world.tally;
  if (!may_get(shopper, flow) || event.stamp != stamp_of(shopper, flow.trigger)) return;

  const double surplus = relieve(shopper, traits, event.time) - 1.0;
  shopper.pressure += 1.0;
  const double mood = shopper.traits.e * std::exp(-traits.pressure_fatigue * surplus);
  const bool lapsed = shopper.is_customer && !shopper.is_alive(event.time);
  const double delivered = flow.delivery_rate;
  const double opened = std::min(delivered, delivered * flow.open_rate * mood);
  const double clicked = std::min(opened, delivered * flow.click_rate * mood);
  const double ordered =
      std::min(clicked, flow.order_rate * mood * (lapsed ? traits.lapsed_factor : 1.0));
  const double unsubscribed =
      delivered * flow.unsubscribe_rate * std::exp(traits.pressure_unsubscribe * surplus);

  const double chance = shopper.stream.uniform();
  tally.messages_by_flow[number] += 1;
  tally.events += 1;
  const auto count = [&](bool happens, double& all, std::vector<double>& by_flow) {
    all += happens ? 1.0 : 0.0;
    by_flow[number] += happens ? 1.0 : 0.0;
  };
  count(chance < delivered, tally.delivered, tally.delivered_by_flow);
  count(chance < opened, tally.opened, tally.opened_by_flow);
  count(chance < clicked, tally.clicked, tally.clicked_by_flow);
  count_by_rotation(tally.nurtured, world.scenario, event.time, chance < clicked ? 1.0 : 0.0);
  const auto root = shopper.is_customer ? shopper.root : std::nullopt;  // not of friends to be won
  book(tally, world.scenario, root, {NaiveAccount::message, event.time, flow.cost});
  if (chance < ordered) order_by_message(world, shopper, event);
  if (shopper.stream.bernoulli(unsubscribed)) {
    shopper.consent = NaiveConsent::withdrawn;
    count(true, tally.unsubscribed, tally.unsubscribed_by_flow);
  }
}

}  // namespace flywheel::test
