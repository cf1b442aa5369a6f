#include "simulation/replication.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include <tbb/parallel_for.h>

#include "journey/put_off.hpp"
#include "ledger/figures.hpp"
#include "ledger/paths.hpp"
#include "momentum/wheel.hpp"
#include "simulation/block_run.hpp"
#include "simulation/observe.hpp"
#include "simulation/scenario_figures.hpp"
#include "simulation/wheel_figures.hpp"

namespace flywheel {

namespace {

/// Windows open on average over the first days of retargeting, when so many are opened a day.
double first_windows(const RetargetingTraits& traits, double length) {
  const double days = std::min(length, traits.last_day);
  const double rising = std::min(days, traits.window_days);
  return traits.expected_entries_per_day * rising * (1.0 - 0.5 * rising / days);
}

/// Windows of retargeting that may be open on average until the next snapshot: the number goes on
/// growing as it did, or stays; before anything is known, it is the one to expect.
double expected_windows(const Scenario& scenario, const Snapshot& now, const Snapshot* before) {
  if (before == nullptr) return first_windows(scenario.retargeting, now.end - now.begin);
  return now.open_windows + 0.5 * std::max(0.0, now.open_windows - before->open_windows);
}

/// What all shoppers of the next stretch share, from what has happened so far.
Snapshot make_snapshot(const Scenario& scenario, const std::vector<BlockRun>& blocks,
                       const Wheel& wheel, const Snapshot* before) {
  const int number = before == nullptr ? 0 : before->number + 1;
  const auto length = static_cast<double>(stretch_days(scenario));
  Snapshot snapshot{.number = number,
                    .begin = number * length,
                    .customer_share = {},
                    .put_off_share = {},
                    .shop = {}};
  snapshot.end =
      std::min(snapshot.begin + length, static_cast<double>(scenario.calendar.horizon()));
  for (std::size_t segment = 0; segment < blocks.size(); ++segment) {
    snapshot.open_windows += blocks[segment].open_windows();
    const auto customers = static_cast<double>(blocks[segment].customer_count());
    const auto size = static_cast<double>(scenario.segments[segment].size);
    snapshot.customer_share.push_back(std::min(1.0, customers / size));
    snapshot.put_off_share.push_back(put_off_share(blocks[segment].people_put_off(), size));
  }
  snapshot.expected_windows = expected_windows(scenario, snapshot, before);
  snapshot.shop = shop_of(scenario.momentum, wheel);
  return snapshot;
}

/// Existing customers over segments in proportion to size, rounded so that the sum is right.
void admit_existing(const Scenario& scenario, std::vector<BlockRun>& blocks) {
  double total = 0.0;
  for (const SegmentTraits& segment : scenario.segments) total += static_cast<double>(segment.size);
  const auto customers = static_cast<double>(scenario.day_zero.customers);
  double sum = 0.0;
  double admitted = 0.0;
  for (std::size_t segment = 0; segment < blocks.size(); ++segment) {
    sum += static_cast<double>(scenario.segments[segment].size);
    const double until = std::floor(customers * sum / total + 0.5);
    blocks[segment].admit({.first = static_cast<std::uint64_t>(admitted),
                           .count = static_cast<std::uint64_t>(until - admitted)});
    admitted = until;
  }
}

std::vector<PageIdea> ideas_of(const MarketPath& market) {
  std::vector<PageIdea> ideas;
  for (const TestIdea& idea : market.ideas) ideas.push_back({idea.effect, idea.at_checkout});
  return ideas;
}

/// What fails in several blocks is told by the first of them, whoever came to it first.
template <class Work>
void for_blocks(std::vector<BlockRun>& blocks, const Work& work) {
  std::vector<std::exception_ptr> failures(blocks.size());
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t k) {
    try {
      work(blocks[k]);
    } catch (...) {
      failures[k] = std::current_exception();
    }
  });
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

std::vector<BlockRun> make_blocks(const Scenario& scenario, const BandSet& bands,
                                  ReplicationMemory& memory) {
  std::vector<BlockRun> blocks;
  memory.blocks.resize(scenario.segments.size());
  blocks.reserve(scenario.segments.size());
  for (std::size_t segment = 0; segment < scenario.segments.size(); ++segment) {
    blocks.emplace_back(scenario, bands, segment, memory.blocks[segment]);
  }
  return blocks;
}

Outcome make_outcome(const Scenario& scenario, const OutcomeLayout& layout,
                     const std::vector<BlockRun>& blocks, const Wheel& wheel,
                     const WheelPath& path) {
  Tally tally{layout.sizes()};
  Books books{layout.sizes(), scenario.calendar.horizon()};
  std::vector<double> shoppers;
  for (const BlockRun& run : blocks) {
    tally.merge(run.block().tally);
    books.merge(run.block().books);
  }
  for (const SegmentTraits& segment : scenario.segments) {
    shoppers.push_back(static_cast<double>(segment.size));
  }
  const auto rotation = static_cast<std::size_t>(scenario.calendar.rotation_days);
  const auto existing = static_cast<double>(scenario.day_zero.customers);
  Outcome outcome;
  outcome.row = add_scenario_figures(
      make_row(layout, {&tally, &books, scenario.ledger, shoppers, rotation, existing}), layout,
      scenario, tally, path.shops);
  outcome.row = add_wheel_figures(std::move(outcome.row), layout, scenario, wheel, path);
  for (const double roas : calendar_roas_path(books)) {
    outcome.calendar_roas.push_back(static_cast<float>(roas));
  }
  for (const Money cash : cash_path(books, scenario.ledger)) {
    outcome.cash.push_back(static_cast<float>(cash.in_units()));
  }
  outcome.events = tally.of(Count::events);
  return outcome;
}

}  // namespace

DimensionSizes dimension_sizes(const Scenario& scenario) {
  return {scenario.channels.size() + 1, scenario.segments.size(), scenario.flows.size(),
          rotation_count(scenario.calendar)};
}

Outcome run_replication(const Scenario& scenario, const OutcomeLayout& layout) {
  ReplicationMemory memory;
  return run_replication(scenario, layout, memory);
}

Outcome run_replication(const Scenario& scenario, const OutcomeLayout& layout,
                        ReplicationMemory& memory) {
  const BandSet bands = make_band_set(scenario.audience);
  Wheel wheel = first_wheel(scenario.momentum, ideas_of(scenario.market),
                            rival_price_on(scenario.market, 0.0));
  std::vector<BlockRun> blocks = make_blocks(scenario, bands, memory);
  admit_existing(scenario, blocks);
  Snapshot snapshot = make_snapshot(scenario, blocks, wheel, nullptr);
  WheelPath path = follow({}, scenario, wheel, snapshot.shop);
  while (snapshot.begin < scenario.calendar.horizon()) {
    for_blocks(blocks, [&](BlockRun& block) { block.play(snapshot); });
    if (scenario.momentum.turns()) {
      wheel = turn(scenario.momentum, std::move(wheel), observe(scenario, blocks, snapshot),
                   scenario.shoppers);
    }
    snapshot = make_snapshot(scenario, blocks, wheel, &snapshot);
    path = follow(std::move(path), scenario, wheel, snapshot.shop);
  }
  for_blocks(blocks, [](BlockRun& block) { block.close(); });
  Outcome outcome = make_outcome(scenario, layout, blocks, wheel, path);
  for (BlockRun& block : blocks) block.give_back();
  return outcome;
}

}  // namespace flywheel
