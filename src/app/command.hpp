#pragma once

#include <functional>

#include "app/streams.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}

namespace flywheel {

/// What the command line asked for, ready to run; empty until a command was chosen.
using Chosen = std::function<ExitCode(const Streams&)>;

/// Describes one command to the parser; when it is chosen, `chosen` is what to run. The reference
/// must outlive the parsing.
using AddCommand = void (*)(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
