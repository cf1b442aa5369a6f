#pragma once

#include <array>
#include <vector>

#include "core/date.hpp"

namespace flywheel {

/// Factors of the calendar: steps by month (January first) and by day of the week (Monday first).
struct Season {
  std::array<double, 12> months{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  std::array<double, 7> weekdays{1, 1, 1, 1, 1, 1, 1};
};

/// The product of the month's and the weekday's factor, for each of `days` days from `start`.
[[nodiscard]] std::vector<double> season_path(const Season& season, const Date& start, int days);

/// Mean of that product over the Gregorian cycle of 400 years: months by their mean length (28.2425
/// days for February), weekdays alike; which weekday a month has more often moves it by some 1e-5.
[[nodiscard]] double mean_of(const Season& season);

/// A season's path relative to that mean: what a purchase clock runs with.
[[nodiscard]] std::vector<double> relative_season(const Season& season, std::vector<double> path);

/// The integral of a daily rate: [0] = 0, [d] = the sum of the first d days.
[[nodiscard]] std::vector<double> running_clock(const std::vector<double>& rate_by_day);

}  // namespace flywheel
