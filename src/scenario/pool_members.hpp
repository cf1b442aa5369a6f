#pragma once

#include <array>
#include <cstddef>

#include "scenario/base_rates.hpp"
#include "scenario/intent_world.hpp"

namespace flywheel {

/// Who left first visits of the flight, by type, as shares of the audience. Who left twice counts
/// twice.
struct PoolMembers {
  ByType paid;      ///< after a click or a view
  ByType unpaid;    ///< after an organic visit
  ByType engaged;   ///< of both, engaged: who may return by themselves
  ByType affinity;  ///< mean a^q
  ByType active;    ///< visits left over the flight by a shopper of activity 1, were nobody to buy
  ByType steady;    ///< likewise, by anybody
  std::array<ByType, leaver_pool_count> ends{};  ///< of both, by where; only if pools differ
  ByType impressions;                            ///< mean factor of their pools on impressions
  ByType clicks;                                 ///< likewise on clicks a day

  [[nodiscard]] double count(std::size_t type) const { return paid[type] + unpaid[type]; }
};

/// Whether no pool differs from another in what it is shown and does.
[[nodiscard]] bool are_alike(const std::array<PoolTraits, leaver_pool_count>& pools);

/// The pools of an audience whose first visits and own returns are solved.
[[nodiscard]] PoolMembers pool_members(const IntentWorld& world, const TraitNodes& traits);

}  // namespace flywheel
