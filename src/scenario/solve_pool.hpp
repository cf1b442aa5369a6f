#pragma once

#include "scenario/base_rates.hpp"
#include "scenario/intent_world.hpp"

namespace flywheel {

/// Rates of those who come a second time.
struct PoolSolution {
  double retargeted_log_odds{0};  ///< D of retargeted visits (steps)
  double returned_log_odds{0};    ///< D of own returns (steps)
  Solution return_probability;    ///< U
  double incremental_share{1};    ///< of retargeting-credited orders, implied by U
  double click_rate{0};           ///< of retargeting, for a shopper of affinity 1
  bool rates_reached{true};
};

/// Solves retargeting and own returns in an audience whose first visits are solved.
///
/// The pool are those who left a first visit of the flight (click or organic visit) without an
/// order, at the pool's depth or deeper; own returns are those of its engaged leavers. Averages run
/// over them as they are, with the intent and the affinity that having come and left implies;
/// second windows and the exhaustion by these orders themselves are left out.
[[nodiscard]] PoolSolution solve_pool(const IntentWorld& world, const BaseRateSetting& setting,
                                      const TraitNodes& traits);

}  // namespace flywheel
