#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace flywheel {

/// The names in a folder, in no order, without the folder itself and its parent.
///
/// The system's own calls, since libstdc++ 12 ends the program where memory ends in a step of its
/// directory iterators. Throws FileError.
[[nodiscard]] std::vector<std::string> names_in(const std::filesystem::path& folder);

/// Removes a folder with all that is in it; follows no symbolic link. Throws FileError at the first
/// entry that stays.
void remove_folder(const std::filesystem::path& folder);

/// Bytes of all files in a folder and below it; 0 where there is none. What cannot be seen is left
/// out.
[[nodiscard]] std::uint64_t bytes_below(const std::filesystem::path& folder);

}  // namespace flywheel
