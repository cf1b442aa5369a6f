#pragma once

#include <string>

#include "plan/read_plan.hpp"

namespace flywheel::test {

/// A small valid plan: two segments, one custom channel, one of everything that has a name.
[[nodiscard]] std::string sample_plan();

/// The sample with `lines` instead of what it says of the same keys; lines are "key = value" with
/// full keys, like --set.
[[nodiscard]] PlanReading read_sample(const std::vector<std::string>& lines = {});

/// All faults, one line each.
[[nodiscard]] std::string fault_lines(const PlanReading& reading);

}  // namespace flywheel::test
