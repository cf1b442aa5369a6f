#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Odds against each step as the loops have moved them.
[[nodiscard]] StepOdds steps_in(const StepOdds& steps, const ShopState& shop);

/// What becomes of orders and deliveries as the loops have mended and priced them.
[[nodiscard]] OrderTraits orders_in(const OrderTraits& order, const ShopState& shop);

/// Opens the shop as the loops have made it for the rotation of the block's snapshot: steps of
/// visits, what becomes of deliveries, how channels spend on its days (docs/model.md 8).
void open_shop(Block& block);

}  // namespace flywheel
