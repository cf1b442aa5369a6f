#pragma once

#include <cstddef>
#include <vector>

#include "plan/plan.hpp"
#include "results/outcome_table.hpp"
#include "results/run_description.hpp"

namespace flywheel {

/// The bytes of a run's result file: replications, parameters, paths, summary, sensitivity, chain,
/// provenance. /summary also names campaign, currency and the days of the calendar.
/// Needs one replication that did not fail.
[[nodiscard]] std::vector<std::byte> run_image(const Plan& plan, const RunDescription& run,
                                               const OutcomeTable& table);

}  // namespace flywheel
