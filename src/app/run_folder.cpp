#include "app/run_folder.hpp"

#include <utility>

#include "app/existing_result.hpp"
#include "results/file_error.hpp"
#include "results/stored_run.hpp"

namespace flywheel {

namespace {

/// Of a finished file, read at once.
constexpr std::size_t batch_rows = 2'048;

}  // namespace

RunFolder::RunFolder(RunPlace place, const RunDescription& run, const OutcomeShape& shape)
    : place_{std::move(place)}, run_{run}, shape_{shape}, work_{place_.folder} {}

std::vector<std::string> RunFolder::identity() const {
  std::vector<std::string> lines = run_.run_lines;
  if (!place_.part.empty()) lines.push_back(place_.part);
  return lines;
}

std::vector<std::string> RunFolder::differences() const {
  const auto lines = work_.run_lines();
  return lines ? run_differences(*lines, identity()) : std::vector<std::string>{};
}

void RunFolder::begin() {
  work_.claim(identity());
  work_.remove_temporary();
  look();
}

void RunFolder::look() {
  const std::vector<std::uint64_t> firsts = work_.list_shards();
  firsts_ = {firsts.begin(), firsts.end()};
}

bool RunFolder::has_beyond(std::uint64_t replications) {
  look();
  // From the last one on: one that is damaged goes to quarantine and says nothing.
  // NOLINTNEXTLINE(modernize-loop-convert): clang 14 has no std::views::reverse for it
  for (auto first = firsts_.rbegin(); first != firsts_.rend(); ++first) {
    const auto batch = work_.read(*first, run_, shape_);
    if (batch) return *first + batch->size() > replications;
  }
  return false;
}

void RunFolder::add_result() {
  result_.emplace(read_result(place_.output));
  in_result_ = result_->shape("/replications/replication").at(0);
}

std::optional<std::vector<Outcome>> RunFolder::batch_at(std::uint64_t first) {
  if (first < in_result_) {
    return stored_outcomes(*result_, run_, shape_, {.first = first, .count = batch_rows});
  }
  return firsts_.contains(first) ? work_.read(first, run_, shape_) : std::nullopt;
}

std::optional<std::uint64_t> RunFolder::next_after(std::uint64_t first) const {
  const auto next = firsts_.upper_bound(first);
  return next == firsts_.end() ? std::nullopt : std::optional{*next};
}

LeftFolder remove_left_folder(const RunPlace& place, const RunDescription& run,
                              const OutcomeShape& shape, std::uint64_t replications) {
  if (!std::filesystem::is_directory(std::filesystem::symlink_status(place.folder))) {
    return LeftFolder::gone;
  }
  try {
    RunFolder folder{place, run, shape};
    if (!folder.differences().empty()) return LeftFolder::gone;
    if (folder.has_beyond(replications)) return LeftFolder::kept;
    folder.work().remove();
  } catch (const FileError&) {
    // Somebody works in it, or it cannot be removed: the result is complete all the same.
  }
  return LeftFolder::gone;
}

}  // namespace flywheel
