#pragma once

#include "journey/block.hpp"
#include "journey/landing.hpp"

namespace flywheel {

/// What decides a visit of a shopper with this inclination (Record) from a source.
[[nodiscard]] inline VisitTerms terms_of(const Block& block, double inclination,
                                         std::uint8_t source, Days time) {
  const World& world = block.world;
  const auto day = day_index(time);
  const FunnelTraits& funnel = *world.funnel;
  VisitTerms terms{.mobile_share = world.mobile_shares[source],
                   .availability = block.front.availability};
  if (funnel.uses_propensity) {
    const double chance = inclination * funnel.source_factor[source] *
                          world.market->conversion_factor[day] * block.front.chance_factor;
    terms.order_chance = chance < 1.0 ? chance : 1.0;
  } else {
    terms.odds_against = inclination * world.odds.source[source] * world.odds.day[day];
  }
  return terms;
}

/// Tells the tally of all visits that were played.
void count_visits(Block& block);

/// The channel whose ad for the shop's own name an unpaid visit passes, or `no_channel`.
[[nodiscard]] std::uint8_t brand_ad(const Block& block, PersonId person, Days time,
                                    std::uint64_t luck);

/// Stage 2, landing and checkout: a visit of a prospect without a pending order; others only click.
void play_visit_of(Block& block, const Event& event, std::uint8_t source);

/// A visit that no ad was clicked for: organic, an own return, after a view. Some of them pass
/// over a paid ad for the shop's own name.
void play_unpaid_visit(Block& block, const Event& event);

/// A visit that is sure to order: a prospect who ordered from a message.
void play_message_visit(Block& block, const Event& event, double discount);

}  // namespace flywheel
