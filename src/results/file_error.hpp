#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace flywheel {

/// A file could not be written or read: the message names the file, the step and the cause.
///
/// A fault of the disk or of the file, never of the plan; the same command may work later.
struct FileError : std::runtime_error {
  FileError(const std::filesystem::path& path, const std::string& cause)
      : std::runtime_error{path.string() + ": " + cause} {}
};

/// The error of a system call that has just failed with this `errno`.
[[nodiscard]] FileError system_failure(const std::filesystem::path& path, const std::string& step,
                                       int error_number);

/// The same for what the standard library's file system functions throw.
[[nodiscard]] FileError file_error_of(const std::filesystem::filesystem_error& error);

}  // namespace flywheel
