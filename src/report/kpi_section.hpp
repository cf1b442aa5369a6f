#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// The KPIs of each stage: median, 5 to 95 %, and the published range with its source. A median
/// outside the range is marked "low" or "high". Sources stand beside the figures on wide pages and
/// as numbered notes below on narrow ones. Ranges in dollars are left out for other currencies.
[[nodiscard]] std::string kpi_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
