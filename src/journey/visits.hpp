#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Stage 2, landing and checkout: a visit of a prospect without a pending order; others only click.
void play_visit_of(Block& block, const Event& event, std::uint8_t source);

/// A visit that no ad was clicked for: organic, an own return, after a view. Some of them pass
/// over a paid ad for the shop's own name.
void play_unpaid_visit(Block& block, const Event& event);

/// A visit that is sure to order: a prospect who ordered from a message.
void play_message_visit(Block& block, const Event& event, double discount);

}  // namespace flywheel
