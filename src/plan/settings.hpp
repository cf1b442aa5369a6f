#pragma once

#include <span>
#include <string>

#include "plan/node.hpp"

namespace flywheel {

/// A plan's tables with settings laid over them, and what was wrong with the settings.
struct SetTables {
  PlanTable root;
  Faults faults;
};

/// Lays "key=value" settings over a plan, each over those before it. A value replaces what stood
/// there, a table is merged; [[correlation]] is reached by its number from 1,
/// "correlation.1.spearman=0.3".
[[nodiscard]] SetTables apply_settings(PlanTable root, std::span<const std::string> settings);

/// Lays a table over another: a value replaces what stood there, a table is merged.
[[nodiscard]] PlanTable lay_over(PlanTable below, PlanTable above);

}  // namespace flywheel
