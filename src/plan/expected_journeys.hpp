#pragma once

#include "plan/plan.hpp"

namespace flywheel {

/// How many people one future of a plan has to keep in memory, roughly: of every kind the expected
/// number, all uncertain numbers at their medians. Repeat visits of one shopper count twice.
struct ExpectedJourneys {
  double clicks{0};          ///< that the budgets of channels buy
  double organic_visits{0};  ///< up to the horizon
  double customers{0};       ///< of day zero

  [[nodiscard]] double total() const { return clicks + organic_visits + customers; }
};

/// A number that is missing, which has been told as a fault before, counts as nothing or as one.
[[nodiscard]] ExpectedJourneys expect_journeys(const Plan& plan);

/// More than this many are refused, on any machine: 30 GB and hours for one future.
inline constexpr double most_journeys{1e8};

/// Memory of one journey. Measured with the starter plan at 5 and 20 million shoppers (160 bytes a
/// click or organic visit with retargeting, 55 without) and with 3 million customers of day zero
/// (250 each); lists that grow hold up to twice what is in them.
inline constexpr double bytes_per_journey{300};

}  // namespace flywheel
