#include "results/file_descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/file_error.hpp"

namespace flywheel {
namespace {

/// Linux moves at most 2 GiB in one call; smaller pieces also leave room for signals.
constexpr std::size_t most_bytes_per_call = std::size_t{1} << 26U;

int open_file(const std::filesystem::path& path, int flags) {
  constexpr mode_t readable_and_writable = 0666;
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, readable_and_writable);
  } while (number < 0 && errno == EINTR);
  if (number < 0) throw system_failure(path, "open", errno);
  return number;
}

bool is_same_moment(const timespec& left, const timespec& right) {
  return left.tv_sec == right.tv_sec && left.tv_nsec == right.tv_nsec;
}

}  // namespace

FileDescriptor::FileDescriptor(const std::filesystem::path& path, int flags)
    : path_{path}, number_{open_file(path, flags)} {}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) ::close(number_);
}

std::uint64_t FileDescriptor::regular_file_bytes() const {
  struct stat status {};
  if (::fstat(number_, &status) != 0) throw system_failure(path_, "stat", errno);
  if (!S_ISREG(status.st_mode)) throw FileError{path_, "not a regular file"};
  return static_cast<std::uint64_t>(status.st_size);
}

bool FileDescriptor::is_still(const std::filesystem::path& path) const {
  struct stat ours {};
  struct stat theirs {};
  if (::fstat(number_, &ours) != 0) throw system_failure(path, "stat", errno);
  if (::stat(path.c_str(), &theirs) != 0) {
    if (errno == ENOENT) return false;
    throw system_failure(path, "stat", errno);
  }
  return ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino &&
         ours.st_size == theirs.st_size && is_same_moment(ours.st_mtim, theirs.st_mtim);
}

LockState FileDescriptor::try_lock() {
  while (::flock(number_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return LockState::held;
    const bool unsupported =
        errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP || errno == EINVAL;
    if (unsupported) return LockState::unsupported;
    throw system_failure(path_, "lock", errno);
  }
  return LockState::ours;
}

void FileDescriptor::resize(std::uint64_t bytes) {
  while (::ftruncate(number_, static_cast<off_t>(bytes)) != 0) {
    if (errno != EINTR) throw system_failure(path_, "truncate", errno);
  }
}

void FileDescriptor::rewind() {
  if (::lseek(number_, 0, SEEK_SET) != 0) throw system_failure(path_, "seek", errno);
}

void FileDescriptor::write_all(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::write(number_, bytes.data(), std::min(bytes.size(), most_bytes_per_call));
    if (count > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      throw system_failure(path_, "write", count == 0 ? ENOSPC : errno);
    }
  }
}

void FileDescriptor::read_all(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::read(number_, bytes.data(), std::min(bytes.size(), most_bytes_per_call));
    if (count > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    } else if (count == 0) {
      throw FileError{path_, "read: the file ends too early"};
    } else if (errno != EINTR) {
      throw system_failure(path_, "read", errno);
    }
  }
}

void FileDescriptor::write_at(std::uint64_t place, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(number_, bytes.data(), std::min(bytes.size(), most_bytes_per_call),
                 static_cast<off_t>(place));
    if (count > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      place += static_cast<std::uint64_t>(count);
    } else if (count == 0 || errno != EINTR) {
      throw system_failure(path_, "write", count == 0 ? ENOSPC : errno);
    }
  }
}

void FileDescriptor::read_at(std::uint64_t place, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pread(number_, bytes.data(), std::min(bytes.size(), most_bytes_per_call),
                static_cast<off_t>(place));
    if (count > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      place += static_cast<std::uint64_t>(count);
    } else if (count == 0) {
      std::ranges::fill(bytes, std::byte{0});
      return;
    } else if (errno != EINTR) {
      throw system_failure(path_, "read", errno);
    }
  }
}

Sha256 FileDescriptor::hash_next(std::uint64_t count) {
  constexpr std::uint64_t piece_bytes = std::uint64_t{1} << 20U;
  std::vector<std::byte> piece(static_cast<std::size_t>(std::min(count, piece_bytes)));
  Sha256Hasher hasher;
  while (count > 0) {
    const std::span<std::byte> part{piece.data(),
                                    static_cast<std::size_t>(std::min(count, piece_bytes))};
    read_all(part);
    hasher.add(part);
    count -= part.size();
  }
  return hasher.finish();
}

void FileDescriptor::sync() {
  if (::fsync(number_) != 0) throw system_failure(path_, "fsync", errno);
}

void FileDescriptor::forget_cached() const {
  // Advice only: where it is not taken, nothing is lost.
  static_cast<void>(::posix_fadvise(number_, 0, 0, POSIX_FADV_DONTNEED));
}

void FileDescriptor::close() {
  // After EINTR Linux has closed the descriptor all the same; a second close could hit another's.
  const int status = ::close(std::exchange(number_, -1));
  if (status != 0 && errno != EINTR) throw system_failure(path_, "close", errno);
}

}  // namespace flywheel
