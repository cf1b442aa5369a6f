#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "results/outcome_table.hpp"

namespace flywheel {

/// Times that the rows of a run lie on the disk at its end: shards, scratch file, result.
inline constexpr double disk_copies{3};

/// Bytes that a run of so many replications puts on the disk at most: shards, the scratch file that
/// the result is made from, and the result, as if nothing could be packed, and 16 MB for the
/// preview and what is small. Where the shards are there already, `copies` is one less.
[[nodiscard]] double disk_need_bytes(const OutcomeShape& shape, std::uint64_t replications,
                                     double copies = disk_copies);

/// "512 MB", "8.2 GB"
[[nodiscard]] std::string size_text(double bytes);

/// A sentence when that is more than is free; none when it fits, or when the free space is not
/// known.
[[nodiscard]] std::optional<std::string> disk_shortage(double needed_bytes,
                                                       std::optional<double> free_bytes);

/// Bytes that are free for us where `output` shall lie; none when the system does not say.
[[nodiscard]] std::optional<double> free_disk_bytes(const std::filesystem::path& output);

}  // namespace flywheel
