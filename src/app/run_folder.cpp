#include "app/run_folder.hpp"

#include <utility>

#include "app/existing_result.hpp"
#include "results/file_error.hpp"
#include "results/stored_run.hpp"

namespace flywheel {

RunFolder::RunFolder(std::filesystem::path output, const RunDescription& run,
                     const OutcomeShape& shape)
    : output_{std::move(output)}, run_{run}, shape_{shape}, work_{output_} {}

std::vector<std::string> RunFolder::differences() const {
  const auto lines = work_.run_lines();
  return lines ? run_differences(*lines, run_.run_lines) : std::vector<std::string>{};
}

void RunFolder::begin() {
  work_.claim(run_.run_lines);
  const std::vector<std::uint64_t> firsts = work_.list_shards();
  firsts_ = {firsts.begin(), firsts.end()};
}

std::optional<std::vector<Outcome>> RunFolder::batch_at(std::uint64_t first) {
  if (first == 0 && in_result_ > 0) return stored_outcomes(read_result(output_), run_, shape_);
  return firsts_.contains(first) ? work_.read(first, run_, shape_) : std::nullopt;
}

std::optional<std::uint64_t> RunFolder::next_after(std::uint64_t first) const {
  const auto next = firsts_.upper_bound(first);
  return next == firsts_.end() ? std::nullopt : std::optional{*next};
}

void remove_left_folder(const std::filesystem::path& output, const RunDescription& run,
                        const OutcomeShape& shape) {
  if (!std::filesystem::is_directory(std::filesystem::symlink_status(work_folder_of(output)))) {
    return;
  }
  try {
    RunFolder folder{output, run, shape};
    if (folder.differences().empty()) folder.work().remove();
  } catch (const FileError&) {
    // Somebody works in it, or it cannot be removed: the result is complete all the same.
    return;
  }
}

}  // namespace flywheel
