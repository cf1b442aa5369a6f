#include "momentum/page_tests.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

double order_rate(const TestHalf& half) {
  return half.visits > 0 ? static_cast<double>(half.orders) / static_cast<double>(half.visits)
                         : 0.0;
}

PageTests keep_idea(PageTests tests, const PageIdea& idea, const TestHalves& halves) {
  (idea.at_checkout ? tests.checkout_effect : tests.page_effect) += idea.effect;
  PageTestScore& score = tests.score;
  score.won += 1.0;
  if (idea.effect <= 0.0) score.falsely_won += 1.0;
  score.true_lift += portable_exp(idea.effect) - 1.0;
  const double before = order_rate(halves.without);
  if (before > 0.0) {
    score.observed_lift += order_rate(halves.with) / before - 1.0;
    score.lifts_observed += 1.0;
  }
  return tests;
}

}  // namespace

double test_statistic(const TestHalves& halves) {
  const auto without = static_cast<double>(halves.without.visits);
  const auto with = static_cast<double>(halves.with.visits);
  if (without <= 0.0 || with <= 0.0) return 0.0;
  const auto orders = static_cast<double>(halves.without.orders + halves.with.orders);
  const double pooled = orders / (without + with);
  if (pooled <= 0.0 || pooled >= 1.0) return 0.0;
  const double error = std::sqrt(pooled * (1.0 - pooled) * (1.0 / without + 1.0 / with));
  return (order_rate(halves.with) - order_rate(halves.without)) / error;
}

PageTests begin_tests(const PageTestTraits& traits, PageTests tests) {
  const auto last = static_cast<int>(tests.ideas.size());
  for (int k = 0; k < traits.ideas_per_rotation && tests.next < last; ++k) {
    tests.running.push_back(tests.next++);
  }
  return tests;
}

PageTests judge_tests(const PageTestTraits& traits, PageTests tests,
                      const std::vector<TestHalves>& observed, int number) {
  std::vector<int> running;
  for (const int test : tests.running) {
    const int first = test / traits.ideas_per_rotation;
    if (number < first + traits.run_rotations - 1) {
      running.push_back(test);
      continue;
    }
    const auto place = static_cast<std::size_t>(test);
    const TestHalves halves = place < observed.size() ? observed[place] : TestHalves{};
    tests.score.finished += 1.0;
    if (test_statistic(halves) > traits.critical_value) {
      const PageIdea idea = tests.ideas[place];
      tests = keep_idea(std::move(tests), idea, halves);
    }
  }
  tests.running = running;
  return tests;
}

}  // namespace flywheel
