#include "journey/batch_visits.hpp"

#include <algorithm>

#include "core/check.hpp"
#include "journey/landing_play.hpp"
#include "journey/tested_visit.hpp"
#include "journey/visits.hpp"
#include "random/blocks.hpp"

namespace flywheel {

namespace {

/// The same as ideas_seen, for many at a time.
void draw_ideas(BatchVisits& visits, const Block& block, const VisitBatch& batch) {
  const std::vector<RunningTest>& tests = block.snapshot.shop.tests;
  visits.ideas.fill(0);
  if (tests.empty()) return;
  expect(tests.size() <= most_tests, "more tests run than a visit can tell");
  BatchVisits::Each<std::uint64_t> persons;
  BatchVisits::Each<std::array<std::uint64_t, 2>> blocks;
  for (std::size_t k = 0; k < batch.size(); ++k) persons[k] = batch.candidate(k).person.value;
  for (std::size_t test = 0; test < tests.size(); ++test) {
    fill_blocks_of(block.world.key, {Purpose::page_test, 0, tests[test].number},
                   {persons.data(), batch.size()}, {blocks.data(), batch.size()});
    for (std::size_t k = 0; k < batch.size(); ++k) {
      visits.ideas[k] |= blocks[k][0] >> 63U << test;
    }
  }
}

VisitTerms terms_at(const Block& block, const Candidate& candidate) {
  return terms_of(block, candidate.inclination, candidate.source, candidate.time);
}

/// How far visits go where each is an order or not (propensity model).
void descend_by_propensity(BatchVisits& visits, const Block& block, const VisitBatch& batch) {
  const std::vector<RunningTest>& tests = block.snapshot.shop.tests;
  for (std::size_t k = 0; k < batch.size(); ++k) {
    VisitTerms terms = terms_at(block, batch.candidate(k));
    for (std::size_t test = 0; test < tests.size(); ++test) {
      if (!sees(visits.ideas[k], test)) continue;
      terms.order_chance = std::min(1.0, terms.order_chance * tests[test].chance_factor);
    }
    visits.depth[k] = landing::descend_at_once(terms, landing::high_uniform(batch.bits(k)[0]));
  }
}

/// How far visits go step by step.
void descend_by_steps(BatchVisits& visits, const Block& block, const VisitBatch& batch) {
  const std::vector<RunningTest>& tests = block.snapshot.shop.tests;
  const double rescued_share = block.world.funnel->rescued_share;
  for (std::size_t k = 0; k < batch.size(); ++k) {
    const VisitTerms terms = terms_at(block, batch.candidate(k));
    auto odds = block.front.steps[static_cast<std::size_t>(visits.device[k])];
    for (std::size_t test = 0; test < tests.size(); ++test) {
      if (!sees(visits.ideas[k], test)) continue;
      for (std::size_t step = 0; step < odds.size(); ++step) {
        odds[step] *= tests[test].odds_against[step];
      }
    }
    visits.depth[k] =
        landing::descend(odds, terms, rescued_share, landing::high_uniform(batch.bits(k)[0]));
  }
}

void choose_devices(BatchVisits& visits, const Block& block, const VisitBatch& batch) {
  for (std::size_t k = 0; k < batch.size(); ++k) {
    const double mobile_share = block.world.mobile_shares[batch.candidate(k).source];
    const bool is_mobile = landing::low_uniform(batch.bits(k)[0]) < mobile_share;
    visits.device[k] = is_mobile ? Device::mobile : Device::desktop;
  }
}

/// What follows from how far a visit goes; without a branch, since no processor foresees these.
void follow_up(BatchVisits& visits, const Block& block, const VisitBatch& batch) {
  const double form_rate = block.world.funnel->form_rate;
  const unsigned returns = block.world.retargeting->return_probability > 0.0 ? 1U : 0U;
  for (std::size_t k = 0; k < batch.size(); ++k) {
    const std::uint64_t word = batch.bits(k)[1];
    const unsigned orders = visits.depth[k] == Depth::ordered ? 1U : 0U;
    const unsigned is_engaged = visits.depth[k] >= Depth::engaged ? 1U : 0U;
    const unsigned leaves_address = landing::high_uniform(word) < form_rate ? 1U : 0U;
    visits.retargeting[k] = landing::retargeting_uniform(word);
    visits.leaves_trace[k] =
        static_cast<std::uint8_t>(orders | (is_engaged & (leaves_address | returns)));
  }
}

}  // namespace

BatchVisits play_batch(const Block& block, const VisitBatch& batch) {
  expect(batch.size() <= VisitBatch::most, "a batch holds no more");
  BatchVisits visits;
  draw_ideas(visits, block, batch);
  choose_devices(visits, block, batch);
  if (block.world.funnel->uses_propensity) {
    descend_by_propensity(visits, block, batch);
  } else {
    descend_by_steps(visits, block, batch);
  }
  follow_up(visits, block, batch);
  return visits;
}

}  // namespace flywheel
