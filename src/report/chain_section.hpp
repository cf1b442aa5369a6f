#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// The way from the plan's benchmark figures to net cohort ROAS, step by step, as planned and as
/// played.
[[nodiscard]] std::string chain_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
