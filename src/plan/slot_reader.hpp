#pragma once

#include <vector>

#include "core/error.hpp"
#include "plan/node.hpp"
#include "plan/parameter.hpp"
#include "plan/value_reader.hpp"

namespace flywheel {

/// Who wrote a value; marks numbers as given or as defaults.
enum class Writer { planner, defaults };

/// One value of the plan on its way into its slot.
struct SlotTask {
  const Plan& plan;  ///< gives the names of segments
  const Parameter& parameter;
  ValueRule rule;  ///< full key, unit, range, posterior
  Writer writer{Writer::defaults};
};

/// Reads a value into its slot, whatever the slot holds; where there are faults the slot keeps what
/// it had.
///
/// Of a list with `sums_to_one`, certain shares must add up to 1 (within 0.001). It may also be
/// { family = "dirichlet", shares = [..], n = .. } (or weights, which are divided by their sum):
/// each element is then a gamma number of shape n * share and scale 1 / n, and the scenario divides
/// by the sum, which is how a Dirichlet draw is made.
[[nodiscard]] Faults read_slot(const PlanNode& node, const Slot& slot, const SlotTask& task);

}  // namespace flywheel
