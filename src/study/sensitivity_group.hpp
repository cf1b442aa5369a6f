#pragma once

#include <optional>

#include "results/outcome_table.hpp"
#include "results/run_description.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// The group /sensitivity: the share of the variance of net cohort ROAS that each uncertain number
/// explains by itself (first order, estimated from the run's own rows: analysis/importance.hpp),
/// and what share may be chance. Idle numbers have no part in it. From the futures in which ROAS is
/// defined; nothing without uncertain numbers or with fewer than eight of them.
[[nodiscard]] std::optional<ResultGroup> sensitivity_group(const RunDescription& run,
                                                           const OutcomeTable& table);

}  // namespace flywheel
