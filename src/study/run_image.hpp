#pragma once

#include <cstddef>
#include <vector>

#include "plan/plan.hpp"
#include "results/outcome_table.hpp"
#include "results/run_description.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// What a run's result file says: replications, parameters, paths, summary, sensitivity, chain,
/// provenance. /summary also names campaign, currency and the days of the calendar.
/// Needs one replication that did not fail.
/// `table` must live until it is written.
[[nodiscard]] ResultSchema run_schema(const Plan& plan, const RunDescription& run,
                                      const OutcomeTable& table);

/// The bytes of the file.
[[nodiscard]] std::vector<std::byte> run_image(const Plan& plan, const RunDescription& run,
                                               const OutcomeTable& table);

}  // namespace flywheel
