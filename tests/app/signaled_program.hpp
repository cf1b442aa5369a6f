#pragma once

#include <cstdlib>
#include <string>

#include <sys/wait.h>

namespace flywheel::test {

/// Runs the program itself, since a signal reaches a whole process; its exit status as a shell
/// would say it.
[[nodiscard]] inline int status_of(const std::string& command) {
  const int status = std::system(command.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// How a program is stopped.
struct Signaling {
  std::string signal;         ///< its name without SIG
  std::string after_seconds;  ///< from the start on
  std::string before;         ///< words of `env` that stand before the program
};

/// A shell that becomes the program, with these words behind its name, and gets a signal on the
/// way.
[[nodiscard]] inline std::string signaled_program(const Signaling& how, const std::string& words) {
  return "bash -c '(sleep " + how.after_seconds + "; kill -" + how.signal + " $$) & exec env " +
         how.before + " " + FLYWHEEL_PROGRAM + " " + words + "'";
}

}  // namespace flywheel::test
