#pragma once

#include <span>
#include <vector>

#include "plan/plan.hpp"

namespace flywheel {

/// Spreads a budget over the days of a flight; the days add up to the budget but for rounding.
///
/// Weights by day d = 0 ... D - 1:
///   even          1
///   front_loaded  1.5 - d / (D - 1): falls in a line from 1.5 to 0.5 times the mean
///   bursts        1 in the first, third, ... week, 0 in the others (flighting)
///   pulsing       2 in the first, third, ... week, 1 in the others (a base with pulses)
[[nodiscard]] std::vector<double> pace_budget(double budget, Pacing pacing, int days);

/// Mean over the days that have money; 0 if none has.
[[nodiscard]] double mean_spent_budget(std::span<const double> daily_budget);

}  // namespace flywheel
