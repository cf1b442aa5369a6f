#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"

namespace flywheel::test {

/// A plan of two segments and two channels (cpm and cpc), all stages on, shapes and rates
/// uncertain; `settings` as for read_plan. Throws where the plan has faults.
[[nodiscard]] Plan small_plan(const std::vector<std::string>& settings = {});

/// The same with more lines of TOML at its end.
[[nodiscard]] Plan small_plan_with(const std::string& lines);

}  // namespace flywheel::test
