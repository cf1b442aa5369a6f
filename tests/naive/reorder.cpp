// Repeat purchases, offers, subscription, loyalty: docs/model.md 7.8.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"
#include "random/gamma.hpp"
#include "random/poisson.hpp"

namespace flywheel::test {

namespace {

bool is_in_tier(const Scenario& scenario, const NaiveShopper& shopper) {
  return scenario.loyalty.tier_orders > 0 && shopper.orders >= scenario.loyalty.tier_orders;
}

double rate_factor(const Scenario& scenario, const NaiveShopper& shopper) {
  return (is_in_tier(scenario, shopper) ? scenario.loyalty.tier_rate_factor : 1.0) *
         (shopper.is_member ? scenario.loyalty.membership_rate_factor : 1.0);
}

double largest_rate_factor(const Scenario& scenario) {
  return std::max(1.0, scenario.loyalty.tier_rate_factor) *
         std::max(1.0, scenario.loyalty.membership_rate_factor);
}

/// Share of a purchase that uses an offer, before the cap.
double cap_chance(double chance) { return std::min(0.95, chance); }

void subscribe(NaiveWorld& world, NaiveShopper& shopper, double now, double chance) {
  const SubscriptionTraits& traits = world.scenario.subscription;
  if (shopper.is_subscriber || !shopper.stream.bernoulli(chance)) return;
  shopper.is_subscriber = true;
  shopper.has_dropped_out = false;
  shopper.death_time = never;
  shopper.renewal_end_probability =
      draw_beta(shopper.stream, traits.churn_alpha, traits.churn_beta);
  world.tally.subscribers += 1;
  shopper.agenda.push({.time = now + traits.interval_days, .kind = NaiveEventKind::renewal});
}

void charge_membership(NaiveWorld& world, NaiveShopper& shopper, double now) {
  book(world.tally, world.scenario, shopper.root,
       {NaiveAccount::membership, now, world.scenario.loyalty.membership_fee});
  shopper.agenda.push({.time = now + 365.0, .kind = NaiveEventKind::membership_fee});
}

void end_subscription(NaiveWorld& world, NaiveShopper& shopper, double now) {
  shopper.is_subscriber = false;
  draw_lifetime(world, shopper, now);
}

}  // namespace

void draw_lifetime(NaiveWorld& world, NaiveShopper& shopper, double now) {
  const Scenario& scenario = world.scenario;
  if (scenario.repeat.process != RepeatProcess::pareto_nbd) return;
  const double rate = shopper.traits.d * scenario.repeat.mean_dropout *
                      (is_in_tier(scenario, shopper) ? scenario.loyalty.tier_dropout_factor : 1.0);
  shopper.death_time = rate > 0.0 ? now + shopper.stream.exponential() / rate : never;
}

void draw_purchases(NaiveWorld& world, NaiveShopper& shopper, double from, double to) {
  const Scenario& scenario = world.scenario;
  const RepeatTraits& repeat = scenario.repeat;
  if (repeat.process == RepeatProcess::none || !shopper.is_alive(from)) return;
  const auto day = static_cast<std::size_t>(std::floor(from));
  // Candidates at the largest rate the shopper may have today; buy_again judges each by its mark.
  const double rate = shopper.traits.l * repeat.mean_rate *
                      scenario.segments[static_cast<std::size_t>(shopper.segment)].loyalty_factor *
                      largest_rate_factor(scenario) * (repeat.clock[day + 1] - repeat.clock[day]);
  const std::uint64_t count = draw_poisson(shopper.stream, rate * (to - from));
  for (std::uint64_t k = 0; k < count; ++k) {
    const double time = from + (to - from) * shopper.stream.uniform();
    shopper.agenda.push(
        {.time = time, .kind = NaiveEventKind::purchase, .value = shopper.stream.uniform()});
  }
}

void buy_again(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const Scenario& scenario = world.scenario;
  if (!shopper.is_alive(event.time) || shopper.is_subscriber) return;
  if (event.value * largest_rate_factor(scenario) >= rate_factor(scenario, shopper)) return;
  if (shopper.replaced_purchases > 0) {
    shopper.replaced_purchases -= 1;
    return;
  }
  double discount = 0.0;
  if (event.time < shopper.offer_until) {
    const OfferTraits& offer = scenario.offers[static_cast<std::size_t>(shopper.offer)];
    const double chance =
        cap_chance(offer.give_away * shopper.traits.q * std::pow(offer.habit, shopper.redemptions));
    if (shopper.stream.bernoulli(chance)) {
      discount = offer.depth;
      shopper.redemptions += 1;
      world.tally.offer_given_away += 1;
    }
  }
  place_repeat_order(world, shopper, {event.time, discount});
  if (scenario.repeat.process == RepeatProcess::bg_nbd &&
      shopper.stream.bernoulli(shopper.traits.d)) {
    shopper.has_dropped_out = true;
  }
}

void join_programmes(NaiveWorld& world, NaiveShopper& shopper, double now) {
  const LoyaltyTraits& loyalty = world.scenario.loyalty;
  if (shopper.orders == 1) {
    subscribe(world, shopper, now, world.scenario.subscription.take_up);
    if (!shopper.is_subscriber) draw_lifetime(world, shopper, now);
  }
  if (shopper.orders == 2 && shopper.stream.bernoulli(loyalty.membership_take_up)) {
    shopper.is_member = true;
    world.tally.members += 1;
    charge_membership(world, shopper, now);
  }
  // From here on another dropout rate: what is left of an exponential lifetime is drawn anew.
  if (shopper.orders > 1 && shopper.orders == loyalty.tier_orders && shopper.is_alive(now) &&
      !shopper.is_subscriber) {
    draw_lifetime(world, shopper, now);
  }
}

void issue_offer(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  if (shopper.consent != NaiveConsent::given || shopper.orders != event.stamp) return;
  const OfferTraits& offer = world.scenario.offers[static_cast<std::size_t>(event.index)];
  world.tally.offers_issued += 1;
  shopper.offer = event.index;
  shopper.offer_until = event.time + offer.valid_days;
  const double chance = cap_chance(offer.take_up * shopper.traits.q * shopper.traits.e);
  if (!shopper.stream.bernoulli(chance)) return;
  shopper.agenda.push({.time = event.time + offer.valid_days * shopper.stream.uniform(),
                       .kind = NaiveEventKind::offer_order,
                       .index = event.index});
}

void take_offer(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const OfferTraits& offer = world.scenario.offers[static_cast<std::size_t>(event.index)];
  shopper.redemptions += 1;
  place_repeat_order(world, shopper, {event.time, offer.depth});
  if (shopper.stream.bernoulli(offer.pulled_forward)) {
    shopper.replaced_purchases += 1;
    world.tally.offer_pulled_forward += 1;
  } else {
    world.tally.offer_expansion += 1;
  }
  subscribe(world, shopper, event.time, offer.subscribes);
}

void renew(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  const SubscriptionTraits& traits = world.scenario.subscription;
  if (shopper.stream.bernoulli(shopper.renewal_end_probability)) {
    end_subscription(world, shopper, event.time);
    return;
  }
  if (!shopper.stream.bernoulli(traits.pause_probability)) {
    if (shopper.stream.bernoulli(traits.failed_payment) &&
        !shopper.stream.bernoulli(traits.recovered)) {
      end_subscription(world, shopper, event.time);
      return;
    }
    world.tally.renewals += 1;
    place_repeat_order(world, shopper, {event.time, traits.discount});
  }
  shopper.agenda.push({.time = event.time + traits.interval_days, .kind = NaiveEventKind::renewal});
}

void pay_membership(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  if (shopper.is_alive(event.time)) charge_membership(world, shopper, event.time);
}

}  // namespace flywheel::test
