#pragma once

#include <span>

#include "journey/block.hpp"
#include "journey/candidates.hpp"
#include "journey/media_totals.hpp"

namespace flywheel {

/// Plays all candidates of those shoppers of whom nothing is left to happen afterwards: most of
/// them. They need neither a record nor a place in the order of events, so their visits are played
/// and counted where they stand. The outcome is the one that playing them with all others would
/// have.
///
/// Moves the other candidates to the front, their visits' random bits likewise, and returns them.
/// `words` holds those bits, one block for each candidate.
[[nodiscard]] std::span<const Candidate> play_passers_by(
    Block& block, MediaTotals& totals, std::span<Candidate> candidates,
    std::span<std::array<std::uint64_t, 2>> words);

}  // namespace flywheel
