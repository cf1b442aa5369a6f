#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Which uncertain numbers the variance of net cohort ROAS comes from: the largest twelve, and how
/// much rests on judgement. Empty without uncertain numbers.
[[nodiscard]] std::string sensitivity_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
