#include "results/folder_lock.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include <fcntl.h>
#include <unistd.h>

namespace flywheel {

namespace {

std::string digits_in(FileDescriptor& file) {
  std::array<std::byte, 16> bytes{};
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(file.regular_file_bytes(), bytes.size()));
  file.read_all(std::span{bytes}.first(size));
  std::string text;
  for (const std::byte one : std::span{bytes}.first(size)) {
    const auto letter = static_cast<unsigned char>(one);
    if (std::isdigit(letter) != 0) text += static_cast<char>(letter);
  }
  return text;
}

/// The holder's number, which it writes just after it got the lock.
std::string read_holder(FileDescriptor& file) {
  constexpr int attempts = 40;
  constexpr useconds_t pause = 5'000;
  std::string holder = digits_in(file);
  for (int attempt = 1; holder.empty() && attempt < attempts; ++attempt) {
    ::usleep(pause);
    file.rewind();
    holder = digits_in(file);
  }
  return holder;
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& file)
    : path_{file}, file_{file, O_RDWR | O_CREAT | O_NOFOLLOW}, state_{file_.try_lock()} {
  if (state_ == LockState::held) {
    holder_ = read_holder(file_);
    return;
  }
  const std::string number = std::to_string(::getpid()) + '\n';
  file_.resize(0);
  file_.write_all(std::as_bytes(std::span{number}));
}

}  // namespace flywheel
