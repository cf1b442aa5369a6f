#pragma once

#include <string>

#include "plan/read_plan.hpp"
#include "report/page.hpp"

namespace flywheel {

/// What a plan means, for a terminal: campaign and audience in a line each, budget by channel with
/// the impressions and clicks that it is expected to buy, and by month; every uncertain number with
/// its 5, 50 and 95 % quantiles and what it rests on.
[[nodiscard]] std::string plan_page(const Plan& plan, const PlanReading& reading,
                                    const PageStyle& style);

/// The same as JSON.
[[nodiscard]] std::string plan_json(const Plan& plan, const PlanReading& reading);

}  // namespace flywheel
