#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace flywheel {

/// What a cell may hold: text of whoever wrote it, or a number of ours.
using CsvValue = std::variant<std::string, double>;

/// One cell as RFC 4180 wants it. Text that a spreadsheet would take for a formula (it begins with
/// = + - @, tab or carriage return) gets an apostrophe in front; numbers never do, and are written
/// so that they read back as the same double. Not-a-number is an empty cell.
[[nodiscard]] std::string csv_cell(const CsvValue& value);

/// One line with its line end (LF).
[[nodiscard]] std::string csv_line(std::span<const CsvValue> values);

}  // namespace flywheel
