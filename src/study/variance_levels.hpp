#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/group_shares.hpp"
#include "analysis/variance_split.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// Net cohort ROAS of the futures played for one parameter draw.
struct LevelDraw {
  FutureTriple futures;
  std::array<double, 6> frozen;  ///< in the order of frozen_settings()
  std::vector<double> kept{};    ///< in the order of LevelDesign::bases
};

/// The levels that stand still in the further runs: each alone, then each pair.
[[nodiscard]] const std::array<Frozen, 6>& frozen_settings();

/// Futures that every draw has: the three of the split and one for each frozen setting.
inline constexpr std::uint64_t futures_per_draw{9};

/// Which futures are played for each draw.
struct LevelDesign {
  std::vector<NumberBasis> bases{};  ///< whose share of the variance is wanted: a future for each

  [[nodiscard]] std::uint64_t futures() const { return futures_per_draw + bases.size(); }
};

/// The future of this index: draw index / futures(), and within it y11, y12, y23, then the frozen
/// settings, then the bases.
///
/// Draw d has parameters d, markets 2d and 2d + 1, shoppers 3d, 3d + 1 and 3d + 2, so that no two
/// draws share any luck (model.md, section 1). The runs with frozen levels are the future y11 but
/// for what stands still. The future of a basis has the draw's numbers of this basis and shares
/// nothing else with any other: other numbers, market and shoppers are those of 2^63 + index.
[[nodiscard]] Future level_future(std::uint64_t seed, std::uint64_t index,
                                  const LevelDesign& design = {});

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
  LevelDesign design;
  GroupShares by_basis;  ///< of the total, in the order of the design
};

/// What the split is made from, as outcomes come in.
class LevelCollector : public OutcomeSink {
 public:
  explicit LevelCollector(LevelDesign design = {}) : design_{std::move(design)} {}

  Appetite take(Outcome outcome) override;

  /// The split of what has come in; needs three whole draws.
  [[nodiscard]] VarianceLevels result() const;

  /// Draws of which every future came in, did not fail and has a ROAS.
  [[nodiscard]] std::size_t whole_draws() const;

 private:
  [[nodiscard]] LevelDraw draw_at(std::size_t first) const;

  LevelDesign design_;
  std::vector<double> headline_;  ///< NaN: failed, or without media
  std::vector<std::uint8_t> failed_;
};

/// Plays the futures of `request.count` draws (not replications), with one for each basis of the
/// source's uncertain numbers (level_design), and hands them to the collector.
[[nodiscard]] RunReport play_levels(const ScenarioSource& source, std::uint64_t seed,
                                    const RunRequest& request, OutcomeSink& sink,
                                    Interrupt& interrupt);

/// With all bases that the plan's uncertain numbers have.
[[nodiscard]] LevelDesign level_design(const ScenarioSource& source);

}  // namespace flywheel
