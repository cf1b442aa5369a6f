#pragma once

#include "app/study_command.hpp"

namespace flywheel {

/// Prints which level of randomness the variance of net cohort ROAS comes from, and how much of it
/// judgements make; each draw has LevelDesign::futures().
[[nodiscard]] ExitCode run_drivers(const StudyOptions& options, const Streams& streams);

void add_drivers(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
