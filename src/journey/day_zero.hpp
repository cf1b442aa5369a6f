#pragma once

#include <cstdint>

#include "journey/block.hpp"
#include "journey/day_zero_traits.hpp"

namespace flywheel {

/// A block's part of the existing customers, who are numbered over all blocks.
struct DayZeroPart {
  std::uint64_t first{0};
  std::uint64_t count{0};
};

/// Existing customers of a block enter before the first rotation: first orders at -U, lifetimes and
/// past orders by the repeat process, consent; subscribers among them with a date to come.
void admit_day_zero(Block& block, const DayZeroTraits& traits, const DayZeroPart& part);

/// Whether the existing customer of this number is a subscriber: exactly traits.subscribers of all
/// are, evenly spread.
[[nodiscard]] bool subscribes_at_day_zero(const DayZeroTraits& traits, std::uint64_t number);

}  // namespace flywheel
