#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "app/program.hpp"

namespace flywheel::test {

/// What a call of the program said and how it ended.
struct Called {
  ExitCode code;
  std::string results;
  std::string messages;
};

/// Runs the program within the test, with these words behind its name.
[[nodiscard]] inline Called call_program(const std::vector<std::string>& words) {
  std::ostringstream results;
  std::ostringstream messages;
  const ExitCode code = run_program(words, {results, messages});
  return {code, results.str(), messages.str()};
}

}  // namespace flywheel::test
