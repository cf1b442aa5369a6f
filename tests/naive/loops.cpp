// From one rotation to the next: docs/model.md 8.
#include "naive/loops.hpp"

namespace flywheel::test {

NaiveLoops start_loops(const Scenario& scenario, Key key) {
  NaiveLoops loops;
  loops.key = key;
  loops.rotations.emplace_back();
  loops.rotations[0].spoken_visits.assign(scenario.segments.size(), 0.0);
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    loops.rotations[0].aims.push_back(start_aim(scenario, c));
  }
  NaiveConditions& first = loops.rotations[0];
  first.marketplace = open_marketplace(scenario);
  if (scenario.momentum.marketplace.enabled) {
    first.lifts.everywhere = marketplace_lift(scenario.momentum.marketplace, first.marketplace);
  }
  grow_organic(first, scenario, NaiveTally{scenario}, 0.0);
  if (!scenario.momentum.targeting.enabled) return loops;
  loops.due = shares_due(scenario);
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    loops.learners.push_back(start_learner(scenario, c));
  }
  return loops;
}

void open_rotation(NaiveLoops& loops, const Scenario& scenario, const NaiveTally& tally,
                   int rotation) {
  const MomentumTraits& momentum = scenario.momentum;
  if (rotation > 0) {
    const double now = rotation * scenario.calendar.rotation_days;
    const NaiveReviews written = reviews_before(tally, now);
    NaiveConditions next = loops.now();
    next.lifts = {};
    for (const NaivePageTest& test : loops.tests) {
      if (test.is_won) {
        (test.idea.at_checkout ? next.lifts.checkout : next.lifts.pages) += test.idea.effect;
      }
    }
    if (momentum.reputation.enabled) {
      next.lifts.everywhere = reputation_lift(momentum.reputation, written);
    }
    if (momentum.marketplace.enabled) {
      next.marketplace = turn_marketplace(next.marketplace, scenario, volume_until(tally, rotation),
                                          rotation * scenario.calendar.rotation_days);
      next.lifts.everywhere += marketplace_lift(momentum.marketplace, next.marketplace);
    }
    if (momentum.feedback.enabled) {
      next.mending = mend(momentum.feedback, written.count + contacts_before(tally, now));
    }
    grow_organic(next, scenario, tally, now);
    if (momentum.targeting.enabled) {
      for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
        learn_channel(loops, scenario, tally, c);
        next.aims[c] = next_aim(loops, scenario, c);
      }
    }
    loops.rotations.push_back(next);
  }
  begin_page_tests(loops, scenario, rotation);
}

void close_rotation(NaiveLoops& loops, const Scenario& scenario, int rotation) {
  for (NaivePageTest& test : loops.tests) {
    if (!test.is_finished && test.end_rotation == rotation + 1) {
      judge(test, scenario.momentum.page_tests.critical_value);
    }
  }
}

}  // namespace flywheel::test
