#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/probability.hpp"

namespace flywheel {

/// Paths of one quantity, a row per replication and a column per step, row after row.
struct PathTable {
  std::span<const float> values;
  std::size_t steps;  ///< length of a row; divides the number of values

  [[nodiscard]] std::size_t paths() const { return values.size() / steps; }
  [[nodiscard]] std::span<const float> path(std::size_t row) const {
    return values.subspan(row * steps, steps);
  }
};

/// Quantiles of all paths at each step: the bands of a fan chart. They bound each step by itself;
/// no single path need stay within a band.
struct Fan {
  std::vector<double> shares;
  std::size_t steps;
  std::vector<float> values;  ///< shares x steps, row after row; NaN where no path has a value
  std::vector<std::size_t> counts;  ///< per step, how many paths have a value (are not NaN)

  [[nodiscard]] std::span<const float> band(std::size_t share) const {
    return std::span{values}.subspan(share * steps, steps);
  }
};

/// Interpolated quantiles (type 7) per step; shares in (0, 1). NaN, as of a ratio whose divisor is
/// still zero, is left out step by step.
[[nodiscard]] Fan make_fan(const PathTable& paths, std::span<const double> shares);

/// The first step at which a path is at or above the level; none if it never gets there in time.
[[nodiscard]] std::optional<std::size_t> first_passage(std::span<const float> path, float level);

/// When paths pass a level; those that do not by the last step are censored there.
struct PassageQuantile {
  double share;
  std::optional<double> step;  ///< none: beyond the last step
  Interval interval;           ///< 95 %, distribution-free; `high` infinite: beyond the last step
};

struct Passages {
  ProbabilityEstimate reached;  ///< share of the paths that pass within the steps there are
  std::vector<PassageQuantile> quantiles;
};

/// Quantiles of the first passage over *all* paths, passed or not: since every path is censored at
/// the same last step, a quantile is known exactly as soon as enough paths pass, and is not
/// otherwise; dropping the censored would make every plan look quick. Order statistics (type 1).
[[nodiscard]] Passages summarize_passages(std::span<const std::optional<std::size_t>> first_steps,
                                          std::span<const double> shares);

}  // namespace flywheel
