// Visits and leaving without an order: docs/model.md 7.4 and 7.5.
#include <algorithm>
#include <cmath>

#include "naive/world.hpp"
#include "random/geometric.hpp"

namespace flywheel::test {

namespace {

double logistic(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

double mobile_share_of(const Scenario& scenario, int source) {
  if (source < static_cast<int>(scenario.channels.size())) {
    return scenario.channels[static_cast<std::size_t>(source)].mobile_share;
  }
  if (source == scenario.source(UnpaidSource::retargeting)) {
    return scenario.retargeting.mobile_share;
  }
  return scenario.funnel.unpaid_mobile_share;
}

/// What the pool from which a shopper was brought back does to a visit.
double pool_odds(const Scenario& scenario, const NaiveShopper& shopper, const NaiveVisit& visit) {
  if (visit.source != scenario.source(UnpaidSource::retargeting)) return 1.0;
  return scenario.retargeting.pools[static_cast<std::size_t>(shopper.pool)].conversion_odds;
}

Depth walk_steps(const Scenario& scenario, NaiveShopper& shopper, const NaiveVisit& visit,
                 std::size_t device, const NaiveLifts& lifts) {
  const FunnelTraits& funnel = scenario.funnel;
  const double shift =
      funnel.source_log_odds[static_cast<std::size_t>(visit.source)] +
      scenario.segments[static_cast<std::size_t>(shopper.segment)].conversion_log_odds +
      funnel.intent_loading * shopper.traits.z +
      scenario.market.conversion_log_odds[static_cast<std::size_t>(std::floor(visit.time))] +
      std::log(pool_odds(scenario, shopper, visit));
  const std::array<double, step_count> shifts = shift_steps(funnel, lifts);
  int depth = 0;
  for (std::size_t step = 0; step < step_count; ++step) {
    double failure = 1.0 - logistic(funnel.step_log_odds[device][step] + shift + shifts[step]);
    if (step == step_count - 1) failure *= 1.0 - funnel.rescued_share;
    if (shopper.stream.bernoulli(failure)) break;
    ++depth;
  }
  return static_cast<Depth>(depth);
}

Depth try_propensity(const Scenario& scenario, NaiveShopper& shopper, const NaiveVisit& visit,
                     const NaiveLifts& lifts) {
  const double chance =
      scenario.funnel.mean_propensity * shopper.traits.b *
      scenario.segments[static_cast<std::size_t>(shopper.segment)].conversion_factor *
      scenario.funnel.source_factor[static_cast<std::size_t>(visit.source)] *
      scenario.market.conversion_factor[static_cast<std::size_t>(std::floor(visit.time))] *
      pool_odds(scenario, shopper, visit) *
      std::exp(lifts.everywhere + lifts.pages + lifts.checkout);
  return shopper.stream.bernoulli(chance) ? Depth::ordered : Depth::checkout;
}

bool is_sure(const Scenario& scenario, const NaiveVisit& visit) {
  return visit.source == scenario.source(UnpaidSource::message);
}

Depth depth_of(const NaiveWorld& world, NaiveShopper& shopper, const NaiveVisit& visit,
               std::size_t device) {
  const Scenario& scenario = world.scenario;
  if (is_sure(scenario, visit)) return Depth::ordered;
  const NaiveLifts lifts = lifts_for(world.loops, shopper);
  const Depth wanted = scenario.funnel.uses_propensity
                           ? try_propensity(scenario, shopper, visit, lifts)
                           : walk_steps(scenario, shopper, visit, device, lifts);
  const double availability = world.loops.now().marketplace.availability;
  const bool is_missed = wanted == Depth::ordered && !shopper.stream.bernoulli(availability);
  return is_missed ? Depth::checkout : wanted;
}

bool is_of_ad(const Scenario& scenario, const NaiveVisit& visit) {
  return visit.source <= scenario.source(UnpaidSource::retargeting);
}

void count_engaged(NaiveWorld& world, const NaiveVisit& visit) {
  const Scenario& scenario = world.scenario;
  count_by_rotation(
      is_of_ad(scenario, visit) ? world.tally.engaged_paid : world.tally.engaged_earned, scenario,
      visit.time);
}

void stay(NaiveWorld& world, NaiveShopper& shopper, std::size_t device) {
  const FunnelTraits& funnel = world.scenario.funnel;
  world.tally.seconds_by_device[device] +=
      std::exp(funnel.session_log_median + funnel.session_log_spread * shopper.stream.normal());
  world.tally.pages +=
      1.0 + static_cast<double>(draw_geometric(shopper.stream, 1.0 / (1.0 + funnel.pages_mean)));
  if (shopper.stream.bernoulli(funnel.form_rate)) give_consent(world, shopper);
}

void name_reason(NaiveWorld& world, NaiveShopper& shopper) {
  double chance = shopper.stream.uniform();
  for (std::size_t reason = 0; reason < reason_count; ++reason) {
    chance -= world.scenario.funnel.reason_shares[reason];
    if (chance < 0.0 || reason + 1 == reason_count) {
      world.tally.reasons[reason] += 1;
      return;
    }
  }
}

void decide_to_order(NaiveWorld& world, NaiveShopper& shopper, const NaiveVisit& visit) {
  const FunnelTraits& funnel = world.scenario.funnel;
  const double mean = shopper.stream.bernoulli(funnel.immediate_share) ? funnel.immediate_delay_days
                                                                       : funnel.later_delay_days;
  shopper.is_pending = true;
  shopper.agenda.push({.time = visit.time + mean * shopper.stream.exponential(),
                       .kind = NaiveEventKind::first_order,
                       .value = visit.discount});
}

void leave(NaiveWorld& world, NaiveShopper& shopper, double time, Depth depth) {
  const RetargetingTraits& traits = world.scenario.retargeting;
  if (shopper.is_friend && !world.scenario.referral.retarget_friends) return;
  if (traits.enabled && depth >= traits.pool) {
    shopper.window_opened = time;
    shopper.window_impressions = 0;
    shopper.pool = depth >= Depth::checkout ? 2 : depth >= Depth::cart ? 1 : 0;
    world.tally.pool_entries[static_cast<std::size_t>(shopper.pool)] += 1;
  }
  if (depth >= Depth::engaged && shopper.stream.bernoulli(traits.return_probability)) {
    const double delay = traits.return_delay_days * shopper.stream.exponential();
    shopper.agenda.push({.time = time + delay, .kind = NaiveEventKind::own_return});
  }
  if (depth >= Depth::cart) {
    start_flows(world, shopper, Trigger::cart_abandoned, time);
  } else if (depth >= Depth::viewed) {
    start_flows(world, shopper, Trigger::browse_abandoned, time);
  }
}

void name_label(NaiveWorld& world, NaiveShopper& shopper) {
  double chance = shopper.stream.uniform();
  std::size_t label = 0;
  while (label < 4 && chance >= world.scenario.organic.label_shares[label]) {
    chance -= world.scenario.organic.label_shares[label];
    ++label;
  }
  world.tally.organic_by_label[label] += 1;
}

}  // namespace

void give_consent(NaiveWorld& world, NaiveShopper& shopper) {
  if (shopper.consent != NaiveConsent::none) return;
  shopper.consent = NaiveConsent::given;
  shopper.takes_texts = shopper.stream.bernoulli(world.scenario.messages.sms_share);
  if (!shopper.existed) world.tally.consents += 1;
}

bool is_put_off(const NaiveWorld& world, const NaiveShopper& shopper) {
  const auto g = static_cast<std::size_t>(shopper.segment);
  return !shopper.is_customer && shopper.threshold < world.snapshot.put_off[g];
}

void play_visit(NaiveWorld& world, NaiveShopper& shopper, const NaiveVisit& visit) {
  if (shopper.is_customer || shopper.is_pending) return;
  const Scenario& scenario = world.scenario;
  NaiveTally& tally = world.tally;
  const auto source = static_cast<std::size_t>(visit.source);
  if (visit.is_view || visit.source == scenario.source(UnpaidSource::organic) ||
      visit.source == scenario.source(UnpaidSource::own_return)) {
    pass_brand_ad(world, shopper, visit.time);
  }
  const std::size_t device =
      shopper.stream.bernoulli(mobile_share_of(scenario, visit.source)) ? 1 : 0;
  const bool stays_away = is_put_off(world, shopper);
  const Depth depth = stays_away ? Depth::click : depth_of(world, shopper, visit, device);
  tally.visits_by_source[source] += 1;
  tally.visits_by_device[device] += 1;
  count_by_rotation(tally.visits_by_rotation, scenario, visit.time);
  count_by_rotation(tally.ad_visits_by_rotation, scenario, visit.time,
                    is_of_ad(scenario, visit) ? 1.0 : 0.0);
  if (visit.source == scenario.source(UnpaidSource::retargeting)) {
    const auto pool = static_cast<std::size_t>(shopper.pool);
    tally.pool_visits[pool] += 1;
    tally.pool_orders[pool] += depth == Depth::ordered ? 1 : 0;
  }
  tally.visits_by_end[static_cast<std::size_t>(depth)] += 1;
  tally.ends_by_device[device][static_cast<std::size_t>(depth)] += 1;
  if (visit.source == scenario.source(UnpaidSource::organic)) name_label(world, shopper);
  tally.view_visits += visit.is_view ? 1 : 0;
  tally.events += 1 + static_cast<int>(depth);
  if (!is_sure(scenario, visit)) {
    count_in_tests(world.loops, shopper, depth == Depth::ordered ? 1.0 : 0.0);
  }
  if (depth >= Depth::engaged) {
    count_engaged(world, visit);
    stay(world, shopper, device);
  }
  if (depth == Depth::checkout) name_reason(world, shopper);
  if (depth == Depth::ordered) {
    tally.visit_orders_by_source[source] += 1;
    tally.visit_orders_by_device[device] += 1;
    decide_to_order(world, shopper, visit);
  } else if (!stays_away) {
    leave(world, shopper, visit.time, depth);
  }
}

}  // namespace flywheel::test
