#pragma once

#include <cstdint>

#include "journey/block.hpp"
#include "journey/day_zero_traits.hpp"

namespace flywheel {

/// Existing customers of a block enter before the first rotation: first orders at -U, lifetimes and
/// past orders by the repeat process, consent.
void admit_day_zero(Block& block, const DayZeroTraits& traits, std::uint64_t customers);

}  // namespace flywheel
