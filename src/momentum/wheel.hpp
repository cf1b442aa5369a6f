#pragma once

#include <vector>

#include "momentum/marketplace.hpp"
#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"
#include "momentum/page_tests.hpp"
#include "momentum/targeting.hpp"
#include "random/key.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// What the shop and the platforms have learned by the end of a rotation. Loops that do not turn
/// stay as they are on the first day.
struct Wheel {
  int rotation{0};  ///< that comes next
  PageTests page_tests;
  std::vector<ChannelKnowledge> channels;  ///< empty where platforms do not learn
  Marketplace marketplace;
  Observed observed;
};

/// The first day. `ideas`: of the whole future, in the order of their tests; `rival_price`: index
/// on that day.
[[nodiscard]] Wheel first_wheel(const MomentumTraits& traits, std::vector<PageIdea> ideas,
                                double rival_price);

/// After one more rotation.
[[nodiscard]] Wheel turn(const MomentumTraits& traits, Wheel wheel, Observed observed,
                         Key shoppers);

/// What it makes of the shop in the coming rotation.
[[nodiscard]] ShopState shop_of(const MomentumTraits& traits, const Wheel& wheel);

/// Sum of the effects on the logarithm of the conversion rate.
[[nodiscard]] double conversion_effect(const MomentumTraits& traits, const Wheel& wheel);

/// Organic visits over those that the plan has; not a number where it has none.
[[nodiscard]] double organic_factor(const MomentumTraits& traits, const Wheel& wheel);

}  // namespace flywheel
