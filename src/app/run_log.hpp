#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "simulation/run.hpp"

namespace flywheel {

/// What a run was like on this machine: nothing of it is in the result file, which is the same
/// wherever it was made.
struct RunLog {
  std::string started;  ///< UTC, ISO 8601
  double seconds{0};
  int threads{1};
  std::string end;        ///< why it ended, a word
  std::uint64_t kept{0};  ///< replications that an earlier process played
  RunReport report;
};

/// "2027-03-01T12:00:00Z"
[[nodiscard]] std::string utc_now();

/// Writes `<result>.log.json`, atomically, by way of the folder for temporary files.
void write_run_log(const RunLog& log, const std::filesystem::path& result,
                   const std::filesystem::path& temporary_folder);

}  // namespace flywheel
