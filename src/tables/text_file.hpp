#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "core/error.hpp"

namespace flywheel {

/// What a text file that people hand us may at most be.
struct TextLimits {
  std::size_t bytes;
  std::size_t bytes_in_line;
  bool carriage_return_ends_line{false};  ///< also without a line feed, as old spreadsheets write
};

/// Plans: a line above 4,096 bytes is no plan, and keeps the TOML library off its stack's end.
inline constexpr TextLimits plan_limits{.bytes = std::size_t{1} << 20U, .bytes_in_line = 4'096};

/// CSV files; a line may hold some thousand columns.
inline constexpr TextLimits csv_limits{
    .bytes = std::size_t{64} << 20U, .bytes_in_line = 65'536, .carriage_return_ends_line = true};

/// The text, or why there is none.
using TextReading = std::variant<std::string, Fault>;

/// Reads a regular file whole: text within the limits, valid UTF-8, no NUL. `name` stands for the
/// file in faults. A leading byte order mark is dropped.
[[nodiscard]] TextReading read_text_file(const std::filesystem::path& path, const std::string& name,
                                         const TextLimits& limits);

/// The same checks on text that is already in memory.
[[nodiscard]] TextReading check_text(std::string text, const std::string& name,
                                     const TextLimits& limits);

}  // namespace flywheel
