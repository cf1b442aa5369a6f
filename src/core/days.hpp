#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace flywheel {

/// Time is a double: days since local midnight of the plan's start. Intervals are half-open.
using Days = double;

/// Number of the calendar day that holds a time; day 0 begins at the plan's start.
[[nodiscard]] inline int day_of(Days time) { return static_cast<int>(std::floor(time)); }

/// The same for a time that is not negative, as a place in a list of days. By way of a signed
/// number, which is one instruction; an unsigned one is several, and this is done for every event.
[[nodiscard]] inline std::size_t day_index(Days time) {
  return static_cast<std::size_t>(static_cast<std::int64_t>(time));
}

/// Start of the day with this number.
[[nodiscard]] inline Days start_of(std::size_t day) {
  return static_cast<double>(static_cast<std::int64_t>(day));
}

}  // namespace flywheel
