#pragma once

#include <filesystem>
#include <string>

#include "results/file_descriptor.hpp"

namespace flywheel {

/// Holds a file locked as long as it lives, so that one process at a time works beside it. The
/// system frees the lock of a process that ends, however it ends.
class FolderLock {
 public:
  /// Makes the file where there is none; writes our process's number into it.
  explicit FolderLock(const std::filesystem::path& file);

  [[nodiscard]] LockState state() const { return state_; }
  /// Is the locked file still the one of this name? Not where a process that ended took the folder
  /// away between our opening and our locking it; then another may be at work.
  [[nodiscard]] bool is_in_place() const { return file_.is_still(path_); }
  /// What the holder wrote, its process's number; empty where the lock is ours.
  [[nodiscard]] const std::string& holder() const { return holder_; }

 private:
  std::filesystem::path path_;
  FileDescriptor file_;
  LockState state_;
  std::string holder_;
};

}  // namespace flywheel
