#pragma once

#include <span>

#include "journey/block.hpp"
#include "journey/candidates.hpp"
#include "journey/media_totals.hpp"

namespace flywheel {

/// A stretch of days begins: a rotation, or all of them where none can change the next.
void begin_stretch(Block& block, const Snapshot& snapshot);

/// Plays candidates of this stretch, and with the first ones what was due. Within a stretch
/// shoppers do not see each other, so each plays their own events in order of time. All candidates
/// of a shopper come in one call.
void play_candidates(Block& block, MediaTotals& totals, std::span<Candidate> candidates);

/// One event of one shopper: which stage it belongs to.
void play(Block& block, const Event& event);

/// A record of somebody who was not touched before; `propensity`: random bits of this trait.
[[nodiscard]] Record new_record(const World& world, PersonId person, double intent,
                                std::uint64_t propensity);

}  // namespace flywheel
