#pragma once

#include "app/study_command.hpp"

namespace flywheel {

/// Prints what each loop of the plan is worth; each draw has LoopDesign::futures(). A plan in which
/// no loop does anything is `refused`.
[[nodiscard]] ExitCode run_loops(const StudyOptions& options, const Streams& streams);

void add_loops(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
