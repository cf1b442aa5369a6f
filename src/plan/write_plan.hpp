#pragma once

#include <string>

#include "plan/parameter.hpp"
#include "plan/plan.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// The plan with all its defaults as a plan file, each line with what it rests on: "given", or
/// mark and source of the default. Reading it back gives the same plan; numbers that the chosen
/// models do not use, and those that are found from others, are left out.
[[nodiscard]] std::string write_plan(const Plan& plan, const GivenValues& given);

/// The text that read_slot reads back as a slot's present value.
[[nodiscard]] std::string slot_text(const Slot& slot, const Plan& plan);

}  // namespace flywheel
