#pragma once

#include <vector>

#include "results/outcome_table.hpp"
#include "results/result.hpp"
#include "results/run_description.hpp"

namespace flywheel {

/// Replications of a finished file of this run, as a longer run of the same plan needs them:
/// details and paths of the sample only, events not at all. `rows` beyond the end are none.
/// FileError where the file has another shape than the run.
[[nodiscard]] std::vector<Outcome> stored_outcomes(const Result& result, const RunDescription& run,
                                                   const OutcomeShape& shape, RowRange rows);

}  // namespace flywheel
