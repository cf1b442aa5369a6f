#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Opens the shop as the loops have made it for the rotation of the block's snapshot: steps of
/// visits, what becomes of deliveries, how channels spend on its days (docs/model.md 8).
void open_shop(Block& block);

}  // namespace flywheel
