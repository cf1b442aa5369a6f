#include "results/folder_entries.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <ftw.h>

#include "results/file_error.hpp"

namespace flywheel {

namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

int remove_entry(const char* path, const struct stat* /*unused*/, int /*kind*/, FTW* /*place*/) {
  return std::remove(path);
}

}  // namespace

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  const std::unique_ptr<DIR, CloseFolder> open{::opendir(folder.c_str())};
  if (!open) throw system_failure(folder, "list", errno);
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    // Thread-safe for a stream of one's own, as POSIX has said since 2017.
    const dirent* entry = ::readdir(open.get());  // NOLINT(concurrency-mt-unsafe)
    if (entry == nullptr) break;
    std::string name{static_cast<const char*>(entry->d_name)};
    if (name != "." && name != "..") names.push_back(std::move(name));
  }
  if (errno != 0) throw system_failure(folder, "list", errno);
  return names;
}

std::uint64_t bytes_below(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  try {
    for (const std::string& name : names_in(folder)) {
      std::error_code unknown;
      const std::filesystem::path entry = folder / name;
      const auto type = std::filesystem::symlink_status(entry, unknown).type();
      if (type == std::filesystem::file_type::directory) bytes += bytes_below(entry);
      if (type != std::filesystem::file_type::regular) continue;
      const std::uintmax_t size = std::filesystem::file_size(entry, unknown);
      if (!unknown) bytes += size;
    }
  } catch (const FileError&) {
    // Nothing that is known of.
  }
  return bytes;
}

void remove_folder(const std::filesystem::path& folder) {
  constexpr int most_open_folders = 8;
  if (::nftw(folder.c_str(), remove_entry, most_open_folders, FTW_DEPTH | FTW_PHYS) != 0) {
    throw system_failure(folder, "remove", errno);
  }
}

}  // namespace flywheel
