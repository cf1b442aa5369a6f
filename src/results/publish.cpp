#include "results/publish.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "results/file_descriptor.hpp"
#include "results/file_error.hpp"
#include "results/sha256.hpp"

namespace flywheel {
namespace {

/// Holds back SIGXFSZ, which would end the program where write can answer EFBIG.
class FileSizeSignalBlock {
 public:
  FileSizeSignalBlock() {
    sigemptyset(&signal_);
    sigaddset(&signal_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signal_, &before_);
  }
  ~FileSizeSignalBlock() {
    // One that is pending would strike as soon as the old mask is back.
    const timespec no_time{};
    if (sigismember(&before_, SIGXFSZ) == 0) sigtimedwait(&signal_, nullptr, &no_time);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  FileSizeSignalBlock(FileSizeSignalBlock&&) = delete;

 private:
  sigset_t signal_{};
  sigset_t before_{};
};

/// Removes a file at the end of its life unless the name was given up before.
class TemporaryName {
 public:
  explicit TemporaryName(std::filesystem::path path) : path_{std::move(path)} {}
  ~TemporaryName() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryName(TemporaryName&&) = delete;

  void release() { path_.clear(); }

 private:
  std::filesystem::path path_;
};

std::filesystem::path temporary_path(const std::filesystem::path& destination, int attempt) {
  return destination.string() + "." + std::to_string(::getpid()) + "." + std::to_string(attempt) +
         ".tmp";
}

/// A name that nobody has; a leftover of a killed process with our number is passed over.
std::filesystem::path free_temporary_path(const std::filesystem::path& destination) {
  constexpr int attempts = 100;
  int attempt = 0;
  while (attempt + 1 < attempts &&
         std::filesystem::symlink_status(temporary_path(destination, attempt)).type() !=
             std::filesystem::file_type::not_found) {
    ++attempt;
  }
  return temporary_path(destination, attempt);
}

void verify(const std::filesystem::path& path, const FileContent& content) {
  FileDescriptor file{path, O_RDONLY | O_NOFOLLOW};
  file.forget_cached();
  if (!content.is_sound(file)) {
    throw FileError{path, "read back: the disk does not hold what was written"};
  }
}

void rename_over(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw system_failure(to, "rename", errno);
}

/// Do both names have the same bytes? Then another process made the file just now, as we did.
bool is_same_file_there(const std::filesystem::path& ours, const std::filesystem::path& there) {
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(there))) return false;
  FileDescriptor left{ours, O_RDONLY | O_NOFOLLOW};
  FileDescriptor right{there, O_RDONLY | O_NOFOLLOW};
  const std::uint64_t size = left.regular_file_bytes();
  return right.regular_file_bytes() == size && left.hash_next(size) == right.hash_next(size);
}

/// Renames, unless the name is taken, which is an error but where it has the same bytes: then
/// false, and the temporary file stays. File systems that cannot do it in one step link the second
/// name first, which is as safe but leaves the first name for a moment.
bool rename_to_free_name(const std::filesystem::path& from, const std::filesystem::path& to) {
  const auto status =
      ::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
  if (status == 0) return true;
  const int cause = errno;
  if (cause == EEXIST && is_same_file_there(from, to)) return false;
  if (cause != EINVAL && cause != ENOSYS) throw system_failure(to, "rename", cause);
  if (::link(from.c_str(), to.c_str()) != 0) {
    const int failure = errno;
    if (failure == EEXIST && is_same_file_there(from, to)) return false;
    throw system_failure(to, "link", failure);
  }
  if (::unlink(from.c_str()) != 0) throw system_failure(from, "unlink", errno);
  return true;
}

/// Makes the new name itself durable.
void sync_folder(const std::filesystem::path& destination) {
  const std::filesystem::path parent = destination.parent_path();
  FileDescriptor folder{parent.empty() ? "." : parent, O_RDONLY | O_DIRECTORY};
  folder.sync();
}

FileDescriptor create_temporary(const std::filesystem::path& path) {
  return FileDescriptor{path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW};
}

}  // namespace

void check_parent(const std::filesystem::path& destination) {
  const std::filesystem::path parent =
      destination.parent_path().empty() ? "." : destination.parent_path();
  if (!std::filesystem::is_directory(parent)) {
    throw FileError{parent, "is not a folder: make it, or give another place by -o"};
  }
}

void check_publishable(const std::filesystem::path& destination) {
  check_parent(destination);
  const std::filesystem::path path = free_temporary_path(destination);
  FileDescriptor file = create_temporary(path);
  const TemporaryName temporary{path};
  file.close();
}

void publish(std::span<const std::byte> bytes, const std::filesystem::path& destination,
             Existing existing, const std::filesystem::path& temporary_folder) {
  const auto is_same = [&](FileDescriptor& file) {
    return file.regular_file_bytes() == bytes.size() &&
           file.hash_next(bytes.size()) == sha256(bytes);
  };
  publish_file({.write = [&](FileDescriptor& file) { file.write_all(bytes); }, .is_sound = is_same},
               destination, existing, temporary_folder);
}

void publish_file(const FileContent& content, const std::filesystem::path& destination,
                  Existing existing, const std::filesystem::path& temporary_folder) {
  const FileSizeSignalBlock no_signal;
  const std::filesystem::path path = free_temporary_path(
      temporary_folder.empty() ? destination : temporary_folder / destination.filename());
  FileDescriptor file = create_temporary(path);
  TemporaryName temporary{path};
  content.write(file);
  file.sync();
  file.close();
  verify(path, content);
  if (existing == Existing::replace) {
    rename_over(path, destination);
    temporary.release();
  } else if (rename_to_free_name(path, destination)) {
    temporary.release();
  }
  sync_folder(destination);
}

}  // namespace flywheel
