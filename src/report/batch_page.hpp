#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "report/page.hpp"
#include "report/run_summary.hpp"

namespace flywheel {

/// One run of a batch, and what is known of it.
struct BatchRow {
  std::string name;  ///< of its file, without ".h5"
  std::string plan;  ///< the plan's file
  /// Keys that the case of a sweep gives, with their values as TOML.
  std::vector<std::pair<std::string, std::string>> values;
  std::string status;  ///< "waiting", "done", "plan refused", ...
  bool has_result{false};
  double replications{0};
  double failed{0};
  double target_roas{0};
  StatedFigure reaches_target;
  double median_roas{0};
  double median_roas_error{0};
  StatedFigure cohort_expected_shortfall;  ///< of the campaign
};

/// The row with what a result says.
[[nodiscard]] BatchRow with_result(BatchRow row, const RunSummary& run);

/// A table for people: the chance of the target with its interval, and the median of net cohort
/// ROAS with its Monte Carlo error.
[[nodiscard]] std::string batch_table(const std::vector<BatchRow>& rows, const PageStyle& style);

/// The same as CSV with every key that a sweep varies in a column of its own: the index of a
/// batch. What begins like a formula of a spreadsheet, and is no number, has ' before it.
[[nodiscard]] std::string batch_csv(const std::vector<BatchRow>& rows);

}  // namespace flywheel
