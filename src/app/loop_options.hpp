#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/error.hpp"
#include "plan/plan.hpp"

namespace flywheel {

/// Loops that a command switches off, by name; at most one of the two lists has entries.
struct LoopOptions {
  std::vector<std::string> without{};  ///< these
  std::vector<std::string> only{};     ///< all others
};

/// The loops of "targeting, referral". Throws CLI::ValidationError that names the option, the name
/// that is no loop, the nearest loop and all loops, in one line.
[[nodiscard]] std::vector<std::string> read_loops(const std::string& option,
                                                  const std::string& text);

/// The settings "loops.targeting=false" that the options stand for, to be laid over the others.
[[nodiscard]] std::vector<std::string> loop_settings(const LoopOptions& loops);

/// The settings of a command with those of its loops above them.
[[nodiscard]] std::vector<std::string> with_loops(std::vector<std::string> settings,
                                                  const LoopOptions& loops);

/// A warning for each loop of --only that changes nothing in the plan, and why.
[[nodiscard]] Faults warn_about_loops(const Plan& plan, const LoopOptions& loops);

/// Adds --without and --only, which exclude each other. `loops` must outlive the parsing.
void add_loop_options(CLI::App& command, LoopOptions& loops);

}  // namespace flywheel
