#pragma once

#include "outcome/outcome.hpp"
#include "scenario/scenario.hpp"
#include "simulation/block_run.hpp"

namespace flywheel {

/// Sizes of the outcome's dimensions in a scenario.
[[nodiscard]] DimensionSizes dimension_sizes(const Scenario& scenario);

/// One possible future of a plan, played out shopper by shopper to the horizon.
///
/// Blocks (segments) run in parallel within a rotation and are merged in their order, so the bits
/// do not depend on threads. The Snapshot of a rotation is made from what had happened before it.
[[nodiscard]] Outcome run_replication(const Scenario& scenario, const OutcomeLayout& layout);

/// Memory that one worker hands from one replication to the next, so that none is asked for in
/// steady state; what it holds has no influence on the outcome.
struct ReplicationMemory {
  std::vector<RunMemory> blocks;
};

/// The same in memory that is used again.
[[nodiscard]] Outcome run_replication(const Scenario& scenario, const OutcomeLayout& layout,
                                      ReplicationMemory& memory);

}  // namespace flywheel
