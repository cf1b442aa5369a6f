#include "journey/visits.hpp"

#include <algorithm>

#include "core/elementary.hpp"
#include "journey/advertising.hpp"
#include "journey/landing.hpp"
#include "journey/messages.hpp"
#include "journey/retargeting.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

std::uint8_t source_number(const World& world, UnpaidSource source) {
  return static_cast<std::uint8_t>(world.channel_count() + static_cast<std::size_t>(source));
}

double mobile_share(const World& world, std::uint8_t source) {
  if (source < world.channel_count()) return (*world.channels)[source].mobile_share;
  if (source == source_number(world, UnpaidSource::retargeting)) {
    return world.retargeting->mobile_share;
  }
  return world.funnel->unpaid_mobile_share;
}

/// Counts a visit of this source that went so far.
void count_source(Block& block, std::uint8_t source, Depth depth) {
  const World& world = block.world;
  if (source == source_number(world, UnpaidSource::organic)) block.tally.add(Count::organic_visits);
  if (source == source_number(world, UnpaidSource::own_return)) block.tally.add(Count::own_returns);
  if (source == source_number(world, UnpaidSource::retargeting)) {
    block.tally.add(Count::retargeting_visits);
    if (depth == Depth::ordered) block.tally.add(Count::retargeting_visit_orders);
  }
}

}  // namespace

double inclination(const World& world, double intent, std::uint64_t propensity) {
  if (!world.funnel->uses_propensity) {
    return portable_exp(
        -(world.funnel->intent_loading * intent + world.segment->conversion_log_odds));
  }
  return world.funnel->mean_propensity * world.segment->conversion_factor *
         world.traits.propensity(propensity);
}

VisitTerms terms_of(const World& world, double inclination, std::uint8_t source, Days time) {
  const auto day = static_cast<std::size_t>(time);
  const FunnelTraits& funnel = *world.funnel;
  VisitTerms terms{.mobile_share = mobile_share(world, source)};
  if (funnel.uses_propensity) {
    const double chance =
        inclination * funnel.source_factor[source] * world.market->conversion_factor[day];
    terms.order_chance = std::min(1.0, chance);
  } else {
    terms.odds_against = inclination * world.odds.source[source] * world.odds.day[day];
  }
  return terms;
}

void count_visit(Block& block, std::uint8_t source, const VisitOutcome& visit) {
  count_source(block, source, visit.depth);
  Tally& tally = block.tally;
  const bool mobile = visit.device == Device::mobile;
  const bool ordered = visit.depth == Depth::ordered;
  tally.add(mobile ? Count::mobile_visits : Count::desktop_visits);
  if (ordered) tally.add(mobile ? Count::mobile_orders : Count::desktop_orders);
  if (visit.depth >= Depth::engaged) tally.add(Count::engaged);
  if (visit.depth >= Depth::cart) tally.add(Count::carts);
  if (visit.depth >= Depth::checkout) tally.add(Count::checkouts);
  if (ordered) tally.add(Count::visit_orders);
  if (visit.reason >= 0) ++tally.reasons[static_cast<std::size_t>(visit.reason)];
  tally.add(Count::events, static_cast<std::int64_t>(visit.depth) + 1);
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

void pass_brand_ad(Block& block, const Event& event) {
  const World& world = block.world;
  Record& record = block.crowd.record(event.person);
  const std::uint8_t channel = brand_ad(world, record.id, event.time, event.luck);
  if (channel == no_channel) return;
  const ExposureTraits& traits = (*world.channels)[channel];
  const Money price =
      Money::units(traits.brand_price * world.price(channel, static_cast<std::size_t>(event.time)));
  block.books.book(Account::media, event.time, price);
  block.books.spend[block.tally.cell(channel, world.number)] += price;
  block.books.brand_spend += price;
  block.tally.add(Count::brand_clicks);
  block.tally.add(Count::events);
  remember_click(block, record, {event.time, channel});
}

}  // namespace

std::uint8_t brand_ad(const World& world, PersonId person, Days time, std::uint64_t luck) {
  if (!(time < world.flight)) return no_channel;
  for (std::size_t channel = 0; channel < world.channel_count(); ++channel) {
    const double share = (*world.channels)[channel].brand_share;
    if (share <= 0.0) continue;
    const auto words = draw_block(world.key, {Purpose::brand, person.value, luck});
    return to_uniform(words[0]) < share ? static_cast<std::uint8_t>(channel) : no_channel;
  }
  return no_channel;
}

void play_visit_of(Block& block, const Event& event, std::uint8_t source) {
  const Record& record = block.crowd.record(event.person);
  if (record.standing != Standing::prospect) return;
  const VisitTerms terms = terms_of(block.world, record.inclination, source, event.time);
  const VisitOutcome visit =
      play_visit(*block.world.funnel, block.world.odds, terms, luck_of(block, event));
  count_visit(block, source, visit);
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
      play_sure_visit(*block.world.funnel, {.mobile_share = mobile_share(block.world, source)},
                      visit_luck(block.world.key, record.id, event.luck));
  count_visit(block, source, visit);
  if (visit.leaves_address) give_consent(block, event.person, event.time, 1.0, event.luck);
  decide_order(block, event, visit, discount);
}

}  // namespace flywheel
