#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/run.hpp"
#include "app/run_part.hpp"
#include "scenario/draw_scenario.hpp"

namespace flywheel {

/// No run is longer: its numbers stay far from overflow.
inline constexpr std::uint64_t most_replications{std::uint64_t{1} << 40U};

/// When a run ends, from its options.
struct RunGoal {
  std::uint64_t count{0};           ///< most replications
  bool bounded{true};               ///< false: `count` stands for no limit
  std::optional<double> precision;  ///< half-width
  std::optional<double> seconds;
  Frozen frozen;
  RunPart part{};
  ReplicationRange range{};  ///< of the part: all of `count` where that is the whole
};

/// The goal, or a sentence about what is wrong with the options.
[[nodiscard]] std::variant<RunGoal, std::string> read_goal(const RunOptions& options);

/// Levels by their names, or a sentence about the one that is none.
[[nodiscard]] std::variant<Frozen, std::string> read_frozen(const std::vector<std::string>& words);

}  // namespace flywheel
