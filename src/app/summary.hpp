#pragma once

#include <cstddef>
#include <filesystem>

#include "app/command.hpp"

namespace flywheel {

enum class SummaryFormat { text, json };

struct SummaryOptions {
  std::filesystem::path result;
  SummaryFormat format{SummaryFormat::text};
  std::size_t width{0};  ///< characters in a line; 0: the terminal's, or 80
};

/// Prints the headline page of a result file, from the file alone.
[[nodiscard]] ExitCode run_summary(const SummaryOptions& options, const Streams& streams);

void add_summary(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
