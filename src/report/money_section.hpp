#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Contribution with value at risk and expected shortfall as they are defined, payback, and the
/// deepest cash position.
[[nodiscard]] std::string money_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
