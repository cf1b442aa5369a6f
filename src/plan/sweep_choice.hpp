#pragma once

#include <string>
#include <vector>

#include "plan/node.hpp"
#include "plan/sweep.hpp"

namespace flywheel {

/// A plan's tables as one case of its sweep, which is no longer among them.
struct PlanCase {
  PlanTable root;
  std::vector<CaseValue> values;  ///< what was laid over
  Faults faults;
};

/// Chooses a case by name; `file` stands for the plan. The tables as they are where the plan has no
/// sweep and no name is given. Faults: one without the other, a name that no case has, a key of the
/// case that a setting gives too, and those of the sweep.
[[nodiscard]] PlanCase choose_case(PlanTable root, const std::string& name,
                                   const std::string& file);

}  // namespace flywheel
