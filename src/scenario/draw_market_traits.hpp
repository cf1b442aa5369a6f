#pragma once

#include "market/draw_market.hpp"
#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"

namespace flywheel {

/// The market's law in one future of the parameters, by day from the start to the horizon.
///
/// Retargeting has no volatility of its own in a plan: it gets the mean of the channels', and
/// competes in the same auctions. Entity 1 keys it, since a channel may have any name.
[[nodiscard]] MarketTraits draw_market_traits(const Plan& plan, const DrawnNumbers& drawn,
                                              int horizon_days);

}  // namespace flywheel
