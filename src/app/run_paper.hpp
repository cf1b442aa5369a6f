#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/run_part.hpp"
#include "plan/read_plan.hpp"
#include "scenario/draw_scenario.hpp"

namespace flywheel {

/// All that makes a run again from its folder alone, on any machine: what was asked for, and the
/// texts of the plan and its CSV files.
struct RunPaper {
  std::uint64_t seed{1};
  Frozen frozen{};
  std::uint64_t replications{0};  ///< of all parts; 0: until something else ended the run
  RunPart part{};
  std::vector<std::string> settings;  ///< "key=value" above the plan
  std::string sweep_case{};           ///< of the plan's sweep
  std::vector<PlanFile> files;        ///< the plan first
};

/// The paper as JSON, and back; nlohmann::json::exception where the text is no such paper.
[[nodiscard]] std::string paper_text(const RunPaper& paper);
[[nodiscard]] RunPaper paper_in(const std::string& text);

/// Its plan, which needs no file. There is at least one among `files`.
[[nodiscard]] PlanReading read_plan_of(const RunPaper& paper);

/// Writes `plan.json` in the folder, atomically, unless there is one; and reads it. FileError where
/// it cannot be, or is no such paper.
void write_run_paper(const RunPaper& paper, const std::filesystem::path& folder);
[[nodiscard]] RunPaper read_run_paper(const std::filesystem::path& folder);

}  // namespace flywheel
