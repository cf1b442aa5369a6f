#pragma once

#include <string>

#include "plan/read_plan.hpp"
#include "results/run_description.hpp"
#include "scenario/draw_scenario.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// What a run was made from beside its plan's values.
struct RunOrigin {
  PlanReading reading;                ///< its plan may have been moved away
  std::vector<std::string> settings;  ///< "key=value", as given beside the plan
  RunLuck luck;
  std::string versions;  ///< of the libraries, a line each
};

/// Everything the result file says of a run beside its outcomes.
///
/// `plan_sha256` is the hash of the plan with all its defaults and of the CSV files it reads, so a
/// default that changes, or a file that does, makes another run.
[[nodiscard]] RunDescription describe_run(const ScenarioSource& source, const RunOrigin& origin);

/// "parameters,market"; "none" when every level varies.
[[nodiscard]] std::string frozen_words(const Frozen& frozen);

}  // namespace flywheel
