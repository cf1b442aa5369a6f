#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace flywheel {

/// What stands under the name of a result to be.
struct ExistingResult {
  std::vector<std::string> run_lines;  ///< RunDescription::run_lines of that run
  bool complete{false};
  std::uint64_t replications{0};
  /// Net cohort ROAS in the order of replications; NaN: failed. Those without media are left out.
  std::vector<double> headline;
};

/// Nothing when the name is free; FileError when what stands there is no result of a run.
[[nodiscard]] std::optional<ExistingResult> find_existing_result(const std::filesystem::path& path);

/// The lines in which two runs differ, "- there" and "+ asked for"; empty when they are one run.
[[nodiscard]] std::vector<std::string> run_differences(const std::vector<std::string>& there,
                                                       const std::vector<std::string>& asked);

}  // namespace flywheel
