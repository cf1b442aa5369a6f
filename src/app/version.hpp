#pragma once

#include "app/command.hpp"

namespace flywheel {

/// Prints versions of the program and of the libraries in it.
[[nodiscard]] ExitCode run_version(const Streams& streams);

void add_version(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
