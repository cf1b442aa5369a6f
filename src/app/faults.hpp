#pragma once

#include "app/streams.hpp"
#include "core/error.hpp"

namespace flywheel {

/// Writes the faults, one line each, and gives the exit code they mean: `file` when a file could
/// not be read, else `refused`.
[[nodiscard]] ExitCode tell_faults(const Faults& faults, const Streams& streams);

/// Writes the warnings, one line each.
void tell_warnings(const Faults& warnings, const Streams& streams);

}  // namespace flywheel
