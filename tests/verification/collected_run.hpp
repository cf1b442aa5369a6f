#pragma once

#include <cstdint>
#include <vector>

#include "scenario/draw_scenario.hpp"
#include "simulation/run.hpp"

namespace flywheel::test {

/// Outcomes of replications 0 ... count - 1 of a plan.
[[nodiscard]] std::vector<Outcome> collected_run(const ScenarioSource& source, const RunLuck& luck,
                                                 std::uint64_t count, int threads);

/// One column of outcomes.
[[nodiscard]] std::vector<double> column_of(const std::vector<Outcome>& outcomes,
                                            const OutcomeLayout& layout, Column column);

/// The first outcome of which a bit differs, or the number of outcomes. Failed ones are equal to
/// nothing.
[[nodiscard]] std::size_t first_difference(const std::vector<Outcome>& left,
                                           const std::vector<Outcome>& right);

}  // namespace flywheel::test
