#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "results/result.hpp"
#include "results/work_folder.hpp"
#include "study/resume.hpp"

namespace flywheel {

/// Where a run lies.
struct RunPlace {
  std::filesystem::path output;  ///< the result file
  std::filesystem::path folder;  ///< the work folder
  std::string part{};            ///< a line on the part that is played there; empty: all of it
};

/// What earlier processes left of a run, and where this one keeps its own: the work folder beside
/// the result, and the result itself where a longer run goes on from it.
class RunFolder : public KeptOutcomes {
 public:
  /// Opens or makes the folder and locks it.
  RunFolder(RunPlace place, const RunDescription& run, const OutcomeShape& shape);

  /// Lines in which the folder's run and this one differ ("- there", "+ asked for"); empty: it is
  /// this run's, or nobody's yet.
  [[nodiscard]] std::vector<std::string> differences() const;
  /// Makes it this run's, and looks what is there.
  void begin();
  /// Looks again: what lies there now is all there is.
  void look();
  /// Has the result's replications too.
  void add_result();
  /// Does the folder hold replications beyond so many, for a longer run to go on from? Looks anew.
  [[nodiscard]] bool has_beyond(std::uint64_t replications);
  /// Does anything lie there to go on from?
  [[nodiscard]] bool has_some() const { return in_result_ > 0 || !firsts_.empty(); }

  [[nodiscard]] std::optional<std::vector<Outcome>> batch_at(std::uint64_t first) override;
  [[nodiscard]] std::optional<std::uint64_t> next_after(std::uint64_t first) const override;

  [[nodiscard]] WorkFolder& work() { return work_; }
  [[nodiscard]] const WorkFolder& work() const { return work_; }
  [[nodiscard]] const OutcomeShape& shape() const { return shape_; }

 private:
  [[nodiscard]] std::vector<std::string> identity() const;

  RunPlace place_;
  const RunDescription& run_;
  OutcomeShape shape_;
  WorkFolder work_;
  std::set<std::uint64_t> firsts_;
  std::optional<Result> result_{};
  std::uint64_t in_result_{0};  ///< replications of it
};

/// What became of a work folder whose result is there.
enum class LeftFolder {
  gone,  ///< or nothing of this run
  kept,  ///< it holds more than the result
};

/// Removes the work folder of a run whose result has so many replications, if there is one, it
/// holds no more than they and nobody works in it: a process that was killed between the two left
/// it.
LeftFolder remove_left_folder(const RunPlace& place, const RunDescription& run,
                              const OutcomeShape& shape, std::uint64_t replications);

}  // namespace flywheel
