#pragma once

#include <string>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// The wheel turn by turn: engagement, customers and what they cost in each rotation with media, at
/// most twelve of them; empty where no rotation has any.
[[nodiscard]] std::string turns_section(const RunSummary& run, const PageStyle& style);

}  // namespace flywheel
