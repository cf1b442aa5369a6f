#pragma once

#include <string>

#include "plan/read_plan.hpp"

namespace flywheel {

/// What a plan means, for a terminal: campaign and audience in a line each, budget by channel and
/// month with the impressions and clicks it buys, every uncertain number with its 5, 50 and 95 %
/// quantiles and what it rests on.
[[nodiscard]] std::string plan_page(const Plan& plan, const PlanReading& reading);

/// The same as JSON.
[[nodiscard]] std::string plan_json(const Plan& plan, const PlanReading& reading);

}  // namespace flywheel
