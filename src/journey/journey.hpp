#pragma once

#include <span>

#include "journey/block.hpp"
#include "journey/candidates.hpp"

namespace flywheel {

/// One rotation of a block: candidates that came up in it, and what was due. Within a rotation
/// shoppers do not see each other, so each plays their own events in order of time.
void play_rotation(Block& block, const Snapshot& snapshot, std::span<const Candidate> candidates);

/// One event of one shopper: which stage it belongs to.
void play(Block& block, const Event& event);

/// A record of somebody who was not touched before.
[[nodiscard]] Record new_record(const World& world, PersonId person, const TraitBits& bits,
                                double intent);

}  // namespace flywheel
