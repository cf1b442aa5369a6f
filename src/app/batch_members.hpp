#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "app/run.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

/// One plan of a batch, and where its result goes.
struct BatchMember {
  std::filesystem::path plan;
  std::string sweep_case;  ///< empty: the plan has no sweep
  std::string name;        ///< of the file, without ".h5": "starter.budget-40000"
  std::filesystem::path output;
  PlanReading reading;  ///< without a plan where that has faults

  [[nodiscard]] bool can_run() const { return reading.plan.has_value(); }
};

/// Reads all plans of a batch, each case of a sweep, in their order; or a sentence about what is
/// wrong with the batch as a whole: two plans whose results would have one name.
///
/// A result is named after its plan, or after the folder of a plan that is called plan.toml.
[[nodiscard]] std::variant<std::vector<BatchMember>, std::string> read_members(
    const RunOptions& options);

}  // namespace flywheel
