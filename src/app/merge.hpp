#pragma once

#include <filesystem>
#include <vector>

#include "app/command.hpp"

namespace flywheel {

struct MergeOptions {
  std::vector<std::filesystem::path> parts;  ///< folders that `run --shard` left
  std::filesystem::path output;
  bool quiet{false};
};

/// Joins the parts of a run, wherever they were played, into the file that the run would have made
/// by itself, byte for byte. Checked as a run that goes on checks its folder; parts of other runs
/// or programs, parts missing, twice there or not done are refused, and then nothing is written.
/// The parts stay as they are, but that damaged shards go to their quarantine.
[[nodiscard]] ExitCode run_merge(const MergeOptions& options, const Streams& streams);

void add_merge(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
