#pragma once

#include <span>
#include <string>

#include "app/streams.hpp"

namespace flywheel {

/// The whole program but for the process around it: parses the arguments (without the program's
/// name), runs the command, tells what went wrong. Never throws.
[[nodiscard]] ExitCode run_program(std::span<const std::string> arguments, const Streams& streams);

}  // namespace flywheel
