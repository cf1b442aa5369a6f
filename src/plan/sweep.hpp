#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plan/node.hpp"

namespace flywheel {

/// What a case gives a key of the plan.
struct CaseValue {
  std::string key;    ///< full, "channel.search.budget"
  std::string value;  ///< as TOML
};

/// One of the plans that a sweep makes of a plan.
struct SweepCase {
  std::string name;  ///< "budget-40000_discount-5pct": unique, and fit for a file
  std::vector<CaseValue> values;
  PlanTable over;  ///< what is laid over the plan, with the places of the sweep
};

/// All of them, or what is wrong with the sweep.
struct Sweep {
  std::vector<SweepCase> cases;
  Faults faults;
};

inline constexpr std::size_t most_sweep_cases{1'000};

/// Reads the table [sweep] of a plan: every combination of the lists of [sweep.grid], whose keys
/// are those of the plan, with each entry of [[sweep.list]], which has a name and keys of its own.
///
/// A case is named after what it is, not by number, so that its result keeps its name when the
/// sweep gets more of them. Faults: no list where the grid wants one, a name that is no file's or
/// is there twice, a value twice, a key in grid and list, more than most_sweep_cases.
[[nodiscard]] Sweep read_sweep(const PlanEntry& entry);

}  // namespace flywheel
