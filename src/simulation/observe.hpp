#pragma once

#include <vector>

#include "momentum/observed.hpp"
#include "simulation/block_run.hpp"

namespace flywheel {

/// What the shop and the platforms can see of what the segments' shoppers have done by the end of
/// a rotation; never what made them do it.
[[nodiscard]] Observed observe(const Scenario& scenario, const std::vector<BlockRun>& blocks,
                               const Snapshot& ended);

/// Index of prices elsewhere on a day; that of the last day behind the horizon.
[[nodiscard]] double rival_price_on(const MarketPath& market, Days time);

}  // namespace flywheel
