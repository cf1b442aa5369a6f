// What follows an order: docs/model.md 7.7, and invitations of 7.8.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"
#include "random/gamma.hpp"
#include "random/poisson.hpp"

namespace flywheel::test {

namespace {

using enum NaiveAccount;

double draw_gamma_delay(NaiveShopper& shopper, double mean) {
  return mean * draw_gamma(shopper.stream, 4.0) / 4.0;
}

void book_order(NaiveWorld& world, const NaiveShopper& shopper, const NaiveParcel& sent) {
  const OrderTraits& traits = world.scenario.order;
  const double time = sent.order_time;
  const NaiveEntry entries[] = {
      {revenue, time, sent.net_value},
      {goods, time, sent.goods_cost},
      {shipping, time, traits.shipping_share * sent.value},
      {payment_fee, time, traits.payment_fee * sent.net_value},
      {loyalty, time, world.scenario.loyalty.points_cost_share * sent.net_value},
  };
  for (const NaiveEntry& entry : entries) book(world.tally, world.scenario, shopper.root, entry);
}

/// Whether the experience was bad and stayed so.
bool draw_bad_experience(NaiveWorld& world, NaiveShopper& shopper, const NaiveParcel& parcel,
                         double mended) {
  const OrderTraits& traits = world.scenario.order;
  const double slowness = world.loops.now().marketplace.delivery;
  const bool product = shopper.stream.bernoulli(traits.bad_product * mended);
  const bool delivery =
      shopper.stream.bernoulli(std::min(1.0, traits.bad_delivery * mended * slowness));
  const bool bad = product || delivery;
  const bool contact = shopper.stream.bernoulli(bad ? traits.contact_bad : traits.contact_good);
  if (contact) {
    world.tally.contact_times.push_back(parcel.delivery_time);
    book(world.tally, world.scenario, shopper.root,
         {service, parcel.delivery_time, traits.contact_cost});
  }
  const double resolved = 1.0 - std::min(1.0, (1.0 - traits.resolved) * mended * slowness);
  return bad && !(contact && shopper.stream.bernoulli(resolved));
}

/// A probability after its odds are multiplied.
double multiply_odds(double probability, double factor) {
  return probability * factor / (1.0 - probability + probability * factor);
}

void send_back(NaiveWorld& world, NaiveShopper& shopper, const NaiveParcel& sent) {
  const OrderTraits& traits = world.scenario.order;
  const bool early = shopper.stream.bernoulli(traits.early_return_share);
  const double time =
      sent.delivery_time +
      draw_gamma_delay(shopper, early ? traits.early_return_days : traits.late_return_days);
  const double part = shopper.stream.bernoulli(traits.partial_share) ? traits.partial_value : 1.0;
  const double amount = part * sent.net_value;
  const NaiveEntry entries[] = {
      {refund, time, amount},
      {return_handling, time, traits.return_cost},
      {resale, time, traits.resale_share * part * sent.goods_cost},
  };
  for (const NaiveEntry& entry : entries) book(world.tally, world.scenario, shopper.root, entry);
  if (is_in_cohort(world.scenario, shopper.root, sent.order_time) &&
      !(is_in_cohort(world.scenario, shopper.root, time) &&
        time < world.scenario.calendar.horizon())) {
    world.tally.cohort_open_refunds += amount;
  }
}

enum class Opinion { promoter, passive, detractor };

Opinion draw_opinion(const AdvocacyTraits& traits, NaiveShopper& shopper, double bad) {
  const double satisfaction = traits.trait_loading * shopper.traits.u +
                              traits.noise_loading * shopper.stream.normal() -
                              traits.bad_effect * bad;
  if (satisfaction > traits.promoter_above) return Opinion::promoter;
  return satisfaction < traits.detractor_below ? Opinion::detractor : Opinion::passive;
}

/// The answer to the shop's question and perhaps a review, at the delivery.
void answer(NaiveWorld& world, NaiveShopper& shopper, Opinion opinion, double time) {
  const AdvocacyTraits& traits = world.scenario.advocacy;
  NaiveTally& tally = world.tally;
  double review = traits.review_passive;
  double stars = 4;
  if (opinion == Opinion::promoter) {
    tally.promoters += 1;
    count_by_rotation(tally.advocates, world.scenario, time);
    review = traits.review_promoter;
    stars = 5;
  } else if (opinion == Opinion::detractor) {
    tally.detractors += 1;
    review = traits.review_detractor;
    stars = 2;
  }
  if (shopper.stream.bernoulli(review)) {
    tally.reviews += 1;
    tally.stars += stars;
    tally.written.push_back({time, stars});
  }
}

/// Friends get to know of the shop from this time on.
void invite(NaiveWorld& world, NaiveShopper& shopper, double begin) {
  const ReferralTraits& traits = world.scenario.referral;
  if (!shopper.stream.bernoulli(traits.share_rate)) return;
  const auto friends = traits.fixed_count
                           ? static_cast<std::uint64_t>(std::llround(traits.clicks_per_share))
                           : draw_poisson(shopper.stream, traits.clicks_per_share);
  for (std::uint64_t k = 0; k < friends; ++k) {
    const double delay =
        traits.delay_days == 0.0 ? 0.0 : traits.delay_days * shopper.stream.exponential();
    world.tally.events += 1;
    world.invited.push_back({begin + delay, shopper.segment, shopper.root});
  }
}

/// Whether parcels on their way may be better or worse off than they were at the order.
bool may_change_deliveries(const Scenario& scenario) {
  return scenario.momentum.feedback.enabled || scenario.momentum.marketplace.enabled;
}

/// What the buyer finds, says and does at the delivery, as far as it is known now.
void receive(NaiveWorld& world, NaiveShopper& shopper, NaiveParcel& parcel, double now) {
  const Scenario& scenario = world.scenario;
  const NaiveMending& mending = world.loops.now().mending;
  const double delivered = parcel.delivery_time;
  const bool bad = draw_bad_experience(world, shopper, parcel, mending.bad);
  const bool returned = shopper.stream.bernoulli(multiply_odds(
      bad ? scenario.order.return_bad : scenario.order.return_good, mending.return_odds));
  const Opinion opinion = draw_opinion(scenario.advocacy, shopper, bad ? 1.0 : 0.0);
  if (opinion == Opinion::detractor) {
    parcel.put_off =
        static_cast<double>(draw_poisson(shopper.stream, scenario.advocacy.friends_put_off));
  }
  if (delivered < scenario.calendar.horizon()) {
    world.tally.deliveries += 1;
    world.tally.bad_experiences += bad ? 1 : 0;
    world.tally.returns += returned ? 1 : 0;
    answer(world, shopper, opinion, delivered);
  }
  if (returned) send_back(world, shopper, parcel);
  const ReferralTraits& referral = scenario.referral;
  if (parcel.is_first && referral.promoters_only && opinion == Opinion::promoter) {
    invite(world, shopper, referral.delay_days == 0.0 ? now : delivered);
  }
}

}  // namespace

void fulfill(NaiveWorld& world, NaiveShopper& shopper, const NaiveOrder& order, double value) {
  const Scenario& scenario = world.scenario;
  const NaiveMarketplace& marketplace = world.loops.now().marketplace;
  const double days = scenario.order.delivery_days * marketplace.delivery;
  NaiveParcel parcel{.order_time = order.time,
                     .delivery_time = order.time + draw_gamma_delay(shopper, days),
                     .value = value,
                     .net_value = value * (1.0 - order.discount),
                     .goods_cost = (1.0 - scenario.order.margin) * value / marketplace.price *
                                   marketplace.unit_cost,
                     .is_first = shopper.orders == 1};
  book_order(world, shopper, parcel);
  // Where nothing changes until then, what the delivery will be like is known now.
  if (!may_change_deliveries(scenario)) receive(world, shopper, parcel, order.time);
  if (parcel.is_first && !scenario.referral.promoters_only) {
    invite(world, shopper, scenario.referral.delay_days == 0.0 ? order.time : parcel.delivery_time);
  }
  shopper.agenda.push({.time = parcel.delivery_time,
                       .kind = NaiveEventKind::delivery,
                       .stamp = static_cast<int>(shopper.parcels.size())});
  shopper.parcels.push_back(parcel);
}

void deliver(NaiveWorld& world, NaiveShopper& shopper, const NaiveEvent& event) {
  NaiveParcel& parcel = shopper.parcels[static_cast<std::size_t>(event.stamp)];
  if (may_change_deliveries(world.scenario)) receive(world, shopper, parcel, event.time);
  world.tally.put_off[static_cast<std::size_t>(shopper.segment)] += parcel.put_off;
  start_flows(world, shopper, Trigger::delivery, event.time);
}

}  // namespace flywheel::test
