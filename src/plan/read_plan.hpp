#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "plan/plan.hpp"
#include "plan/sweep.hpp"

namespace flywheel {

/// What the planner wrote for a key, and where.
struct GivenValue {
  Place place;
  std::string text;
};

/// Full key ("channel.search.budget") to what was written.
using GivenValues = std::map<std::string, GivenValue>;

/// A file that the plan consists of, as it was read.
struct PlanFile {
  std::string name;  ///< as the plan or the user calls it
  std::string text;
};

/// A plan with all its defaults, or everything that is wrong with it.
struct PlanReading {
  std::optional<Plan> plan;  ///< empty when there are faults
  Faults faults;             ///< in the order of the plan
  Faults warnings;           ///< of a plan, sound or not: what may not be meant, in its order
  GivenValues given;
  std::vector<PlanFile> files;           ///< the plan first, then the CSV files it reads
  std::vector<CaseValue> case_values{};  ///< what the chosen case of the sweep laid over the plan
  std::vector<std::string> notes;        ///< what was detected rather than written, a line each
};

/// Reads a plan file and the CSV files it names (relative to the plan's folder), completes it by
/// defaults and checks it as a whole.
///
/// `settings` are "key=value" with any key of the plan, "channel.search.budget=50000"; they stand
/// above what the file says, and their faults carry the place "--set". The value is TOML, or else
/// the text itself: `--set channel.search.click_rate=1.2%` needs no quotes.
///
/// A plan with a sweep is read as one of its cases, by name; without a name that is a fault.
[[nodiscard]] PlanReading read_plan(const std::filesystem::path& path,
                                    std::span<const std::string> settings = {},
                                    const std::string& sweep_case = {});

/// The cases of a plan's sweep: none, and no fault, where the plan has no sweep or is no TOML,
/// which read_plan tells.
[[nodiscard]] Sweep list_cases(const std::filesystem::path& path,
                               std::span<const std::string> settings = {});

/// Where a plan's text came from.
struct PlanOrigin {
  std::string name{"plan"};        ///< stands for the file in faults
  std::filesystem::path folder{};  ///< CSV files are looked for here
  std::vector<PlanFile> files{};   ///< CSV files at hand by their names, before those of the folder
};

/// The same for a plan in memory.
[[nodiscard]] PlanReading read_plan_text(const std::string& text, const PlanOrigin& origin,
                                         std::span<const std::string> settings = {},
                                         const std::string& sweep_case = {});

}  // namespace flywheel
