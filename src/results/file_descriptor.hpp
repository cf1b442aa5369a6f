#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "results/sha256.hpp"

namespace flywheel {

/// What came of asking for a lock.
enum class LockState {
  ours,
  held,         ///< by another process
  unsupported,  ///< the file system knows no locks
};

/// An open file of the operating system; closed at the end of its life.
///
/// Every failure is a FileError with the path, the step and the system's reason. Calls that a
/// signal interrupts go on; short reads and writes are continued.
class FileDescriptor {
 public:
  /// `flags` as in open(2); new files get mode 0666 less the umask.
  FileDescriptor(const std::filesystem::path& path, int flags);
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&&) = delete;

  /// Refuses what is not a regular file (a pipe would hang the reader); answers its size.
  [[nodiscard]] std::uint64_t regular_file_bytes() const;

  /// Is the path still this very file, and unchanged? False once it was replaced.
  [[nodiscard]] bool is_still(const std::filesystem::path& path) const;

  /// Asks for the file's lock without waiting; held until the descriptor is closed, also by death.
  [[nodiscard]] LockState try_lock();

  void write_all(std::span<const std::byte> bytes);

  /// The next bytes of the file, exactly as many as `bytes` holds; fewer are an error.
  void read_all(std::span<std::byte> bytes);

  /// Writes and reads at a place of the file, whatever was written or read last. Beyond its end
  /// zeros are read.
  void write_at(std::uint64_t place, std::span<const std::byte> bytes);
  void read_at(std::uint64_t place, std::span<std::byte> bytes) const;

  /// Cuts the file, or lengthens it by zeros.
  void resize(std::uint64_t bytes);

  /// What comes next is the file's first byte again.
  void rewind();

  /// Hash of the next `count` bytes.
  [[nodiscard]] Sha256 hash_next(std::uint64_t count);

  /// Forces the content to the disk. Not to be repeated after a failure: the kernel forgets what
  /// it could not write, and says so only once.
  void sync();

  /// Lets the system forget what it holds of the file in memory, so that it is read from the disk.
  void forget_cached() const;

  void close();

 private:
  std::filesystem::path path_;
  int number_;
};

}  // namespace flywheel
