#pragma once

#include "app/command.hpp"
#include "app/parameters.hpp"

namespace flywheel {

struct ColumnsOptions {
  PageFormat format{PageFormat::text};
};

/// Prints the table of result columns; as Markdown, the page docs/results_format.md.
[[nodiscard]] ExitCode run_columns(const ColumnsOptions& options, const Streams& streams);

void add_columns(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
