#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/error.hpp"
#include "plan/plan.hpp"
#include "tables/csv.hpp"

namespace flywheel {

/// Daily budgets of the channels that a media plan names.
struct MediaPlan {
  /// Money, [channel][day of flight]; empty for a channel that the media plan does not name.
  std::vector<std::vector<double>> daily_budget;
  Faults faults;
  Faults warnings;  ///< one for each channel that has no row on some days of the flight
};

/// Reads the table date, channel, amount: one row per day and channel, in any order; days without
/// a row get nothing. Other columns are a fault, as are unknown channels, dates outside the flight,
/// amounts that are negative or no numbers, and a day and channel twice. Amounts may be written as
/// money ("$1,200"). Where a semicolon or a tab is the delimiter decimals may begin with a comma,
/// and what can be read two ways is a fault (decimal_comma.hpp); in a table with commas a comma
/// parts thousands, as in a plan.
[[nodiscard]] MediaPlan read_media_plan(const CsvTable& table, const Plan& plan);

}  // namespace flywheel
