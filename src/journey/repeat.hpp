#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Repeat purchases, "buy till you die": draws the lifetime of a customer from now on and plans
/// their next purchase.
void start_repeats(Block& block, std::uint32_t person, Days time);

/// Plans the next repeat purchase; one that was planned before is void.
void plan_purchase(Block& block, std::uint32_t person, Days from);

void play_purchase(Block& block, const Event& event);

/// Time at which the season's clock has gone `more` units further than at `from`.
[[nodiscard]] Days clock_time(const RepeatTraits& repeat, Days from, double more);

}  // namespace flywheel
