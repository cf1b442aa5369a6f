#pragma once

#include <span>

#include "journey/block.hpp"
#include "journey/landing_play.hpp"

namespace flywheel {

/// A visit that was played, as it is counted.
struct CountedVisit {
  Days time{0};
  std::uint8_t source{0};
  Device device{};
  Depth depth{};
  SeenIdeas ideas{0};
};

/// The ideas that a shopper sees: half of all shoppers each, for good, and independently of other
/// tests.
[[nodiscard]] SeenIdeas ideas_seen(Key shoppers, std::span<const RunningTest> tests,
                                   PersonId person);

/// Whether the idea of the `test`-th test of the shop's list is among them.
[[nodiscard]] inline bool sees(SeenIdeas ideas, std::size_t test) {
  return (ideas >> test & 1U) != 0;
}

/// A visit while tests run (docs/model.md 8.2).
[[nodiscard]] VisitOutcome play_tested_visit(const Block& block, VisitTerms terms,
                                             const VisitLuck& luck);

/// Counts a visit in its half of each running test.
void count_tested_visit(Block& block, SeenIdeas ideas, Depth depth);

/// A visit in the shop as it is now.
[[nodiscard]] inline VisitOutcome play_in_shop(const Block& block, const VisitTerms& terms,
                                               const VisitLuck& luck) {
  if (!block.snapshot.shop.tests.empty()) return play_tested_visit(block, terms, luck);
  return play_visit(*block.world.funnel, block.front.steps, terms, luck);
}

/// Counts it, when it is sure to have taken place.
inline void count_visit(Block& block, const CountedVisit& visit) {
  block.visits.add(block.rotation_of(visit.time), visit.source, visit.device, visit.depth);
  if (!block.snapshot.shop.tests.empty()) count_tested_visit(block, visit.ideas, visit.depth);
}

}  // namespace flywheel
