#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace flywheel {

/// All bytes of a regular file, no link; FileError where it is none or has more than so many.
[[nodiscard]] std::vector<std::byte> read_whole_file(const std::filesystem::path& path,
                                                     std::uint64_t most_bytes);

}  // namespace flywheel
