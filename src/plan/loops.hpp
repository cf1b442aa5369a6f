#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

/// The loops of a plan by name. The names are the keys of section [loops], so that a new loop needs
/// its row in the table of parameters and nothing else here.
namespace flywheel {

/// In the order of the table of parameters.
[[nodiscard]] std::vector<std::string> loop_names();

/// All others than these.
[[nodiscard]] std::vector<std::string> loops_but(std::span<const std::string> names);

/// "targetting is no loop; the nearest is targeting; there are ..."; empty where there is one.
[[nodiscard]] std::string unknown_loop(std::string_view name);

/// Does the loop of this name, which exists, turn?
[[nodiscard]] bool loop_turns(const LoopsPlan& loops, std::string_view name);

/// The same without some, or with no others than some; none is switched on.
[[nodiscard]] LoopsPlan loops_without(const LoopsPlan& loops, std::span<const std::string> names);
[[nodiscard]] LoopsPlan loops_only(const LoopsPlan& loops, std::span<const std::string> names);

/// Why the loop changes nothing in the plan, in a few words; empty where it may change something.
[[nodiscard]] std::string why_idle(const Plan& plan, std::string_view name);

/// Loops that may change something in the plan.
[[nodiscard]] std::vector<std::string> turning_loops(const Plan& plan);

}  // namespace flywheel
