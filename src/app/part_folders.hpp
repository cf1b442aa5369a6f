#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/run_folder.hpp"
#include "app/run_paper.hpp"

namespace flywheel {

/// A folder in which a part of a run was played.
struct PartFolder {
  std::filesystem::path path;
  RunPaper paper;
  std::vector<std::string> identity;  ///< lines of its run.id

  [[nodiscard]] ReplicationRange range() const { return range_of(paper.part, paper.replications); }
};

/// Reads what a folder says of itself; changes nothing. FileError where it is no such folder.
[[nodiscard]] PartFolder read_part_folder(const std::filesystem::path& path);

/// The lines that every part of its run has.
[[nodiscard]] std::vector<std::string> run_lines_of(const PartFolder& part);

/// Puts the parts in their order. What keeps them from being one whole run, a sentence each: parts
/// of another run, of another division, twice there, missing.
[[nodiscard]] std::vector<PartFolder> in_order(std::vector<PartFolder> parts);
[[nodiscard]] std::vector<std::string> part_faults(std::span<const PartFolder> ordered);

/// The replications of all parts, in order.
class PartOutcomes : public KeptOutcomes {
 public:
  /// Locks the folders; FileError where somebody works in one. What is given outlives it.
  PartOutcomes(std::span<const PartFolder> parts, const RunDescription& run,
               const OutcomeShape& shape);

  [[nodiscard]] std::optional<std::vector<Outcome>> batch_at(std::uint64_t first) override;
  [[nodiscard]] std::optional<std::uint64_t> next_after(std::uint64_t first) const override;

  /// Sentences on what was found damaged and went to quarantine.
  [[nodiscard]] std::vector<std::string> set_aside() const;

 private:
  std::vector<std::unique_ptr<RunFolder>> folders_;
};

}  // namespace flywheel
