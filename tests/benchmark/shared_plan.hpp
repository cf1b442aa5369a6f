#pragma once

#include <span>
#include <string>

#include "scenario/draw_scenario.hpp"

namespace flywheel::test {

/// The futures of a plan of this repository, named from its root; throws when it has faults.
[[nodiscard]] ScenarioSource shared_plan(const std::string& path,
                                         std::span<const std::string> settings = {});

}  // namespace flywheel::test
