#pragma once

#include "results/outcome_table.hpp"
#include "scenario/draw_scenario.hpp"

namespace flywheel {

/// What a table of a plan's outcomes holds room for.
[[nodiscard]] OutcomeShape run_shape(const ScenarioSource& source);

}  // namespace flywheel
