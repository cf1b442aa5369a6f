#pragma once

#include <vector>

#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// Where the second wheel stands at the begin of a rotation (docs/model.md 9).
struct Marketplace {
  double unit_cost{1};  ///< index
  double price{1};      ///< index
  double rival_price{1};
  double sellers{1};
  double offered{1};               ///< by sellers, against day 0
  double good{1};                  ///< what sells well, against day 0
  double poor{0};                  ///< what sells poorly, against all that was offered on day 0
  double delivery{1};              ///< factor on its time
  double stock{0};                 ///< orders it serves; below 0: orders that wait for goods
  double demand{1};                ///< orders of the last rotation that had goods for all, or more
  std::vector<double> on_the_way;  ///< orders that goods will serve, next arrival first
  double availability{1};
  double first_orders{0};   ///< of the first rotation
  double first_visits{0};   ///< by which sellers judge the traffic: the usual, else the first
  double orders_before{0};  ///< until the rotation that ends
  double visits_before{0};
};

[[nodiscard]] Marketplace first_marketplace(const MarketplaceTraits& traits, double rival_price);

/// After one more rotation.
[[nodiscard]] Marketplace turn_marketplace(const MarketplaceTraits& traits, Marketplace before,
                                           const Observed& observed);

/// What it does to visitors, against the first day.
struct MarketplaceEffect {
  double conversion_effect{0};  ///< on the logarithm of the conversion rate
  double organic_factor{1};
};

[[nodiscard]] MarketplaceEffect effect_of(const MarketplaceTraits& traits,
                                          const Marketplace& marketplace);

/// Index of the unit cost after so many orders in the run (Wright 1936): each doubling of all
/// orders ever multiplies it by the progress ratio.
[[nodiscard]] double unit_cost_after(const MarketplaceTraits& traits, double orders);

/// What is on offer, good and poor, against day 0.
[[nodiscard]] double selection_of(const MarketplaceTraits& traits, const Marketplace& marketplace);

}  // namespace flywheel
