#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/loop_options.hpp"

namespace flywheel {

enum class ValidatePage {
  meaning,  ///< what the plan means, for people
  full,     ///< the plan with all its defaults and their sources
  json,     ///< what the plan means, for programs
};

struct ValidateOptions {
  std::filesystem::path plan;
  std::vector<std::string> settings{};  ///< "key=value", over what the plan says
  LoopOptions loops{};                  ///< switched off, above the settings
  std::string sweep_case{};             ///< of the plan's sweep; empty: all of them
  ValidatePage page{ValidatePage::meaning};
  std::size_t width{0};  ///< characters in a line; 0: the terminal's, or 80
};

/// Checks a plan and prints what it means. Warnings and faults go to messages, one line each; with
/// faults nothing is printed and the exit code is `refused`, or `file` when the plan could not be
/// read. A plan with a sweep is checked in each of its cases, which are then printed.
[[nodiscard]] ExitCode run_validate(const ValidateOptions& options, const Streams& streams);

void add_validate(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
