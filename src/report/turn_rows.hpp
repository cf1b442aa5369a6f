#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/figure_text.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Places of at most so many of the turns for a table, evenly spread, the first and the last among
/// them.
[[nodiscard]] std::vector<std::size_t> turn_rows(std::size_t turns, std::size_t most = 12);

/// Rotations that lie before a day as a whole; the first in any case.
[[nodiscard]] std::size_t whole_turns(const BreakdownSummary& by_rotation, int end_day);

/// " Shown are 8 of 39 rotations." where rows are left out; empty where all are shown.
[[nodiscard]] std::string rows_sentence(std::size_t turns, std::size_t most = 12);

/// Mean of an entry with its Monte Carlo error: "1,234 ±5"; "-" where it is not defined.
[[nodiscard]] std::string mean_text(const BreakdownSummary& column, std::size_t entry,
                                    FigureKind kind);

}  // namespace flywheel
