#pragma once

#include "core/error.hpp"
#include "plan/plan.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// What is wrong with a plan as a whole though each value is allowed by itself: nobody to sell to,
/// no budget or two, dates out of order, funnel steps that contradict each other, correlations that
/// cannot be.
[[nodiscard]] Faults check_plan(const Plan& plan, const GivenValues& given);

}  // namespace flywheel
