#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/folder_lock.hpp"
#include "results/shard.hpp"

namespace flywheel {

/// Where a run keeps what is finished until its file is: `OUT.h5.run` beside `OUT.h5`, for nobody
/// else (mode 0700). It holds `lock`, `run.id` (what makes the run this run, a line each),
/// `shards/` and `quarantine/` (what was no sound shard).
[[nodiscard]] std::filesystem::path work_folder_of(const std::filesystem::path& output);

/// The lines of the run that claimed a folder, without taking its lock; FileError where none did.
[[nodiscard]] std::vector<std::string> run_lines_in(const std::filesystem::path& folder);

/// The work folder of one run, locked.
class WorkFolder {
 public:
  /// Opens the folder, or makes it. FileError where it cannot be, or where another process works in
  /// it (told by its number); a file system without locks is borne, `is_locked` is false then.
  explicit WorkFolder(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool is_locked() const { return lock_->state() == LockState::ours; }

  /// The run whose folder it is, if one has claimed it.
  [[nodiscard]] std::optional<std::vector<std::string>> run_lines() const;
  /// Makes it the folder of this run. Nothing happens where that is so already.
  void claim(const std::vector<std::string>& run_lines);

  /// Removes what processes that were killed left half written.
  void remove_temporary();

  /// Numbers of the first replications of what lies in shards/; temporary files of processes that
  /// ended are removed, names that no shard has go to quarantine.
  [[nodiscard]] std::vector<std::uint64_t> list_shards();
  /// Replications of the sound shard that begins there; nothing if there is none. What is found to
  /// be damaged, of another run or of other replications goes to quarantine.
  [[nodiscard]] std::optional<std::vector<Outcome>> read(std::uint64_t first,
                                                         const RunDescription& run,
                                                         const OutcomeShape& shape);
  /// Keeps finished replications, wholly or not at all.
  void keep(std::span<const Outcome> outcomes, const RunDescription& run,
            const OutcomeShape& shape);

  /// Sentences on what went to quarantine so far.
  [[nodiscard]] const std::vector<std::string>& set_aside() const { return set_aside_; }

  /// Removes the folder with all that it holds; the run is done.
  void remove();

 private:
  void quarantine(const std::filesystem::path& file, const std::string& why);

  std::filesystem::path path_;
  std::unique_ptr<FolderLock> lock_;
  std::multimap<std::uint64_t, std::filesystem::path> shards_;
  std::vector<std::string> set_aside_;
};

}  // namespace flywheel
