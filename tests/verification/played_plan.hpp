#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "simulation/run.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

/// A plan played with everything but the shoppers' luck at its median.
struct PlayedPlan {
  OutcomeLayout layout;
  Scenario scenario;
  std::vector<Outcome> outcomes;

  /// One entry of a column, by future.
  [[nodiscard]] std::vector<double> column(Column which, std::size_t first = 0,
                                           std::size_t second = 0) const;

  /// First orders credited to a click of the channel; views and brand clicks earn credit apart.
  [[nodiscard]] std::vector<double> orders_by_clicks(std::size_t channel) const;
};

/// How many futures are played, and by how many threads.
struct PlayedFutures {
  std::uint64_t count{1};
  int threads{1};
};

/// A plan in memory; `settings` are those of read_plan_text, `folder` is that of its CSV files.
struct PlanText {
  std::string toml;
  std::vector<std::string> settings{};
  std::filesystem::path folder{};
};

/// Throws std::runtime_error with the first fault of the plan, or where a future fails.
[[nodiscard]] PlayedPlan play_plan(const PlanText& text, const PlayedFutures& futures);

/// What a ratio of two sums over futures should be.
struct ExpectedRatio {
  double ratio{0};
  double below{0};  ///< share of it by which the ratio may be too small, beside sampling error
  double above{0};  ///< share of it by which it may be too large
};

/// Is the sum of one figure over the sum of another (not 0) as expected, but for five standard
/// errors of their difference by future?
[[nodiscard]] Verdict plausible_ratio(const std::vector<double>& of,
                                      const std::vector<double>& over,
                                      const ExpectedRatio& expected);

}  // namespace flywheel::test
