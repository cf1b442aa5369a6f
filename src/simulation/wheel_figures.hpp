#pragma once

#include <vector>

#include "momentum/wheel.hpp"
#include "outcome/outcome.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// What the loops were in one rotation.
struct WheelState {
  double rating{0};
  double conversion_effect{0};
  double organic_factor{1};
  double bad_factor{1};
  double price_index{1};
  double unit_cost{1};
  double sellers{0};
  double selection{1};
  double availability{1};
};

/// What they were in all rotations, and how platforms spent in the last one of the flight.
struct WheelPath {
  std::vector<WheelState> rotations;
  std::vector<ShopState> shops;             ///< of the same rotations
  std::vector<double> sharpness;            ///< by channel; empty where platforms do not learn
  std::vector<std::vector<double>> shares;  ///< of the budget, [channel][segment], likewise
};

/// Adds the coming rotation.
[[nodiscard]] WheelPath follow(WheelPath path, const Scenario& scenario, const Wheel& wheel,
                               const ShopState& shop);

/// Fills the columns of the loops. Where none of them turns the path has one rotation, which stands
/// for all.
[[nodiscard]] std::vector<double> add_wheel_figures(std::vector<double> row,
                                                    const OutcomeLayout& layout,
                                                    const Scenario& scenario, const Wheel& wheel,
                                                    const WheelPath& path);

}  // namespace flywheel
