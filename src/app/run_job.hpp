#pragma once

#include "app/run.hpp"
#include "app/run_goal.hpp"
#include "app/run_interrupt.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// A sound plan that is to be played into a file; what it refers to outlives it.
struct RunJob {
  const RunOptions& options;
  std::filesystem::path output;
  const RunGoal& goal;
  PlanReading reading;
  std::string sweep_case{};             ///< of the plan's sweep that this is; empty: it has none
  const HeldSignals* signals{nullptr};  ///< of a batch
};

/// Plays it as run_run says, and tells what fails.
[[nodiscard]] ExitCode play_job(RunJob job, const Streams& streams);

}  // namespace flywheel
