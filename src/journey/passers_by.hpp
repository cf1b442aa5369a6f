#pragma once

#include <span>

#include "journey/block.hpp"
#include "journey/candidates.hpp"
#include "journey/media_totals.hpp"

namespace flywheel {

/// Candidates that are played with all others.
struct OtherCandidates {
  std::span<const Candidate> candidates;
  std::span<const std::uint32_t> records;  ///< of whom each is, or `nobody`: to be found or made
};

/// Plays all candidates of those shoppers of whom nothing is left to happen afterwards: most of
/// them. They need neither a record nor a place in the order of events, so their visits are played
/// and counted where they stand. The outcome is the one that playing them with all others would
/// have. Customers, whom prospecting ads and unasked visits do not concern, drop out.
///
/// Moves the other candidates to the front, their visits' random bits likewise, and returns them.
/// `words` holds those bits, one block for each candidate.
[[nodiscard]] OtherCandidates play_passers_by(Block& block, MediaTotals& totals,
                                              std::span<Candidate> candidates,
                                              std::span<std::array<std::uint64_t, 2>> words);

}  // namespace flywheel
