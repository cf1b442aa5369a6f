#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// The headline page: everything a result says, in the order in which it is asked.
[[nodiscard]] std::string summary_page(const RunSummary& run, const PageStyle& style);

/// The same as JSON, unrounded; what is not defined is null.
[[nodiscard]] std::string summary_json(const RunSummary& run);

}  // namespace flywheel
