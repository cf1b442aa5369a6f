#include "report/run_summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "analysis/risk.hpp"
#include "core/check.hpp"
#include "outcome/columns.hpp"
#include "report/stored_attribute.hpp"

namespace flywheel {

namespace {

const std::string group{"/summary/"};

double scalar(const Result& result, const std::string& name) {
  return result.doubles(group + name).at(0);
}

StatedFigure stated(const Result& result, const std::string& name) {
  return {scalar(result, name), scalar(result, name + "_error"), scalar(result, name + "_low"),
          scalar(result, name + "_high")};
}

/// One range for each label; none for any of them in a column without ranges by entry.
std::vector<PublishedRange> published_by_label(const Result& result, const std::string& name,
                                               std::size_t labels) {
  const std::string variable = group + name + "_benchmark_";
  std::vector<PublishedRange> ranges(labels);
  if (!result.has(variable + "low")) return ranges;
  const std::vector<double> low = result.doubles(variable + "low");
  const std::vector<double> high = result.doubles(variable + "high");
  for (std::size_t label = 0; label < labels; ++label) {
    ranges[label] = {
        low.at(label), high.at(label),
        attribute_or(result, "/replications/" + name, "benchmark_source", std::string{})};
  }
  return ranges;
}

PublishedRange published(const Result& result, const std::string& variable) {
  return {attribute_or(result, variable, "benchmark_low", 0.0),
          attribute_or(result, variable, "benchmark_high", 0.0),
          attribute_or(result, variable, "benchmark_source", std::string{})};
}

std::vector<double> part(const std::vector<double>& values, std::size_t index, std::size_t size) {
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(index * size);
  return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

std::vector<ColumnSummary> read_columns(const Result& result, std::size_t shares) {
  const std::vector<std::string> names = result.texts(group + "column");
  for (const ColumnSpec& spec : column_specs()) {
    const bool is_scalar = spec.dimensions[0] == Dimension::none;
    if (is_scalar && std::ranges::find(names, spec.name) == names.end()) {
      throw result.lacks("column " + std::string{spec.name} + " in /summary");
    }
  }
  const std::vector<double> count = result.doubles(group + "count");
  const std::vector<double> mean = result.doubles(group + "mean");
  const std::vector<double> mean_error = result.doubles(group + "mean_error");
  const std::vector<double> quantiles = result.doubles(group + "quantile");
  const std::vector<double> errors = result.doubles(group + "quantile_error");
  std::vector<ColumnSummary> columns;
  for (std::size_t index = 0; index < names.size(); ++index) {
    const std::string variable = "/replications/" + names[index];
    columns.push_back({.name = names[index],
                       .unit = attribute_or(result, variable, "units", std::string{}),
                       .long_name = attribute_or(result, variable, "long_name", std::string{}),
                       .count = count.at(index),
                       .mean = mean.at(index),
                       .mean_error = mean_error.at(index),
                       .quantiles = part(quantiles, index, shares),
                       .quantile_errors = part(errors, index, shares),
                       .published = published(result, variable)});
  }
  return columns;
}

std::vector<std::string> labels_of(const Result& result, const std::string& dimension) {
  const std::string path = group + dimension;
  if (result.type(path) == StoredType::text) return result.texts(path);
  std::vector<std::string> labels;
  for (const double value : result.doubles(path)) labels.push_back(fmt::format("{:g}", value));
  return labels;
}

std::vector<BreakdownSummary> read_breakdowns(const Result& result, std::size_t shares) {
  std::vector<BreakdownSummary> breakdowns;
  for (const ColumnSpec& spec : column_specs()) {
    const std::string name{spec.name};
    const std::string variable = group + name + "_quantile";
    if (!result.has(variable) || result.dimensions(variable).size() != 2) continue;
    const std::vector<double> quantiles = result.doubles(variable);
    BreakdownSummary breakdown{
        .name = name,
        .unit = attribute_or(result, variable, "units", std::string{}),
        .long_name = attribute_or(result, variable, "long_name", std::string{}),
        .dimension = result.dimensions(variable).front(),
        .labels = labels_of(result, result.dimensions(variable).front()),
        .means = result.doubles(group + name + "_mean"),
        .mean_errors = result.doubles(group + name + "_mean_error"),
        .quantiles = {},
        .published = {}};
    breakdown.published = published_by_label(result, name, breakdown.labels.size());
    for (std::size_t label = 0; label < breakdown.labels.size(); ++label) {
      breakdown.quantiles.push_back(part(quantiles, label, shares));
    }
    breakdowns.push_back(std::move(breakdown));
  }
  return breakdowns;
}

std::vector<SensitivityRow> read_sensitivity(const Result& result) {
  if (!result.has("/sensitivity/variance_share")) return {};
  const std::vector<std::string> keys = result.texts("/sensitivity/parameter");
  const std::vector<double> shares = result.doubles("/sensitivity/variance_share");
  const std::vector<double> errors = result.doubles("/sensitivity/variance_share_error");
  const std::vector<std::int64_t> bases = result.integers("/sensitivity/basis");
  std::vector<SensitivityRow> rows;
  for (std::size_t index = 0; index < keys.size(); ++index) {
    rows.push_back(
        {keys[index], shares.at(index), errors.at(index), static_cast<int>(bases.at(index))});
  }
  return rows;
}

std::vector<ChainRow> read_chain(const Result& result) {
  const std::vector<std::string> names = result.texts("/chain/step");
  const std::vector<double> plan = result.doubles("/chain/plan");
  const std::vector<double> played = result.doubles("/chain/played");
  const std::vector<double> errors = result.doubles("/chain/played_error");
  const std::vector<double> medians = result.doubles("/chain/played_median");
  const std::vector<double> median_errors = result.doubles("/chain/played_median_error");
  const std::vector<std::int64_t> units = result.integers("/chain/unit");
  std::vector<ChainRow> rows;
  for (std::size_t index = 0; index < names.size(); ++index) {
    rows.push_back({names[index], static_cast<int>(units.at(index)), plan.at(index),
                    played.at(index), errors.at(index), medians.at(index),
                    median_errors.at(index)});
  }
  return rows;
}

std::vector<FailedReplication> read_failures(const Result& result) {
  constexpr std::size_t most_shown = 5;
  const std::vector<std::int64_t> failed = result.integers("/replications/failed");
  std::vector<FailedReplication> failures;
  if (std::ranges::count(failed, 1) == 0) return failures;
  const std::vector<std::int64_t> numbers = result.integers("/replications/replication");
  const std::vector<std::string> messages = result.texts("/replications/failure");
  for (std::size_t row = 0; row < failed.size() && failures.size() < most_shown; ++row) {
    if (failed[row] != 0) failures.push_back({numbers.at(row), messages.at(row)});
  }
  return failures;
}

}  // namespace

const ColumnSummary& RunSummary::column(const std::string& name) const {
  const auto found = std::ranges::find(columns, name, &ColumnSummary::name);
  expect(found != columns.end(), "a summary has every scalar column");
  return *found;
}

const BreakdownSummary* RunSummary::breakdown(const std::string& name) const {
  const auto found = std::ranges::find(breakdowns, name, &BreakdownSummary::name);
  return found == breakdowns.end() ? nullptr : &*found;
}

std::size_t RunSummary::futures_in_tail() const {
  return tail_count(static_cast<std::size_t>(replications - failed));
}

std::size_t RunSummary::share_index(double share) const {
  const auto found =
      std::ranges::find_if(shares, [share](double one) { return std::abs(one - share) < 1e-9; });
  expect(found != shares.end(), "a summary has the usual quantiles");
  return static_cast<std::size_t>(found - shares.begin());
}

RunSummary read_run_summary(const Result& result) {
  RunSummary summary;
  summary.identity = result.identity();
  if (summary.identity.file_type != "run") {
    throw FileError{result.name(), "holds \"" + summary.identity.file_type +
                                       "\", not a run: a page is made of what flywheel run wrote"};
  }
  summary.campaign = attribute_or(result, "/summary", "campaign", std::string{});
  summary.currency = attribute_or(result, "/summary", "currency", std::string{});
  summary.loops = attribute_or(result, "/summary", "loops", std::string{});
  summary.thinned = attribute_or(result, "/replications", "sample", std::string{});
  summary.flight_days = attribute_or(result, "/summary", "flight_days", std::int32_t{0});
  summary.cohort_days = attribute_or(result, "/summary", "cohort_days", std::int32_t{0});
  summary.horizon_days = static_cast<int>(result.shape(group + "calendar_roas_fan").at(1));
  summary.target_roas = scalar(result, "target_roas");
  summary.replications = scalar(result, "replications");
  summary.failed = scalar(result, "replications_failed");
  summary.without_media = scalar(result, "replications_without_media");
  summary.reaches_target = stated(result, "probability_of_target");
  summary.reaches_target_gross = stated(result, "probability_of_target_gross");
  summary.breaks_even = stated(result, "probability_of_break_even");
  summary.loses = stated(result, "probability_of_loss");
  summary.value_at_risk = stated(result, "value_at_risk");
  summary.expected_shortfall = stated(result, "expected_shortfall");
  summary.cohort_loses = stated(result, "cohort_probability_of_loss");
  summary.cohort_value_at_risk = stated(result, "cohort_value_at_risk");
  summary.cohort_expected_shortfall = stated(result, "cohort_expected_shortfall");
  summary.pays_back = stated(result, "payback_probability");
  summary.shares = result.doubles(group + "share");
  summary.payback_days = result.doubles(group + "payback_day_quantile");
  summary.columns = read_columns(result, summary.shares.size());
  summary.breakdowns = read_breakdowns(result, summary.shares.size());
  if (result.has(group + "histogram")) {
    summary.histogram = {attribute_or(result, group + "bin", "width", 0.0),
                         result.doubles(group + "bin"), result.doubles(group + "histogram")};
  }
  summary.sensitivity = read_sensitivity(result);
  if (!summary.sensitivity.empty()) {
    summary.share_by_chance = result.doubles("/sensitivity/share_by_chance").at(0);
    summary.futures_for_tenth = result.doubles("/sensitivity/replications_for_a_tenth").at(0);
  }
  summary.chain = read_chain(result);
  summary.failures = read_failures(result);
  return summary;
}

}  // namespace flywheel
