#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// Which uncertain numbers the variance of net cohort ROAS comes from: the largest twelve of those
/// whose share is above what chance gives the largest of so many (analysis/importance.hpp). Where
/// no share is, how many futures it would take. Empty without uncertain numbers. How much rests on
/// judgement is no sum of such rows: `drivers` measures it (analysis/group_shares.hpp).
[[nodiscard]] std::string sensitivity_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
