#include "journey/tested_visit.hpp"

#include <algorithm>

#include "core/check.hpp"
#include "random/stream.hpp"

namespace flywheel {

SeenIdeas ideas_seen(Key shoppers, std::span<const RunningTest> tests, PersonId person) {
  expect(tests.size() <= most_tests, "more tests run than a visit can tell");
  SeenIdeas ideas = 0;
  for (std::size_t test = 0; test < tests.size(); ++test) {
    const auto words = draw_block(shoppers, {Purpose::page_test, person.value, tests[test].number});
    ideas |= words[0] >> 63U << test;
  }
  return ideas;
}

VisitOutcome play_tested_visit(const Block& block, VisitTerms terms, const VisitLuck& luck) {
  const std::vector<RunningTest>& tests = block.snapshot.shop.tests;
  const SeenIdeas ideas = ideas_seen(luck.key, tests, luck.person);
  StepOdds steps = block.front.steps;
  for (std::size_t test = 0; test < tests.size(); ++test) {
    if (!sees(ideas, test)) continue;
    terms.order_chance = std::min(1.0, terms.order_chance * tests[test].chance_factor);
    for (auto& device : steps) {
      for (std::size_t step = 0; step < device.size(); ++step) {
        device[step] *= tests[test].odds_against[step];
      }
    }
  }
  VisitOutcome visit = play_visit(*block.world.funnel, steps, terms, luck);
  visit.ideas = ideas;
  return visit;
}

void count_tested_visit(Block& block, SeenIdeas ideas, Depth depth) {
  const std::vector<RunningTest>& tests = block.snapshot.shop.tests;
  for (std::size_t test = 0; test < tests.size(); ++test) {
    TestHalves& halves = block.tally.tests[tests[test].number];
    TestHalf& half = sees(ideas, test) ? halves.with : halves.without;
    ++half.visits;
    if (depth == Depth::ordered) ++half.orders;
  }
}

}  // namespace flywheel
