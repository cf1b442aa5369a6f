#pragma once

#include <vector>

#include "naive/tally.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

/// The marketplace in one rotation (docs/model.md 9); by default what it is where it does not turn.
struct NaiveMarketplace {
  double price{1};               ///< p
  double rival_price{1};         ///< P
  double unit_cost{1};           ///< u
  double sellers{0};             ///< S
  double offered{1};             ///< k, what sellers offer
  double good{1};                ///< on offer, sells well; good and poor are 1 on day 0
  double poor{0};                ///< on offer, sells poorly
  double delivery{1};            ///< d
  double stock{0};               ///< X, in orders
  double arrived{0};             ///< goods that came in so far, in orders
  double wanted{1};              ///< w
  double availability{1};        ///< a
  std::vector<double> arrivals;  ///< orders' worth of goods on their way, by rotation from the next
};

/// What was bought and visited, as the marketplace looks back on it.
struct NaiveVolume {
  double all_orders{0};    ///< Q, so far
  double first_orders{1};  ///< in the first rotation
  double last_orders{1};   ///< in the one that ended
  double first_visits{1};
  double last_visits{1};
};
[[nodiscard]] NaiveVolume volume_until(const NaiveTally& tally, int rotation);

[[nodiscard]] NaiveMarketplace open_marketplace(const Scenario& scenario);
/// The marketplace in the next rotation, which begins on this day.
[[nodiscard]] NaiveMarketplace turn_marketplace(NaiveMarketplace marketplace,
                                                const Scenario& scenario, const NaiveVolume& volume,
                                                int day);
/// Its effect on the logarithm of the conversion rate, and its factor on organic visits.
[[nodiscard]] double marketplace_lift(const MarketplaceTraits& traits,
                                      const NaiveMarketplace& marketplace);
[[nodiscard]] double marketplace_visits(const MarketplaceTraits& traits,
                                        const NaiveMarketplace& marketplace);

}  // namespace flywheel::test
