#pragma once

#include "core/error.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// A warning for each frequency cap that is expected to leave more than 5 % of its channel's budget
/// unspent. Solves base rates, if any channel has a cap.
[[nodiscard]] Faults warn_about_caps(const Plan& plan, const GivenValues& given);

}  // namespace flywheel
