#include "app/part_folders.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app/existing_result.hpp"
#include "core/error_text.hpp"
#include "results/file_error.hpp"

namespace flywheel {

namespace {

std::string name_of(const PartFolder& part) { return escape_text(part.path.string()); }

/// Of other runs than the first part, or of another division of the run.
std::vector<std::string> foreign_parts(std::span<const PartFolder> parts) {
  std::vector<std::string> faults;
  const PartFolder& first = parts.front();
  for (const PartFolder& part : parts.subspan(1)) {
    for (const std::string& line : run_differences(run_lines_of(first), run_lines_of(part))) {
      faults.push_back(fmt::format("{} is of another run than {}: {}", name_of(part),
                                   name_of(first), escape_text(line)));
    }
    if (part.paper.part.of != first.paper.part.of ||
        part.paper.replications != first.paper.replications) {
      faults.push_back(fmt::format(
          "{} is part {} of {} replications, {} is part {} of {}: they are of two divisions",
          name_of(part), part.paper.part.text(), part.paper.replications, name_of(first),
          first.paper.part.text(), first.paper.replications));
    }
  }
  return faults;
}

}  // namespace

std::vector<std::string> run_lines_of(const PartFolder& part) {
  std::vector<std::string> lines = part.identity;
  std::erase(lines, line_of(part.paper.part, part.paper.replications));
  return lines;
}

PartFolder read_part_folder(const std::filesystem::path& path) {
  const std::filesystem::path identity = path / "run.id";
  if (!std::filesystem::exists(std::filesystem::symlink_status(identity))) {
    throw FileError{path, "is no folder of a run: it has no run.id"};
  }
  PartFolder part{.path = path, .paper = read_run_paper(path), .identity = run_lines_in(path)};
  const std::string line = line_of(part.paper.part, part.paper.replications);
  if (line.empty()) {
    throw FileError{path,
                    "is the folder of a whole run, which the command that began it goes on "
                    "with: there is nothing to merge"};
  }
  if (std::ranges::find(part.identity, line) == part.identity.end()) {
    throw FileError{path, "run.id and plan.json tell of different parts: copy the folder again"};
  }
  return part;
}

std::vector<PartFolder> in_order(std::vector<PartFolder> parts) {
  std::ranges::stable_sort(parts, {},
                           [](const PartFolder& part) { return part.paper.part.number; });
  return parts;
}

std::vector<std::string> part_faults(std::span<const PartFolder> ordered) {
  std::vector<std::string> faults = foreign_parts(ordered);
  if (!faults.empty()) return faults;
  std::map<std::uint64_t, const PartFolder*> by_number;
  for (const PartFolder& part : ordered) {
    const auto [place, is_new] = by_number.try_emplace(part.paper.part.number, &part);
    if (!is_new) {
      faults.push_back(fmt::format("{} and {} are both part {}: leave one of them out",
                                   name_of(*place->second), name_of(part), part.paper.part.text()));
    }
  }
  const std::uint64_t of = ordered.front().paper.part.of;
  for (std::uint64_t number = 1; number <= of; ++number) {
    if (by_number.contains(number)) continue;
    const ReplicationRange range =
        range_of({.number = number, .of = of}, ordered.front().paper.replications);
    faults.push_back(
        fmt::format("part {}/{} is missing (replications {} to {}): play it with "
                    "--shard {}/{}, and name its folder",
                    number, of, range.first, range.end() - 1, number, of));
  }
  return faults;
}

PartOutcomes::PartOutcomes(std::span<const PartFolder> parts, const RunDescription& run,
                           const OutcomeShape& shape) {
  for (const PartFolder& part : parts) {
    const std::string line = line_of(part.paper.part, part.paper.replications);
    folders_.push_back(std::make_unique<RunFolder>(
        RunPlace{.output = {}, .folder = part.path, .part = line}, run, shape));
    folders_.back()->look();
  }
}

std::optional<std::vector<Outcome>> PartOutcomes::batch_at(std::uint64_t first) {
  for (const auto& folder : folders_) {
    if (auto batch = folder->batch_at(first)) return batch;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> PartOutcomes::next_after(std::uint64_t first) const {
  std::optional<std::uint64_t> nearest;
  for (const auto& folder : folders_) {
    const auto next = folder->next_after(first);
    if (next && (!nearest || *next < *nearest)) nearest = next;
  }
  return nearest;
}

std::vector<std::string> PartOutcomes::set_aside() const {
  std::vector<std::string> sentences;
  for (const auto& folder : folders_) {
    const auto& some = folder->work().set_aside();
    sentences.insert(sentences.end(), some.begin(), some.end());
  }
  return sentences;
}

}  // namespace flywheel
