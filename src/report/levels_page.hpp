#pragma once

#include <string>
#include <vector>

#include "report/page.hpp"
#include "results/result.hpp"

namespace flywheel {

/// One row of a table of figures with errors.
struct LevelRow {
  std::string name;
  double value{0};
  double error{0};
  double second{0};  ///< of the split: the share; of frozen levels: the mean
  double second_error{0};
};

/// Share of the variance of all numbers that rest on the same.
struct BasisRow {
  std::string basis;
  double share{0};
  double error{0};
};

/// What a result of `drivers` says; each number is one of the file's.
struct LevelsSummary {
  std::string campaign;
  long long draws{0};
  long long failed{0};
  long long without_media{0};  ///< left out: one of their futures spent nothing on media
  double total{0};
  double total_error{0};
  std::vector<LevelRow> split;   ///< variance and share by level
  std::vector<LevelRow> frozen;  ///< standard deviation and mean by levels that stand still
  std::vector<BasisRow> bases;   ///< the last is the rest; empty without uncertain numbers
};

[[nodiscard]] LevelsSummary read_levels_summary(const Result& result);

/// Where the variance of net cohort ROAS comes from, level by level, for a terminal.
[[nodiscard]] std::string levels_page(const LevelsSummary& levels, const PageStyle& style);

/// The same as JSON.
[[nodiscard]] std::string levels_json(const LevelsSummary& levels);

}  // namespace flywheel
