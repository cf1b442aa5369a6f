// Tests of landing and checkout: docs/model.md 8.2, and the effects of 8.
#include <cmath>

#include "core/check.hpp"
#include "naive/loops.hpp"

namespace flywheel::test {

namespace {

constexpr std::size_t page_steps = 3;  // engaged, viewed, cart

/// The chance of the mean unpaid visitor to fail at a step.
double failure_at(const FunnelTraits& funnel, std::size_t step) {
  const auto fails = [&](std::size_t device) {
    return 1.0 / (1.0 + std::exp(funnel.step_log_odds[device][step]));
  };
  return (1.0 - funnel.unpaid_mobile_share) * fails(0) + funnel.unpaid_mobile_share * fails(1);
}

/// Adds a lift to the steps [begin, end); where nobody fails there is nothing to lift.
void spread(std::array<double, step_count>& shifts, const FunnelTraits& funnel, double lift,
            std::array<std::size_t, 2> steps) {
  double failures = 0.0;
  for (std::size_t step = steps[0]; step < steps[1]; ++step) failures += failure_at(funnel, step);
  if (failures < 1e-9) return;
  for (std::size_t step = steps[0]; step < steps[1]; ++step) shifts[step] += lift / failures;
}

}  // namespace

std::array<double, step_count> shift_steps(const FunnelTraits& funnel, const NaiveLifts& lifts) {
  std::array<double, step_count> shifts{};
  spread(shifts, funnel, lifts.everywhere, {0, step_count});
  spread(shifts, funnel, lifts.pages, {0, page_steps});
  spread(shifts, funnel, lifts.checkout, {page_steps, step_count});
  return shifts;
}

void begin_page_tests(NaiveLoops& loops, const Scenario& scenario, int rotation) {
  const PageTestTraits& traits = scenario.momentum.page_tests;
  if (!traits.enabled) return;
  for (int k = 0; k < traits.ideas_per_rotation; ++k) {
    const std::size_t number = loops.tests.size();
    expect(number < scenario.market.ideas.size(), "each test has an idea");
    loops.tests.push_back({.number = static_cast<int>(number),
                           .idea = scenario.market.ideas[number],
                           .end_rotation = rotation + traits.run_rotations});
  }
}

double z_score(const NaivePageTest& test) {
  const auto& [a, b] = test.halves;
  if (a.visits == 0.0 || b.visits == 0.0) return 0.0;
  const double pooled = (a.orders + b.orders) / (a.visits + b.visits);
  const double variance = pooled * (1.0 - pooled) * (1.0 / a.visits + 1.0 / b.visits);
  if (variance <= 0.0) return 0.0;
  return (b.orders / b.visits - a.orders / a.visits) / std::sqrt(variance);
}

void judge(NaivePageTest& test, double critical_value) {
  test.is_finished = true;
  test.is_won = z_score(test) > critical_value;
}

bool is_in_half_b(NaiveShopper& shopper, int test_number) {
  const auto known = shopper.is_in_half_b.find(test_number);
  if (known != shopper.is_in_half_b.end()) return known->second;
  const bool is_in_b = shopper.stream.bernoulli(0.5);
  shopper.is_in_half_b.emplace(test_number, is_in_b);
  return is_in_b;
}

NaiveLifts lifts_for(const NaiveLoops& loops, NaiveShopper& shopper) {
  NaiveLifts lifts = loops.now().lifts;
  for (const NaivePageTest& test : loops.tests) {
    if (test.is_finished || !is_in_half_b(shopper, test.number)) continue;
    (test.idea.at_checkout ? lifts.checkout : lifts.pages) += test.idea.effect;
  }
  return lifts;
}

void count_in_tests(NaiveLoops& loops, NaiveShopper& shopper, double orders) {
  for (NaivePageTest& test : loops.tests) {
    if (test.is_finished) continue;
    NaiveHalf& half = test.halves[is_in_half_b(shopper, test.number) ? 1 : 0];
    half.visits += 1.0;
    half.orders += orders;
  }
}

}  // namespace flywheel::test
