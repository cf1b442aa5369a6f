#include "journey/tested_visit.hpp"

#include <algorithm>

#include "random/stream.hpp"

namespace flywheel {

bool sees_idea(Key shoppers, PersonId person, std::uint64_t test) {
  return draw_block(shoppers, {Purpose::page_test, person.value, test})[0] >> 63U != 0;
}

VisitOutcome play_tested_visit(const Block& block, VisitTerms terms, const VisitLuck& luck) {
  StepOdds steps = block.front.steps;
  for (const RunningTest& test : block.snapshot.shop.tests) {
    if (!sees_idea(luck.key, luck.person, test.number)) continue;
    terms.order_chance = std::min(1.0, terms.order_chance * test.chance_factor);
    for (auto& device : steps) {
      for (std::size_t step = 0; step < device.size(); ++step) {
        device[step] *= test.odds_against[step];
      }
    }
  }
  return play_visit(*block.world.funnel, steps, terms, luck);
}

void count_tested_visit(Block& block, PersonId person, Depth depth) {
  for (const RunningTest& test : block.snapshot.shop.tests) {
    TestHalves& halves = block.tally.tests[test.number];
    TestHalf& half = sees_idea(block.world.key, person, test.number) ? halves.with : halves.without;
    ++half.visits;
    if (depth == Depth::ordered) ++half.orders;
  }
}

}  // namespace flywheel
