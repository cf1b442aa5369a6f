#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

#include "app/environment.hpp"

namespace flywheel {

inline constexpr std::uint64_t most_parts = 10'000;

/// Which part of a run is played here, `--shard 2/4`; the whole run is part 1 of 1.
struct RunPart {
  std::uint64_t number{1};  ///< from 1
  std::uint64_t of{1};

  [[nodiscard]] bool is_whole() const { return of == 1; }
  /// "2/4"; empty for the whole.
  [[nodiscard]] std::string text() const;
};

/// Replications of these numbers.
struct ReplicationRange {
  std::uint64_t first{0};
  std::uint64_t count{0};

  [[nodiscard]] std::uint64_t end() const { return first + count; }
};

/// The part, or a sentence about what is wrong with the text. Empty text is the whole; "slurm" is
/// the task of an array job of Slurm that this process is, one part for each task, and "slurm/8"
/// the task of that number, whatever else the array holds: for submitting some of eight once more.
[[nodiscard]] std::variant<RunPart, std::string> read_part(
    const std::string& text, const Environment& environment = process_environment());

/// What the part plays of so many replications. All parts together play each of them once, and
/// none plays more than one more than another.
[[nodiscard]] ReplicationRange range_of(const RunPart& part, std::uint64_t replications);

/// "part 2/4 of 1000 replications", a line of its identity; empty for the whole.
[[nodiscard]] std::string line_of(const RunPart& part, std::uint64_t replications);

/// What the names of a result's parts begin with: the result's without ".h5".
[[nodiscard]] std::filesystem::path part_stem(const std::filesystem::path& output);

/// Where the run is kept while it is not whole: "OUT.h5.run", "OUT.2-of-4.run" for a part.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& output,
                                              const RunPart& part);

}  // namespace flywheel
