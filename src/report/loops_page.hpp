#pragma once

#include <string>

#include "report/loops_summary.hpp"
#include "report/page.hpp"

namespace flywheel {

/// What each loop is worth, their synergy, the gain by rotation and the multiplier, for a terminal.
[[nodiscard]] std::string loops_page(const LoopsSummary& loops, const PageStyle& style);

}  // namespace flywheel
