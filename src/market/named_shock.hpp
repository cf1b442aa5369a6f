#pragma once

#include <cstdint>
#include <vector>

#include "random/key.hpp"

namespace flywheel {

/// An event with a date that an analyst wants to see in the future: loss of tracking, a platform's
/// change, a rush for what the shop sells. It happens or not, once for a replication, for all
/// channels alike.
struct NamedShock {
  std::uint64_t identity{0};  ///< hash of the name
  int first_day{0};           ///< from the plan's start; may lie before it
  int days{0};
  double probability{1};
  double price{1};             ///< factor, above 0
  double click{1};             ///< factor on click probabilities, above 0
  double conversion{1};        ///< factor on the odds of every step, above 0
  double demand{1};            ///< factor, above 0
  double tracking{0};          ///< added share of touches the platform cannot see
  std::vector<bool> channels;  ///< which channels feel price, click and tracking
};

/// The shock as it comes in one future: at full strength, or without any effect.
[[nodiscard]] NamedShock draw_shock(const NamedShock& shock, Key market);

/// The shock's mean: factors 1 + p (factor - 1), tracking p times its addition.
[[nodiscard]] NamedShock expected_shock(const NamedShock& shock);

}  // namespace flywheel
