#pragma once

#include <filesystem>

#include "app/command.hpp"

namespace flywheel {

struct InitOptions {
  std::filesystem::path folder{"."};
};

/// Writes plan.toml into the folder, which is made if need be, and says what to do next. Never
/// writes over anything: exit code 4 where plan.toml exists.
[[nodiscard]] ExitCode run_init(const InitOptions& options, const Streams& streams);

void add_init(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
