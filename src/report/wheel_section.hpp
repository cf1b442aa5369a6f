#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// The customer's life turn by turn with its cost, what the loops have made of the shop, and what
/// came of page tests: means with Monte Carlo errors. What stays as on the first day is left out.
[[nodiscard]] std::string wheel_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
