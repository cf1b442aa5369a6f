#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Which uncertain numbers the variance of net cohort ROAS comes from: the largest twelve of those
/// whose share is above what chance gives the largest of so many (analysis/importance.hpp), and how
/// much rests on judgement. Where no share is, how many futures it would take. Empty without
/// uncertain numbers.
[[nodiscard]] std::string sensitivity_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
