#pragma once

#include <string>

#include "plan/parameter.hpp"

namespace flywheel {

/// One section of the table of parameters for a terminal: key, unit, range, default, meaning.
[[nodiscard]] std::string parameter_text(const Section& section);

/// The whole table as docs/parameters.md.
[[nodiscard]] std::string parameter_markdown();

/// What values a parameter takes, in words: a range, a choice of words, a list.
[[nodiscard]] std::string allowed_text(const Parameter& parameter);

}  // namespace flywheel
