#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// The distribution of net cohort ROAS in block characters, the target between its bins;
/// nothing where no future has a ROAS.
[[nodiscard]] std::string histogram_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
