#pragma once

#include "app/rank_leader.hpp"
#include "app/run.hpp"
#include "app/run_goal.hpp"
#include "app/run_interrupt.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// What a run has from whoever plays it, and outlives it.
struct RunCompany {
  const HeldSignals* signals{nullptr};  ///< held already: of a batch, or of several processes
  RankLeader* ranks{nullptr};           ///< the other processes, if there are any
};

/// A sound plan that is to be played into a file; what it refers to outlives it.
struct RunJob {
  const RunOptions& options;
  std::filesystem::path output;
  const RunGoal& goal;
  PlanReading reading;
  std::string sweep_case{};  ///< of the plan's sweep that this is; empty: it has none
  RunCompany company{};
};

/// Plays it as run_run says, and tells what fails.
[[nodiscard]] ExitCode play_job(RunJob job, const Streams& streams);

}  // namespace flywheel
