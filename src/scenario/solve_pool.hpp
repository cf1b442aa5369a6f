#pragma once

#include "scenario/base_rates.hpp"
#include "scenario/intent_world.hpp"

namespace flywheel {

/// Rates of those who come a second time.
struct PoolSolution {
  double retargeted_log_odds{0};  ///< D of retargeted visits (steps)
  bool retargeted_reached{true};
  double incremental_share{1};  ///< of retargeting-credited orders, implied by U
  bool incremental_reached{true};
  double click_rate{0};     ///< of retargeting, for a shopper of affinity 1
  WindowOpenings openings;  ///< over the flight, per shopper
  SecondChances second;     ///< what leavers can expect under this solution, and U
};

/// Solves retargeting in an audience whose first visits and own returns are solved.
///
/// The pool are those who left a visit without an order less than a window ago, at the pool's depth
/// or deeper. Averages run over them as they are, with the intent and the affinity that having come
/// and left implies; who comes often has one window, not many. U moves towards the value at which
/// the incremental share is its target. `start` is the solution of a similar world.
[[nodiscard]] PoolSolution solve_pool(const IntentWorld& world, const TraitNodes& traits,
                                      const PoolSolution& start);

}  // namespace flywheel
