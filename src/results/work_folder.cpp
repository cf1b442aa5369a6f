#include "results/work_folder.hpp"

#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "results/file_error.hpp"
#include "results/folder_entries.hpp"
#include "results/publish.hpp"
#include "results/seal.hpp"
#include "results/whole_file.hpp"

namespace flywheel {

namespace {

constexpr std::size_t number_digits = 12;
constexpr std::size_t hash_digits = 64;
constexpr std::uint64_t most_shard_bytes = std::uint64_t{1} << 31U;
constexpr std::uint64_t most_identity_bytes = std::uint64_t{1} << 20U;

/// `path`, which is a folder now, for nobody else.
std::filesystem::path made_folder(std::filesystem::path path) {
  constexpr mode_t ours_alone = 0700;
  if (::mkdir(path.c_str(), ours_alone) != 0 && errno != EEXIST) {
    throw system_failure(path, "mkdir", errno);
  }
  if (!std::filesystem::is_directory(std::filesystem::symlink_status(path))) {
    throw FileError{path, "is in the way: it is no folder"};
  }
  return path;
}

/// The lock of a folder that is there. A process that ends may take folder and lock away while we
/// are about to have them: then both are made anew.
std::unique_ptr<FolderLock> taken_lock(const std::filesystem::path& folder) {
  constexpr int attempts = 20;
  for (int attempt = 1;; ++attempt) {
    made_folder(folder);
    try {
      auto lock = std::make_unique<FolderLock>(folder / "lock");
      if (lock->is_in_place() || attempt == attempts) return lock;
    } catch (const FileError&) {
      if (attempt == attempts || std::filesystem::exists(folder)) throw;
    }
  }
}

std::string shard_name(std::uint64_t first, const std::string& hash) {
  return fmt::format("{:0{}}-{}.h5", first, number_digits, hash);
}

/// The first replication of a shard, by its name; nothing where that is no name of a shard.
std::optional<std::uint64_t> first_in(const std::string& name) {
  if (name.size() < number_digits) return std::nullopt;
  std::uint64_t first = 0;
  const char* end = name.data() + number_digits;
  const auto [rest, error] = std::from_chars(name.data(), end, first);
  if (error != std::errc{} || rest != end) return std::nullopt;
  const std::string hash = name.substr(std::min(name.size(), number_digits + 1), hash_digits);
  return name == shard_name(first, hash) ? std::optional{first} : std::nullopt;
}

/// The hash of the content that the file's seal names.
std::string sealed_hash(std::span<const std::byte> bytes) {
  if (bytes.size() < seal_bytes) return {};
  const auto digits = bytes.last(hash_digits + 1).first(hash_digits);
  std::string text;
  for (const std::byte digit : digits) text += static_cast<char>(digit);
  return text;
}

std::vector<Outcome> sound_shard(const std::filesystem::path& file, std::uint64_t first,
                                 const RunDescription& run, const OutcomeShape& shape) {
  const std::vector<std::byte> bytes = read_whole_file(file, most_shard_bytes);
  if (file.filename().string() != shard_name(first, sealed_hash(bytes))) {
    throw FileError{file, "holds other bytes than its name says"};
  }
  std::vector<Outcome> outcomes = read_shard(read_image(bytes, file), run, shape);
  if (outcomes.front().replication != first) {
    throw FileError{file, "holds other replications than its name says"};
  }
  return outcomes;
}

}  // namespace

std::filesystem::path work_folder_of(const std::filesystem::path& output) {
  return output.string() + ".run";
}

WorkFolder::WorkFolder(const std::filesystem::path& folder)
    : path_{made_folder(folder)}, lock_{taken_lock(path_)} {
  if (lock_->state() == LockState::held) {
    throw FileError{path_, fmt::format("process {} is at work here; wait for it, or end it",
                                       lock_->holder().empty() ? "?" : lock_->holder())};
  }
  made_folder(path_ / "shards");
  made_folder(path_ / "quarantine");
}

std::vector<std::string> run_lines_in(const std::filesystem::path& folder) {
  std::vector<std::string> lines{""};
  for (const std::byte one : read_whole_file(folder / "run.id", most_identity_bytes)) {
    const char letter = static_cast<char>(one);
    if (letter == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += letter;
    }
  }
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

std::optional<std::vector<std::string>> WorkFolder::run_lines() const {
  const std::filesystem::path file = path_ / "run.id";
  if (!std::filesystem::exists(std::filesystem::symlink_status(file))) return std::nullopt;
  return run_lines_in(path_);
}

void WorkFolder::claim(const std::vector<std::string>& run_lines) {
  if (this->run_lines()) return;
  const std::string text = fmt::format("{}\n", fmt::join(run_lines, "\n"));
  publish(std::as_bytes(std::span{text}), path_ / "run.id", Existing::keep);
}

void WorkFolder::remove_temporary() {
  for (const std::string& name : names_in(path_)) {
    if (name.ends_with(".tmp")) std::filesystem::remove(path_ / name);
  }
}

std::vector<std::uint64_t> WorkFolder::list_shards() {
  shards_.clear();
  for (const std::string& name : names_in(path_ / "shards")) {
    const std::filesystem::path file = path_ / "shards" / name;
    if (name.ends_with(".tmp")) {
      std::filesystem::remove(file);
    } else if (const auto first = first_in(name)) {
      shards_.emplace(*first, file);
    } else {
      quarantine(file, "has no name of a shard");
    }
  }
  std::vector<std::uint64_t> firsts;
  for (const auto& [first, file] : shards_) firsts.push_back(first);
  return firsts;
}

std::optional<std::vector<Outcome>> WorkFolder::read(std::uint64_t first, const RunDescription& run,
                                                     const OutcomeShape& shape) {
  const auto [begin, end] = shards_.equal_range(first);
  for (auto shard = begin; shard != end; ++shard) {
    try {
      return sound_shard(shard->second, first, run, shape);
    } catch (const FileError& error) {
      quarantine(shard->second, error.what());
    }
  }
  return std::nullopt;
}

void WorkFolder::keep(std::span<const Outcome> outcomes, const RunDescription& run,
                      const OutcomeShape& shape) {
  const std::vector<std::byte> image = shard_image(run, shape, outcomes);
  const std::filesystem::path file =
      path_ / "shards" / shard_name(outcomes.front().replication, sealed_hash(image));
  // The same replications have the same bytes: what is there already is this shard, or its
  // damaged remains.
  publish(image, file, Existing::replace);
}

void WorkFolder::quarantine(const std::filesystem::path& file, const std::string& why) {
  std::filesystem::path place = path_ / "quarantine" / file.filename();
  for (int number = 2; std::filesystem::exists(std::filesystem::symlink_status(place)); ++number) {
    place = path_ / "quarantine" / fmt::format("{}.{}", file.filename().string(), number);
  }
  std::error_code error;
  std::filesystem::rename(file, place, error);
  if (error) throw system_failure(file, "rename", error.value());
  set_aside_.push_back(fmt::format("{} went to quarantine: {}", file.filename().string(), why));
}

void WorkFolder::remove() {
  for (const std::string& name : names_in(path_)) {
    const std::filesystem::path entry = path_ / name;
    if (std::filesystem::is_directory(std::filesystem::symlink_status(entry))) {
      remove_folder(entry);
    } else if (name != "lock" && name != "run.id") {
      std::filesystem::remove(entry);
    }
  }
  std::filesystem::remove(path_ / "run.id");
  // The last file: as soon as it is gone another process may have the folder, and keeps it.
  std::filesystem::remove(path_ / "lock");
  std::error_code error;
  std::filesystem::remove(path_, error);
  if (error && error != std::errc::directory_not_empty) {
    throw system_failure(path_, "remove", error.value());
  }
}

}  // namespace flywheel
