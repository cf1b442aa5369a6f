#include "journey/visits.hpp"

#include <algorithm>
#include <span>

#include "core/elementary.hpp"
#include "journey/advertising.hpp"
#include "journey/landing_play.hpp"
#include "journey/messages.hpp"
#include "journey/put_off.hpp"
#include "journey/retargeting.hpp"
#include "journey/tested_visit.hpp"
#include "random/multinomial.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

std::uint8_t source_number(const World& world, UnpaidSource source) {
  return static_cast<std::uint8_t>(world.channel_count() + static_cast<std::size_t>(source));
}

/// Counts visits of one source.
void count_source(Block& block, std::size_t source, std::int64_t visits) {
  const World& world = block.world;
  Tally& tally = block.tally;
  if (source == source_number(world, UnpaidSource::organic)) {
    tally.add(Count::organic_visits, visits);
  }
  if (source == source_number(world, UnpaidSource::own_return)) {
    tally.add(Count::own_returns, visits);
  }
}

void count_steps(Tally& tally, Device device, Depth depth, std::int64_t visits) {
  VisitSteps& steps = tally.visits[static_cast<std::size_t>(device)];
  steps.visits += visits;
  if (depth >= Depth::engaged) steps.engaged += visits;
  if (depth >= Depth::cart) steps.carts += visits;
  if (depth >= Depth::checkout) steps.checkouts += visits;
  if (depth == Depth::ordered) steps.orders += visits;
  tally.add(Count::events, visits * (static_cast<std::int64_t>(depth) + 1));
}

/// Whether visits of a source cost media: those of channels, and of retargeting.
bool is_paid(const World& world, std::size_t source) {
  return source < world.channel_count() ||
         source == source_number(world, UnpaidSource::retargeting);
}

void count_cell(Block& block, std::size_t rotation, std::size_t source) {
  const VisitCounts::Cell& cell = block.visits.of(rotation, source);
  LifeStages& life = block.tally.life[rotation];
  const bool paid = is_paid(block.world, source);
  std::int64_t& engaged = paid ? life.engaged_paid : life.engaged_earned;
  std::int64_t& all = paid ? life.visits_paid : life.visits_earned;
  for (const Device device : {Device::desktop, Device::mobile}) {
    for (std::size_t depth = 0; depth < depth_count; ++depth) {
      const std::int64_t visits = cell[static_cast<std::size_t>(device)][depth];
      count_source(block, source, visits);
      count_steps(block.tally, device, static_cast<Depth>(depth), visits);
      if (static_cast<Depth>(depth) >= Depth::engaged) engaged += visits;
      all += visits;
    }
  }
}

}  // namespace

void count_visits(Block& block) {
  for (std::size_t rotation = 0; rotation < block.visits.rotations(); ++rotation) {
    for (std::size_t source = 0; source < block.visits.sources(); ++source) {
      count_cell(block, rotation, source);
    }
  }
  const VisitSteps all = block.tally.all_visits();
  block.tally.reasons =
      draw_multinomial(block.world.key, {Purpose::reason, block.world.segment->identity, 0},
                       all.checkouts - all.orders, std::span{block.world.funnel->reason_shares});
}

namespace {

/// The order decided in a visit is placed after the visit's delay.
void decide_order(Block& block, const Event& event, const VisitOutcome& visit, double discount) {
  block.crowd.record(event.person).standing = Standing::pending;
  schedule(block, {.time = event.time + visit.order_delay,
                   .luck = child_luck(event.luck, 1),
                   .mark = discount,
                   .person = event.person,
                   .kind = EventKind::order_due});
}

void follow(Block& block, const Event& event, const VisitOutcome& visit) {
  if (visit.leaves_address) give_consent(block, event.person, event.time, 1.0, event.luck);
  if (visit.depth == Depth::ordered) {
    decide_order(block, event, visit, 0.0);
  } else {
    leave(block, event, visit);
  }
}

/// The visit's random numbers: made early with those of many others, or now.
VisitLuck luck_of(const Block& block, const Event& event) {
  const PersonId person = block.crowd.record(event.person).id;
  if (event.words == 0) return visit_luck(block.world.key, person, event.luck);
  return {block.world.key, person, event.luck, block.work.visit_words[event.words - 1]};
}

void count_retargeted(Tally& tally, LeaverPool pool, Depth depth) {
  const auto number = static_cast<std::size_t>(pool);
  ++tally.pool_visits[number];
  if (depth == Depth::ordered) ++tally.pool_orders[number];
}

/// Somebody put off looks no further than the first page, and is not followed.
void turn_away(Block& block, const Event& event, std::uint8_t source) {
  const Device device =
      landing::device_of(block.world.mobile_shares[source], luck_of(block, event));
  const PersonId person = block.crowd.record(event.person).id;
  const SeenIdeas ideas = ideas_seen(block.world.key, block.snapshot.shop.tests, person);
  count_visit(block, {event.time, source, device, Depth::click, ideas});
  if (source != source_number(block.world, UnpaidSource::retargeting)) return;
  count_retargeted(block.tally, block.crowd.record(event.person).pool, Depth::click);
}

void pass_brand_ad(Block& block, const Event& event) {
  const World& world = block.world;
  Record& record = block.crowd.record(event.person);
  const std::uint8_t channel = brand_ad(block, record.id, event.time, event.luck);
  if (channel == no_channel) return;
  const ExposureTraits& traits = (*world.channels)[channel];
  const Money price =
      Money::units(traits.brand_price * world.price(channel, day_index(event.time)));
  block.books.book(Account::media, event.time, price);
  const std::size_t cell = block.tally.cell(channel, world.number);
  block.books.spend[cell] += price;
  block.books.brand_spend[cell] += price;
  block.tally.add(Count::brand_clicks);
  block.tally.add(Count::events);
  remember_click(block, record, {event.time, channel});
}

/// A visit that was retargeted, of somebody from this pool.
VisitTerms in_pool(VisitTerms terms, const RetargetingTraits& retargeting, LeaverPool pool) {
  const double odds = retargeting.pools[static_cast<std::size_t>(pool)].conversion_odds;
  terms.odds_against /= odds;
  terms.order_chance = std::min(1.0, terms.order_chance * odds);
  return terms;
}

}  // namespace

std::uint8_t brand_ad(const Block& block, PersonId person, Days time, std::uint64_t luck) {
  const World& world = block.world;
  if (!(time < world.flight)) return no_channel;
  for (std::size_t channel = 0; channel < world.channel_count(); ++channel) {
    const std::vector<double>& shares = (*world.deliveries)[channel].brand_shares;
    if (shares.empty()) continue;
    const auto words = draw_block(world.key, {Purpose::brand, person.value, luck});
    const bool passes =
        to_uniform(words[0]) < shares[day_index(time)] * block.snapshot.shop.brand_factor;
    return passes ? static_cast<std::uint8_t>(channel) : no_channel;
  }
  return no_channel;
}

void play_visit_of(Block& block, const Event& event, std::uint8_t source) {
  const Record& record = block.crowd.record(event.person);
  if (record.standing != Standing::prospect) return;
  if (is_put_off(block, record.id)) return turn_away(block, event, source);
  VisitTerms terms = terms_of(block, record.inclination, source, event.time);
  const bool retargeted = source == source_number(block.world, UnpaidSource::retargeting);
  if (retargeted) terms = in_pool(terms, *block.world.retargeting, record.pool);
  const VisitOutcome visit = play_in_shop(block, terms, luck_of(block, event));
  count_visit(block, {event.time, source, visit.device, visit.depth, visit.ideas});
  if (retargeted) count_retargeted(block.tally, record.pool, visit.depth);
  follow(block, event, visit);
}

void play_unpaid_visit(Block& block, const Event& event) {
  if (block.crowd.record(event.person).standing != Standing::prospect) return;
  pass_brand_ad(block, event);
  play_visit_of(block, event, event.source);
}

void play_message_visit(Block& block, const Event& event, double discount) {
  const Record& record = block.crowd.record(event.person);
  const std::uint8_t source = source_number(block.world, UnpaidSource::message);
  VisitOutcome visit =
      play_sure_visit(*block.world.funnel, {.mobile_share = block.world.mobile_shares[source]},
                      visit_luck(block.world.key, record.id, event.luck));
  block.visits.add(block.rotation_of(event.time), source, visit.device, visit.depth);
  if (visit.leaves_address) give_consent(block, event.person, event.time, 1.0, event.luck);
  decide_order(block, event, visit, discount);
}

}  // namespace flywheel
