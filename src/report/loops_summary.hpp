#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/estimate.hpp"
#include "report/figure_text.hpp"
#include "results/result.hpp"

namespace flywheel {

/// A mean of paired differences.
struct WorthRow {
  Estimate estimate;
  Interval interval;  ///< 95 %
};

/// One figure: what it is, and what each loop changes of it.
struct WorthSummary {
  std::string name;  ///< "cohort_roas_180"
  std::string head;  ///< of its column on the page
  FigureKind kind{FigureKind::money};
  Estimate all{};
  Estimate none{};
  std::vector<WorthRow> taken_away{};  ///< by loop
  std::vector<WorthRow> alone{};       ///< by loop
  WorthRow whole{};
  WorthRow synergy{};
};

/// A rotation with all loops over the same with none.
struct TurnRow {
  double day{0};  ///< the first
  Estimate customers;
  Estimate engaged;
  Estimate media;
};

/// What a result of `loops` says; each number is one of the file's.
struct LoopsSummary {
  std::string campaign;
  std::string currency;
  long long draws{0};
  long long failed{0};
  long long without_media{0};  ///< left out for ROAS
  std::string left_out;        ///< "offers (no offer)"; loops that do nothing
  std::vector<std::string> loops;
  std::vector<WorthSummary> figures;
  std::vector<TurnRow> turns;
  std::vector<std::string> kinds;  ///< of customers
  std::vector<double> brought;     ///< next-generation matrix over kinds, row by row
  double spectral_radius{0};
  double multiplier{1};  ///< infinite from a radius of 1 on
};

[[nodiscard]] LoopsSummary read_loops_summary(const Result& result);

/// All of it as JSON.
[[nodiscard]] std::string loops_json(const LoopsSummary& loops);

}  // namespace flywheel
