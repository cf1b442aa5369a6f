#pragma once

#include "outcome/outcome.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// Sizes of the outcome's dimensions in a scenario.
[[nodiscard]] DimensionSizes dimension_sizes(const Scenario& scenario);

/// One possible future of a plan, played out shopper by shopper to the horizon.
///
/// Blocks (segments) run in parallel within a rotation and are merged in their order, so the bits
/// do not depend on threads. The Snapshot of a rotation is made from what had happened before it.
[[nodiscard]] Outcome run_replication(const Scenario& scenario, const OutcomeLayout& layout);

}  // namespace flywheel
