#pragma once

#include <cstdint>
#include <vector>

#include "naive/loops.hpp"
#include "naive/shopper.hpp"
#include "naive/tally.hpp"
#include "outcome/outcome.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

/// A future played to its end: what was counted, and everybody who was there (the audience, then
/// day-zero customers, then friends as they came), and what the loops made of it.
struct NaiveFuture {
  NaiveTally tally;
  std::vector<NaiveShopper> shoppers;
  NaiveLoops loops{};
};

/// Plays one future of a scenario the long way: every shopper, every day, everything of the day in
/// order of time. A second opinion on docs/model.md (sections 5, 7 and 8), with the readings of
/// CHOICES.md; no speed, no tricks, no code shared with the fast engine beyond random numbers and
/// the nouns. Money is in units of currency, not rounded.
///
/// `luck` stands in for Scenario::shoppers, which is not read: equal luck, equal result.
[[nodiscard]] NaiveFuture play_naive(const Scenario& scenario, std::uint64_t luck);

/// The same as a row of all columns, with both paths.
[[nodiscard]] Outcome run_naive(const Scenario& scenario, const OutcomeLayout& layout,
                                std::uint64_t luck);

/// Fills the row and the paths from a future (outcome.cpp); every column as its description says.
[[nodiscard]] Outcome report(const Scenario& scenario, const OutcomeLayout& layout,
                             const NaiveFuture& future);

/// The layout that a scenario's outcomes have.
[[nodiscard]] OutcomeLayout layout_of(const Scenario& scenario);

}  // namespace flywheel::test
