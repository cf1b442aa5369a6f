#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Stage 4, reorder incentives: plans the offers that come when no order follows the one at `time`.
void plan_offers(Block& block, std::uint32_t person, Days time);

/// An offer is issued, to a customer with consent who has not ordered since.
void issue_offer(Block& block, const Event& event);

/// An order that an offer brought; it may replace the next repeat purchase.
void play_offer_order(Block& block, const Event& event);

/// Discount on a repeat purchase that would have come anyway: the offer's depth if it is used.
[[nodiscard]] double given_away(Block& block, std::uint32_t person, Days time);

}  // namespace flywheel
