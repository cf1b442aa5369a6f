#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "results/result.hpp"

namespace flywheel {

/// A figure with its Monte Carlo error and 95 % interval.
struct StatedFigure {
  double value{0};
  double error{0};
  double low{0};
  double high{0};
};

/// A published range; none when the source is empty.
struct PublishedRange {
  double low{0};
  double high{0};
  std::string source;
};

/// One scalar column over the futures.
struct ColumnSummary {
  std::string name;
  std::string unit;
  std::string long_name;
  double count{0};  ///< futures in which it is defined
  double mean{0};
  double mean_error{0};
  std::vector<double> quantiles;        ///< at RunSummary::shares
  std::vector<double> quantile_errors;  ///< likewise
  PublishedRange published;
};

/// A column with one dimension over the futures.
struct BreakdownSummary {
  std::string name;
  std::string unit;
  std::string long_name;
  std::string dimension;
  std::vector<std::string> labels;
  std::vector<double> means;
  std::vector<double> mean_errors;
  std::vector<std::vector<double>> quantiles;  ///< [label][share]
  std::vector<PublishedRange> published;       ///< [label]
};

struct SensitivityRow {
  std::string key;
  double share{0};
  double error{0};
  int basis{0};  ///< 0 given, 1 [S], 2 [S/J], 3 [J], 4 rule
};

struct ChainRow {
  std::string name;
  int unit{0};  ///< 0 money, 1 share, 2 factor
  double plan{0};
  double mean{0};  ///< played, as the next three
  double mean_error{0};
  double median{0};
  double median_error{0};
};

/// Without bins where no future has a ROAS.
struct HistogramRows {
  double width{0};
  std::vector<double> edges;  ///< left ends
  std::vector<double> counts;
};

struct FailedReplication {
  long long number{0};
  std::string message;
};

/// What a result file says of a run, as the summary pages need it. Nothing is computed here: each
/// number is one of the file's.
struct RunSummary {
  ResultIdentity identity;
  std::string campaign;
  std::string currency;
  std::string loops;    ///< of the plan that turn, "referral, retargeting"; empty: none
  std::string thinned;  ///< "one of 8 replications" in a look at a long run; empty: all
  int flight_days{0};
  int cohort_days{0};
  int horizon_days{0};
  double target_roas{0};
  double replications{0};
  double failed{0};
  double without_media{0};      ///< futures in which no ROAS is defined
  StatedFigure reaches_target;  ///< over the futures with media, as the next two and `pays_back`
  StatedFigure reaches_target_gross;
  StatedFigure breaks_even;
  StatedFigure loses;  ///< the whole shop at the horizon, as the next two
  StatedFigure value_at_risk;
  StatedFigure expected_shortfall;
  StatedFigure cohort_loses;  ///< the campaign: cohort contribution, as the next two
  StatedFigure cohort_value_at_risk;
  StatedFigure cohort_expected_shortfall;
  StatedFigure pays_back;
  std::vector<double> shares;        ///< of the quantiles, ascending
  std::vector<double> payback_days;  ///< at the shares; NaN: beyond the horizon
  std::vector<ColumnSummary> columns;
  std::vector<BreakdownSummary> breakdowns;
  HistogramRows histogram;
  std::vector<SensitivityRow> sensitivity;
  double share_by_chance{0};    ///< a share of variance up to which it may be chance
  double futures_for_tenth{0};  ///< futures that tell a share of a tenth from chance
  std::vector<ChainRow> chain;
  std::vector<FailedReplication> failures;  ///< the first of them

  /// The column of this name, which exists.
  [[nodiscard]] const ColumnSummary& column(const std::string& name) const;
  /// The breakdown of this name, or nothing.
  [[nodiscard]] const BreakdownSummary* breakdown(const std::string& name) const;
  /// Futures in which ROAS is defined.
  [[nodiscard]] double with_media() const { return replications - failed - without_media; }
  /// Whole ones among the worst 5 %, of which the expected shortfall is made.
  [[nodiscard]] std::size_t futures_in_tail() const;
  /// The place of a share among `shares`, which has it.
  [[nodiscard]] std::size_t share_index(double share) const;
};

/// FileError when the file is no result of a run.
[[nodiscard]] RunSummary read_run_summary(const Result& result);

}  // namespace flywheel
