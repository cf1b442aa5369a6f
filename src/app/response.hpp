#pragma once

#include <string>
#include <vector>

#include "app/study_command.hpp"
#include "study/media_response.hpp"

namespace flywheel {

struct ResponseOptions {
  StudyOptions study;  ///< each draw has a future for every factor
  ResponseDesign design{};
};

/// The factors of "0.5,1,2,4", ascending. Throws CLI::ValidationError that names what is wrong:
/// fewer than four, one twice, one that is no number above 0 and up to 1,000.
[[nodiscard]] std::vector<double> read_factors(const std::string& text);

/// Prints what the plan brings with other budgets, and the Hill curves through it.
[[nodiscard]] ExitCode run_response(const ResponseOptions& options, const Streams& streams);

void add_response(CLI::App& app, Chosen& chosen);

}  // namespace flywheel
