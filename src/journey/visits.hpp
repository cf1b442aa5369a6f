#pragma once

#include "journey/block.hpp"
#include "journey/landing.hpp"

namespace flywheel {

/// What a shopper brings to every visit (Record::inclination); `propensity`: random bits.
[[nodiscard]] double inclination(const World& world, double intent, std::uint64_t propensity);

/// What decides a visit of a shopper with this inclination (Record) from a source.
[[nodiscard]] VisitTerms terms_of(const World& world, double inclination, std::uint8_t source,
                                  Days time);

/// Counts a visit and how far it went.
void count_visit(Block& block, std::uint8_t source, const VisitOutcome& visit);

/// The channel whose ad for the shop's own name an unpaid visit passes, or `no_channel`.
[[nodiscard]] std::uint8_t brand_ad(const World& world, PersonId person, Days time,
                                    std::uint64_t luck);

/// Stage 2, landing and checkout: a visit of a prospect without a pending order; others only click.
void play_visit_of(Block& block, const Event& event, std::uint8_t source);

/// A visit that no ad was clicked for: organic, an own return, after a view. Some of them pass
/// over a paid ad for the shop's own name.
void play_unpaid_visit(Block& block, const Event& event);

/// A visit that is sure to order: a prospect who ordered from a message.
void play_message_visit(Block& block, const Event& event, double discount);

}  // namespace flywheel
