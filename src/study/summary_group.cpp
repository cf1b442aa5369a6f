#include "study/summary_group.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analysis/estimate.hpp"
#include "analysis/fan.hpp"
#include "analysis/histogram.hpp"
#include "analysis/moments.hpp"
#include "analysis/probability.hpp"
#include "analysis/quantiles.hpp"
#include "analysis/risk.hpp"
#include "core/check.hpp"
#include "results/outcome_result.hpp"
#include "study/stored_values.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t share_count = summary_shares.size();

std::vector<double> defined_values(const OutcomeTable& table, Column column, std::size_t entry) {
  std::vector<double> values = table.values(column, entry);
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  return values;
}

/// The table of scalar columns, one figure of all of them after the other.
struct ColumnFigures {
  std::vector<std::string> names;
  std::vector<double> count, mean, mean_error, deviation, minimum, maximum;
  std::vector<double> quantile, error, low, high;

  void add(const std::string& name, const std::vector<double>& values);

 private:
  void add_nothing();
};

void ColumnFigures::add_nothing() {
  count.push_back(0);
  for (auto* list : {&mean, &mean_error, &deviation, &minimum, &maximum}) {
    list->push_back(not_a_number);
  }
  for (auto* list : {&quantile, &error, &low, &high}) {
    list->insert(list->end(), share_count, not_a_number);
  }
}

void ColumnFigures::add(const std::string& name, const std::vector<double>& values) {
  names.push_back(name);
  if (values.empty()) return add_nothing();
  const Summary summary = summarize(values);
  count.push_back(static_cast<double>(summary.count));
  mean.push_back(summary.mean);
  mean_error.push_back(summary.standard_error);
  deviation.push_back(summary.standard_deviation);
  minimum.push_back(summary.minimum);
  maximum.push_back(summary.maximum);
  for (const QuantileEstimate& estimate : summary.quantiles) {
    quantile.push_back(estimate.value);
    error.push_back(estimate.standard_error);
    low.push_back(estimate.interval.low);
    high.push_back(estimate.interval.high);
  }
}

Meaning of_column(std::string long_name, std::string description) {
  return {"1", std::move(long_name), std::move(description) + ", in the unit of the column"};
}

ResultVariable quantile_table(std::string name, Meaning meaning, std::vector<double> values) {
  return {.name = std::move(name),
          .dimensions = {"column", "share"},
          .meaning = std::move(meaning),
          .values = RowsOfDoubles{owned_rows<double>(std::move(values), share_count)}};
}

void add_scalar_columns(const OutcomeTable& table, ResultGroup& group) {
  ColumnFigures all;
  for (const ColumnSpec& spec : column_specs()) {
    if (spec.dimensions[0] != Dimension::none) continue;
    all.add(std::string{spec.name}, defined_values(table, spec.column, 0));
  }
  group.dimensions.push_back({.name = "column",
                              .coordinates = all.names,
                              .meaning = {"", "column", "a variable of /replications"},
                              .attributes = {}});
  const auto add = [&](const char* name, Meaning meaning, std::vector<double> values) {
    group.variables.push_back(list_variable(name, "column", std::move(meaning), std::move(values)));
  };
  add("count", {"1", "count", "replications in which the figure is defined"}, all.count);
  add("mean", of_column("mean", "mean"), all.mean);
  add("mean_error", of_column("error of the mean", "standard error of the mean"), all.mean_error);
  add("standard_deviation", of_column("standard deviation", "divisor n - 1"), all.deviation);
  add("minimum", of_column("minimum", "smallest value"), all.minimum);
  add("maximum", of_column("maximum", "largest value"), all.maximum);
  const auto add_table = [&](const char* name, const char* long_name, const char* description,
                             std::vector<double> values) {
    group.variables.push_back(
        quantile_table(name, of_column(long_name, description), std::move(values)));
  };
  add_table("quantile", "quantile", "interpolated between order statistics (type 7)", all.quantile);
  add_table("quantile_error", "error of the quantile", "Monte Carlo error by Maritz and Jarrett",
            all.error);
  add_table("quantile_low", "lower end", "of the distribution-free 95 % interval of the quantile",
            all.low);
  add_table("quantile_high", "upper end", "of the distribution-free 95 % interval of the quantile",
            all.high);
}

/// Published ranges of the entries of a column, where there are some.
void add_benchmarks(const ColumnSpec& spec, const std::string& unit, ResultGroup& group) {
  if (spec.benchmark.by_entry.empty()) return;
  std::vector<double> low;
  std::vector<double> high;
  for (const PublishedBounds& bounds : spec.benchmark.by_entry) {
    low.push_back(bounds.low);
    high.push_back(bounds.high);
  }
  const std::string name{spec.name};
  const std::string source{spec.benchmark.source};
  const std::string dimension = dimension_names(spec).front();
  const auto add = [&](const std::string& end, std::vector<double> bounds) {
    group.variables.push_back(list_variable(
        name + "_benchmark_" + end, dimension,
        {unit, std::string{spec.long_name}, end + " end published: " + source}, std::move(bounds)));
  };
  add("low", std::move(low));
  add("high", std::move(high));
}

/// Not a number without values.
Estimate mean_of(const std::vector<double>& values) {
  if (values.empty()) return {.value = not_a_number, .standard_error = not_a_number};
  const Moments moments = compute_moments(values);
  return {.value = moments.mean, .standard_error = moments.standard_error()};
}

/// Mean, with its error, and quantiles of each entry of a column with dimensions.
void add_breakdown(const RunDescription& run, const OutcomeTable& table, const ColumnSpec& spec,
                   ResultGroup& group) {
  std::vector<double> means;
  std::vector<double> errors;
  std::vector<double> quantiles;
  for (std::size_t entry = 0; entry < table.layout().size(spec.column); ++entry) {
    std::vector<double> values = defined_values(table, spec.column, entry);
    const Estimate mean = mean_of(values);
    means.push_back(mean.value);
    errors.push_back(mean.standard_error);
    std::ranges::sort(values);
    for (const double share : summary_shares) {
      quantiles.push_back(values.empty() ? not_a_number : interpolated_quantile(values, share));
    }
  }
  const std::string name{spec.name};
  const std::string unit = column_unit(spec, run.currency);
  std::vector<std::string> dimensions = dimension_names(spec);
  const std::size_t inner =
      table.layout().size(spec.column) / table.layout().sizes().of(spec.dimensions[0]);
  group.variables.push_back({.name = name + "_mean",
                             .dimensions = dimensions,
                             .meaning = {unit, std::string{spec.long_name}, "mean"},
                             .values = RowsOfDoubles{owned_rows<double>(means, inner)}});
  group.variables.push_back(
      {.name = name + "_mean_error",
       .dimensions = dimensions,
       .meaning = {unit, std::string{spec.long_name}, "standard error of the mean"},
       .values = RowsOfDoubles{owned_rows<double>(errors, inner)}});
  dimensions.emplace_back("share");
  group.variables.push_back(
      {.name = name + "_quantile",
       .dimensions = std::move(dimensions),
       .meaning = {unit, std::string{spec.long_name}, "interpolated quantiles (type 7)"},
       .values = RowsOfDoubles{owned_rows<double>(quantiles, inner * share_count)}});
  add_benchmarks(spec, unit, group);
}

/// A figure with its error and its 95 % interval as four scalars.
struct Stated {
  std::string name;
  Meaning meaning;
  double value;
  double error;
  Interval interval;
};

void add_stated(ResultGroup& group, const Stated& figure) {
  const auto with = [&](const std::string& what) {
    return Meaning{figure.meaning.units, figure.meaning.long_name + ", " + what,
                   what + " of: " + figure.meaning.description};
  };
  group.variables.push_back(scalar_variable(figure.name, figure.meaning, figure.value));
  group.variables.push_back(
      scalar_variable(figure.name + "_error", with("Monte Carlo error"), figure.error));
  group.variables.push_back(
      scalar_variable(figure.name + "_low", with("lower end of 95 %"), figure.interval.low));
  group.variables.push_back(
      scalar_variable(figure.name + "_high", with("upper end of 95 %"), figure.interval.high));
}

Stated stated(std::string name, Meaning meaning, const ProbabilityEstimate& estimate) {
  return {std::move(name), std::move(meaning), estimate.value, estimate.standard_error,
          estimate.wilson};
}

Stated stated(std::string name, Meaning meaning, const RiskEstimate& estimate) {
  return {std::move(name), std::move(meaning), estimate.value, estimate.standard_error,
          estimate.interval};
}

/// The estimate, or nothing that is defined where there was no try.
Stated stated_share(std::string name, Meaning meaning,
                    const std::optional<ProbabilityEstimate>& estimate) {
  if (estimate) return stated(std::move(name), std::move(meaning), *estimate);
  return {std::move(name),
          std::move(meaning),
          not_a_number,
          not_a_number,
          {.low = not_a_number, .high = not_a_number}};
}

std::optional<ProbabilityEstimate> chance_of_target(const std::vector<double>& roas,
                                                    double target) {
  if (roas.empty()) return std::nullopt;
  return probability_at_least(roas, target);
}

/// Loss, value at risk and expected shortfall of a column of contributions.
struct RiskNames {
  Column column;
  std::string prefix;  ///< of the variables
  std::string of;      ///< whose contribution
};

void add_risk(const RunDescription& run, const OutcomeTable& table, const RiskNames& names,
              ResultGroup& group) {
  const std::vector<double> sorted = sorted_sample(defined_values(table, names.column, 0));
  const std::string& of = names.of;
  add_stated(group, stated(names.prefix + "probability_of_loss",
                           {"1", "P(loss)", "share of futures with " + of + " below zero"},
                           probability_of_loss(sorted)));
  add_stated(group, stated(names.prefix + "value_at_risk",
                           {run.currency, "Value at risk, 5 %",
                            "minus the 5 % quantile of " + of + "; a loss is positive"},
                           value_at_risk(sorted)));
  add_stated(group,
             stated(names.prefix + "expected_shortfall",
                    {run.currency, "Expected shortfall, 5 %",
                     "mean loss in the worst 5 % of futures by " + of + "; a loss is positive"},
                    expected_shortfall(sorted)));
}

/// In how many of the futures with media the cohort earns what it cost: where its ROAS reaches what
/// breaks even in that future. Where no ROAS would pay there is no such value, and it is not paid.
std::optional<ProbabilityEstimate> chance_of_breaking_even(const OutcomeTable& table) {
  const std::vector<double> roas = table.values(Column::cohort_roas_180);
  const std::vector<double> needed = table.values(Column::break_even_roas);
  Tries tries{.successes = 0, .trials = 0};
  for (std::size_t row = 0; row < roas.size(); ++row) {
    if (!std::isfinite(roas[row])) continue;
    ++tries.trials;
    if (roas[row] >= needed[row]) ++tries.successes;
  }
  if (tries.trials == 0) return std::nullopt;
  return estimate_probability(tries);
}

void add_headline(const RunDescription& run, const OutcomeTable& table, ResultGroup& group) {
  const std::vector<double> roas = defined_values(table, Column::cohort_roas_180, 0);
  group.variables.push_back(scalar_variable(
      "target_roas", {"1", "target", "the plan's goal for cohort ROAS"}, run.target_roas));
  group.variables.push_back(scalar_variable("replications", {"1", "replications", "futures played"},
                                            static_cast<double>(table.rows())));
  group.variables.push_back(scalar_variable("replications_failed",
                                            {"1", "failed", "futures left out of the summary"},
                                            static_cast<double>(table.failed_rows())));
  group.variables.push_back(scalar_variable(
      "replications_without_media",
      {"1", "without media", "futures that spent nothing on media, so that no ROAS is defined"},
      static_cast<double>(table.rows() - table.failed_rows() - roas.size())));
  add_stated(group, stated_share("probability_of_target",
                                 {"1", "P(ROAS >= target)",
                                  "share of the futures with media spend whose net cohort ROAS "
                                  "reaches the target"},
                                 chance_of_target(roas, run.target_roas)));
  add_stated(
      group,
      stated_share("probability_of_target_gross",
                   {"1", "P(gross ROAS >= target)",
                    "share of the futures with media spend whose gross cohort ROAS reaches the "
                    "target"},
                   chance_of_target(defined_values(table, Column::cohort_roas_180_gross, 0),
                                    run.target_roas)));
  add_stated(group, stated_share("probability_of_break_even",
                                 {"1", "P(ROAS >= break-even ROAS)",
                                  "share of the futures with media spend whose net cohort ROAS "
                                  "reaches the break-even ROAS of the same future"},
                                 chance_of_breaking_even(table)));
  add_risk(run, table, {Column::contribution, "", "contribution"}, group);
  add_risk(run, table, {Column::cohort_contribution, "cohort_", "cohort contribution"}, group);
}

void add_payback(const OutcomeTable& table, ResultGroup& group) {
  const std::vector<double> media = table.values(Column::media_spend);
  const std::vector<double> payback = table.values(Column::payback_day);
  std::vector<std::optional<std::size_t>> days;
  for (std::size_t row = 0; row < payback.size(); ++row) {
    if (!(media[row] > 0.0)) continue;  // nothing to pay back
    const double day = payback[row];
    days.push_back(std::isnan(day) ? std::nullopt : std::optional{static_cast<std::size_t>(day)});
  }
  std::optional<ProbabilityEstimate> reached;
  std::vector<double> quantiles(share_count, not_a_number);
  if (!days.empty()) {
    const Passages passages = summarize_passages(days, summary_shares);
    reached = passages.reached;
    for (std::size_t share = 0; share < share_count; ++share) {
      const auto& step = passages.quantiles[share].step;
      if (step) quantiles[share] = static_cast<double>(*step);
    }
  }
  add_stated(group, stated_share("payback_probability",
                                 {"1", "P(pays back)",
                                  "share of the futures with media spend whose cohort contribution "
                                  "stays at or above 0 from some day on until the horizon"},
                                 reached));
  group.variables.push_back(list_variable(
      "payback_day_quantile", "share",
      {"day", "payback day",
       "quantile over all futures with media spend, also those that never pay back; missing: "
       "beyond the horizon"},
      std::move(quantiles)));
}

void add_histogram(const RunDescription& run, const OutcomeTable& table, ResultGroup& group) {
  constexpr std::size_t most_bins = 40;
  const std::vector<double> roas = defined_values(table, Column::cohort_roas_180, 0);
  if (roas.empty()) return;
  const Histogram histogram = make_histogram(roas, most_bins, run.target_roas);
  std::vector<double> edges;
  std::vector<double> counts;
  for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
    edges.push_back(histogram.bin(bin).low);
    counts.push_back(static_cast<double>(histogram.counts[bin]));
  }
  group.dimensions.push_back(
      {.name = "bin",
       .coordinates = std::move(edges),
       .meaning =
           {"1", "bin",
            "left end of a bin of net cohort ROAS, the target among them; the right end is open"},
       .attributes = {{"width", histogram.width}}});
  group.variables.push_back(list_variable(
      "histogram", "bin", {"1", "histogram", "futures by net cohort ROAS"}, std::move(counts)));
}

void add_fan(const OutcomeTable& table, std::span<const float> paths, ResultVariable variable,
             ResultGroup& group) {
  Fan fan = make_fan({.values = paths, .steps = table.days()}, summary_shares);
  variable.type = StoredType::float32;
  variable.dimensions = {"share", "day"};
  variable.values = RowsOfFloats{owned_rows<float>(std::move(fan.values), table.days())};
  group.variables.push_back(std::move(variable));
}

}  // namespace

ResultGroup summary_group(const RunDescription& run, const OutcomeTable& table) {
  expect(table.rows() > table.failed_rows(), "a summary is of futures that did not fail");
  ResultGroup group{.path = "summary"};
  group.dimensions.push_back(
      {.name = "share",
       .coordinates = std::vector<double>(summary_shares.begin(), summary_shares.end()),
       .meaning = {"1", "share", "of futures at or below the quantile"},
       .attributes = {}});
  for (ResultDimension& dimension : column_dimensions(run)) {
    group.dimensions.push_back(std::move(dimension));
  }
  group.dimensions.push_back(day_dimension(run.start, table.days()));
  add_headline(run, table, group);
  add_payback(table, group);
  add_scalar_columns(table, group);
  for (const ColumnSpec& spec : column_specs()) {
    const bool broken_down = spec.dimensions[0] != Dimension::none;
    if (broken_down && is_stored(spec, table.layout())) add_breakdown(run, table, spec, group);
  }
  add_histogram(run, table, group);
  add_fan(table, table.calendar_roas(),
          {.name = "calendar_roas_fan",
           .meaning = {"1", "calendar ROAS", "quantiles day by day of the stored paths"}},
          group);
  add_fan(table, table.cash(),
          {.name = "cash_fan",
           .meaning = {run.currency, "cash position", "quantiles day by day of the stored paths"}},
          group);
  return group;
}

}  // namespace flywheel
