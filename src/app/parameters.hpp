#pragma once

#include <cstddef>
#include <string>

#include "app/command.hpp"

namespace flywheel {

enum class PageFormat { text, markdown, json };

struct ParametersOptions {
  PageFormat format{PageFormat::text};
  std::string section;   ///< only this one; empty: all
  std::size_t width{0};  ///< characters in a line; 0: the terminal's, or 80
};

/// Prints the table of parameters: every key of a plan with unit, range, default, source, meaning.
[[nodiscard]] ExitCode run_parameters(const ParametersOptions& options, const Streams& streams);

void add_parameters(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
