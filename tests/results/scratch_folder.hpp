#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "results/file_error.hpp"

namespace flywheel::test {

/// A folder of its own for one test; gone at the end of its life.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Names of the files it holds, sorted.
  [[nodiscard]] std::vector<std::string> files() const;

 private:
  std::filesystem::path path_;
};

/// The message of the FileError that an action throws; empty if it throws none.
template <class Action>
[[nodiscard]] std::string thrown_message(Action action) {
  try {
    static_cast<void>(action());
  } catch (const FileError& error) {
    return error.what();
  }
  return {};
}

}  // namespace flywheel::test
