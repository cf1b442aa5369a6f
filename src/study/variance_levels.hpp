#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/variance_split.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// Net cohort ROAS of the futures played for one parameter draw.
struct LevelDraw {
  FutureTriple futures;
  std::array<double, 6> frozen;  ///< in the order of frozen_settings()
};

/// The levels that stand still in the further runs: each alone, then each pair.
[[nodiscard]] const std::array<Frozen, 6>& frozen_settings();

/// Futures played for each draw: the three of the split and one for each frozen setting.
inline constexpr std::uint64_t futures_per_draw{9};

/// The future of this index: draw index / 9, and within it y11, y12, y23, then frozen settings.
///
/// Draw d has parameters d, markets 2d and 2d + 1, shoppers 3d, 3d + 1 and 3d + 2, so that no two
/// draws share any luck (model.md, section 1). The runs with frozen levels are the future y11 but
/// for what stands still.
[[nodiscard]] Future level_future(std::uint64_t seed, std::uint64_t index);

struct Spread {
  Estimate mean;
  Estimate deviation;  ///< standard deviation; its error by the delta method from the kurtosis
};

struct VarianceLevels {
  std::vector<LevelDraw> draws;
  std::uint64_t failed{0};         ///< draws left out since one of their replications failed
  std::uint64_t without_media{0};  ///< left out since one of theirs spent nothing on media
  VarianceSplit split;
  std::array<Spread, 6> frozen;  ///< with these levels standing still
  Spread all;                    ///< with every level varying: the futures y11
};

/// What the split is made from, as outcomes come in.
class LevelCollector : public OutcomeSink {
 public:
  Appetite take(Outcome outcome) override;

  /// The split of what has come in; needs three whole draws.
  [[nodiscard]] VarianceLevels result() const;

  /// Draws of which every future came in, did not fail and has a ROAS.
  [[nodiscard]] std::size_t whole_draws() const;

 private:
  std::vector<double> headline_;  ///< NaN: failed, or without media
  std::vector<std::uint8_t> failed_;
};

/// Plays the futures of `request.count` draws (not replications) and hands them to the collector.
[[nodiscard]] RunReport play_levels(const ScenarioSource& source, std::uint64_t seed,
                                    const RunRequest& request, OutcomeSink& sink,
                                    Interrupt& interrupt);

}  // namespace flywheel
