#pragma once

#include <cmath>

namespace flywheel {

/// Time is a double: days since local midnight of the plan's start. Intervals are half-open.
using Days = double;

/// Number of the calendar day that holds a time; day 0 begins at the plan's start.
[[nodiscard]] inline int day_of(Days time) { return static_cast<int>(std::floor(time)); }

}  // namespace flywheel
