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

/// A shell that becomes the program, with these words behind its name, and gets a signal on the
/// way; `before` stands before the program.
[[nodiscard]] inline std::string signaled_program(const std::string& signal,
                                                  const std::string& before,
                                                  const std::string& words) {
  return "bash -c '(sleep 1.5; kill -" + signal + " $$) & exec env " + before + " " +
         FLYWHEEL_PROGRAM + " " + words + "'";
}

}  // namespace flywheel::test
