#pragma once

#include <vector>

#include "momentum/momentum_traits.hpp"
#include "plan/plan.hpp"
#include "scenario/draw_media.hpp"
#include "scenario/number_draws.hpp"
#include "scenario/quadrature.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// What the loops are made of.
struct MomentumSource {
  const Plan& plan;
  const DrawnNumbers& drawn;
  const std::vector<MediaTraits>& media;                   ///< by channel
  double media_factor{1};                                  ///< on the budgets (Future)
  const Nodes& affinities;                                 ///< of the audience
  const std::vector<std::vector<ClicksByIntent>>& clicks;  ///< by channel; may be empty
};

/// The loops of a plan (docs/model.md 8) in a scenario whose base rates are solved.
[[nodiscard]] MomentumTraits draw_momentum(const MomentumSource& source, const Scenario& scenario);

/// Stops the loops that do not turn, programs among them; those that are off stay off. The people
/// stay as they are: their rates are solved with the programs.
[[nodiscard]] Scenario stop_loops(const LoopsPlan& loops, Scenario scenario);

}  // namespace flywheel
