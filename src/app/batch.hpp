#pragma once

#include "app/run.hpp"
#include "app/run_goal.hpp"
#include "app/run_job.hpp"

namespace flywheel {

/// Plays several plans, and every case of their sweeps, one after the other into a folder: a result
/// each, as run_run makes it, and `index.csv` over all, new after each.
///
/// All plans are read before the first is played. What it will take of time and disk is told, and
/// refused where the disk has no room. One that cannot be read or played does not stop the others;
/// the exit code then is `too_many_failed`, or that of the plans if none can be played. All have
/// the same seed, so that cases differ by what they say and not by luck. `--time` is for all
/// together: each gets its share by what its replications cost, and what one leaves goes to the
/// rest. A signal ends the batch with what is finished; the same command goes on from there.
[[nodiscard]] ExitCode run_batch(const RunOptions& options, const RunGoal& goal,
                                 const RunCompany& company, const Streams& streams);

}  // namespace flywheel
