#pragma once

#include <vector>

#include "market/draw_market.hpp"
#include "plan/plan.hpp"
#include "scenario/draw_media.hpp"
#include "scenario/draw_traits.hpp"
#include "scenario/number_draws.hpp"
#include "scenario/scenario.hpp"
#include "scenario/window_openings.hpp"

namespace flywheel {

/// A scenario whose parameters are drawn and solved and whose market is still open.
struct ParameterLevel {
  Scenario scenario;  ///< without market, deliveries, retargeting prices and purchase clock
  MarketTraits market;
  std::vector<MediaTraits> media;  ///< by channel
  RetargetingMedia retargeting;
  WindowOpenings openings;  ///< of retargeting's windows, per day
  double media_factor{1};   ///< on the budgets (Future)
  bool seasonal_purchases{false};
};

/// Everything of a future that the market does not touch, for these values of the plan's numbers
/// and this factor on its budgets.
[[nodiscard]] ParameterLevel draw_parameters(const Plan& plan, const TraitTables& tables,
                                             const DrawnNumbers& drawn, double media_factor);

/// The same future with its market: what the budgets buy on each day, and the purchase clock.
[[nodiscard]] Scenario open_market(ParameterLevel level, const Plan& plan, MarketPath market);

}  // namespace flywheel
