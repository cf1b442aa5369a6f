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
  /// What the holder wrote, its process's number; empty where the lock is ours.
  [[nodiscard]] const std::string& holder() const { return holder_; }

 private:
  FileDescriptor file_;
  LockState state_;
  std::string holder_;
};

}  // namespace flywheel
