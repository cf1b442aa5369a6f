#pragma once

#include <string>

namespace flywheel {

/// Every result column with unit, dimensions and definition, stage by stage, for a terminal.
[[nodiscard]] std::string columns_text();

/// The page docs/results_format.md: the groups of a result file, how to read them, every column.
[[nodiscard]] std::string columns_markdown();

/// The columns as JSON.
[[nodiscard]] std::string columns_json();

}  // namespace flywheel
