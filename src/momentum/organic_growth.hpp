#pragma once

#include <vector>

#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"

namespace flywheel {

/// Organic visits beside the plan's own (docs/model.md 8.5).
struct OrganicGrowth {
  double factor{1};                   ///< on the plan's own
  double content_visits{0};           ///< a day and shopper, before demand
  std::vector<double> word_of_mouth;  ///< a day and shopper, by segment; empty: none
};

/// `now`: the first day of the coming rotation.
[[nodiscard]] OrganicGrowth grow_organic(const OrganicGrowthTraits& traits,
                                         const Observed& observed, double now);

}  // namespace flywheel
