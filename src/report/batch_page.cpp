#include "report/batch_page.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

namespace {

bool is_number(const std::string& text) {
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return !text.empty() && end == text.c_str() + text.size();
}

/// One cell (RFC 4180).
std::string csv_cell(std::string text) {
  const bool is_formula =
      !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
  if (is_formula && !is_number(text)) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted{'"'};
  for (const char letter : text) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
  return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
  return line + '\n';
}

/// A TOML text without its quotes; another value as it is.
std::string plain_value(const std::string& value) {
  const bool is_text = value.size() > 1 && value.front() == '"' && value.back() == '"';
  return is_text && value.find('\\') == std::string::npos ? value.substr(1, value.size() - 2)
                                                          : value;
}

std::vector<std::string> keys_of(const std::vector<BatchRow>& rows) {
  std::vector<std::string> keys;
  for (const BatchRow& row : rows) {
    for (const auto& [key, value] : row.values) {
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
  }
  return keys;
}

std::string value_of(const BatchRow& row, const std::string& key) {
  for (const auto& [name, value] : row.values) {
    if (name == key) return plain_value(value);
  }
  return {};
}

std::vector<std::string> figures_of(const BatchRow& row) {
  if (!row.has_result) return std::vector<std::string>(11);
  std::vector<std::string> cells;
  for (const double figure :
       {row.replications, row.failed, row.target_roas, row.reaches_target.value,
        row.reaches_target.low, row.reaches_target.high, row.median_roas, row.median_roas_error,
        row.cohort_expected_shortfall.value, row.cohort_expected_shortfall.low,
        row.cohort_expected_shortfall.high}) {
    cells.push_back(std::isfinite(figure) ? fmt::format("{}", figure) : std::string{});
  }
  return cells;
}

/// The target if all have the same.
std::string common_target(const std::vector<BatchRow>& rows) {
  std::string common;
  for (const BatchRow& row : rows) {
    if (!row.has_result) continue;
    const std::string target = fmt::format("{:g}", row.target_roas);
    if (!common.empty() && target != common) return {};
    common = target;
  }
  return common;
}

std::vector<std::string> table_figures(const BatchRow& row) {
  if (!row.has_result) return std::vector<std::string>(4);
  const StatedFigure& chance = row.reaches_target;
  return {fmt::format("{:.1f} %", 100 * chance.value),
          fmt::format("{:.1f} to {:.1f} %", 100 * chance.low, 100 * chance.high),
          figure_text(row.median_roas, FigureKind::ratio) + ' ' +
              error_text(row.median_roas_error, FigureKind::ratio),
          grouped(row.replications)};
}

}  // namespace

BatchRow with_result(BatchRow row, const RunSummary& run) {
  const ColumnSummary& roas = run.column("cohort_roas_180");
  const std::size_t median = run.share_index(.50);
  row.has_result = true;
  row.replications = run.replications;
  row.failed = run.failed;
  row.target_roas = run.target_roas;
  row.reaches_target = run.reaches_target;
  row.median_roas = roas.count > 0 ? roas.quantiles[median] : NAN;
  row.median_roas_error = roas.count > 0 ? roas.quantile_errors[median] : NAN;
  row.cohort_expected_shortfall = run.cohort_expected_shortfall;
  return row;
}

std::string batch_table(const std::vector<BatchRow>& rows, const PageStyle& style) {
  const std::string target = common_target(rows);
  const bool is_done = std::ranges::all_of(rows, &BatchRow::has_result);
  std::vector<TableColumn> columns{
      {.head = "Run", .align = Align::left},
      {.head = target.empty() ? "P(ROAS >= its target)" : "P(ROAS >= " + target + ")"},
      {.head = "95 % interval"},
      {.head = "ROAS, median"},
      {.head = "Futures"}};
  if (!is_done) columns.push_back({.head = "", .align = Align::left});
  TextTable table{columns};
  for (const BatchRow& row : rows) {
    std::vector<std::string> cells = table_figures(row);
    cells.insert(cells.begin(), escape_text(row.name));
    if (!is_done) cells.push_back(row.status);
    table.add(std::move(cells));
  }
  return table.text(style);
}

std::string batch_csv(const std::vector<BatchRow>& rows) {
  const std::vector<std::string> keys = keys_of(rows);
  std::vector<std::string> head{"name", "plan"};
  head.insert(head.end(), keys.begin(), keys.end());
  for (const char* column : {"status", "file", "replications", "failed", "target_roas",
                             "probability_of_target", "probability_low", "probability_high",
                             "median_roas", "median_roas_error", "cohort_expected_shortfall",
                             "cohort_expected_shortfall_low", "cohort_expected_shortfall_high"}) {
    head.emplace_back(column);
  }
  std::string text = csv_line(head);
  for (const BatchRow& row : rows) {
    std::vector<std::string> cells{row.name, row.plan};
    for (const std::string& key : keys) cells.push_back(value_of(row, key));
    cells.push_back(row.status);
    cells.push_back(row.has_result ? row.name + ".h5" : "");
    for (std::string& cell : figures_of(row)) cells.push_back(std::move(cell));
    text += csv_line(cells);
  }
  return text;
}

}  // namespace flywheel
