#include "results/outcome_result.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace flywheel {

namespace {

constexpr std::array<std::string_view, 11> names_of_dimensions{
    "",     "channel", "segment",  "device", "reason", "exposures",
    "flow", "age",     "rotation", "source", "pool"};

ResultDimension replication_dimension(std::vector<std::int64_t> numbers) {
  return {.name = "replication",
          .coordinates = std::move(numbers),
          .meaning = {"1", "replication",
                      "number of the simulated future; with the seed it determines all of it"},
          .attributes = {}};
}

ResultDimension labels(std::string_view name, std::vector<std::string> texts,
                       std::string description) {
  return {.name = std::string{name},
          .coordinates = std::move(texts),
          .meaning = {"", std::string{name}, std::move(description)},
          .attributes = {}};
}

/// A column in the rows of the table that hold it.
ResultVariable column_variable(const ColumnSpec& spec, const RunDescription& run,
                               const OutcomeTable& table) {
  ResultVariable variable{.name = std::string{spec.name}, .dimensions = {"replication"}};
  for (std::string& name : dimension_names(spec)) variable.dimensions.push_back(std::move(name));
  variable.meaning = {column_unit(spec, run.currency), std::string{spec.long_name},
                      std::string{spec.description}};
  variable.values = RowsOfDoubles{[&table, column = spec.column](std::size_t row) {
    return table.entries(column, row * table.step_of(column));
  }};
  if (spec.benchmark.is_one_range()) {
    variable.attributes = {{"benchmark_low", spec.benchmark.low},
                           {"benchmark_high", spec.benchmark.high}};
  }
  if (!spec.benchmark.source.empty()) {
    variable.attributes.push_back({"benchmark_source", std::string{spec.benchmark.source}});
  }
  return variable;
}

std::vector<std::int64_t> path_numbers(const OutcomeTable& table) {
  std::vector<std::int64_t> numbers;
  for (std::size_t path = 0; path < table.path_count(); ++path) {
    numbers.push_back(table.replications()[path * table.path_step()]);
  }
  return numbers;
}

/// Which rows a sample is of.
ResultAttribute sample_attribute(const OutcomeTable& table) {
  const std::size_t step = table.path_step();
  if (step == 1) return {"sample", std::string{"all replications"}};
  return {"sample", fmt::format("every replication whose row is a multiple of {}: {} of {}", step,
                                table.path_count(), table.rows())};
}

/// The dimensions of the columns, with this one of replications in front.
std::vector<ResultDimension> dimensions_behind(ResultDimension replication,
                                               const RunDescription& run) {
  std::vector<ResultDimension> dimensions{std::move(replication)};
  for (ResultDimension& one : column_dimensions(run)) dimensions.push_back(std::move(one));
  return dimensions;
}

std::vector<ResultVariable> failure_variables(const OutcomeTable& table) {
  return {
      {.name = "failed",
       .type = StoredType::int8,
       .dimensions = {"replication"},
       .meaning = {"", "failed", "whether the replication failed; then its figures are missing"},
       .values = table.failed(),
       .flags = {{0, "no"}, {1, "yes"}}},
      {.name = "failure",
       .type = StoredType::text,
       .dimensions = {"replication"},
       .meaning = {"", "failure", "why it failed"},
       .values = RowsOfTexts{[&table](std::size_t row) { return table.failure(row); }}}};
}

/// Says so where the rows are not all replications.
std::vector<ResultAttribute> thinned_attribute(const RunDescription& run) {
  if (run.step == 1) return {};
  return {{"sample", fmt::format("one of {} replications", run.step)}};
}

ResultGroup replications_group(const RunDescription& run, const OutcomeTable& table) {
  ResultGroup group{.path = "replications", .attributes = thinned_attribute(run)};
  const auto numbers = table.replications();
  group.dimensions =
      dimensions_behind(replication_dimension({numbers.begin(), numbers.end()}), run);
  for (const ColumnSpec& spec : column_specs()) {
    if (is_stored(spec, table.layout()) && !table.split().is_detail(spec.column)) {
      group.variables.push_back(column_variable(spec, run, table));
    }
  }
  for (ResultVariable& variable : failure_variables(table)) {
    group.variables.push_back(std::move(variable));
  }
  return group;
}

/// What would make rows too wide, for the replications whose paths are kept.
ResultGroup detail_group(const RunDescription& run, const OutcomeTable& table) {
  ResultGroup group{.path = "detail"};
  group.dimensions = dimensions_behind(replication_dimension(path_numbers(table)), run);
  group.attributes = {sample_attribute(table)};
  for (const ColumnSpec& spec : column_specs()) {
    if (is_stored(spec, table.layout()) && table.split().is_detail(spec.column)) {
      group.variables.push_back(column_variable(spec, run, table));
    }
  }
  return group;
}

/// Built step by step: GCC 12 destroys what it has not made when memory ends in the middle of one
/// nested list.
ResultVariable parameter_variable(const DrawnParameter& parameter, std::string name,
                                  RowsOfDoubles values) {
  ResultVariable variable{.name = std::move(name), .dimensions = {"replication"}};
  variable.meaning = {parameter.unit, parameter.key, parameter.meaning};
  variable.values = std::move(values);
  variable.attributes.push_back({"key", parameter.key});
  variable.attributes.push_back({"basis", parameter.basis});
  variable.attributes.push_back({"source", parameter.source});
  return variable;
}

ResultGroup parameters_group(const RunDescription& run, const OutcomeTable& table) {
  ResultGroup group{.path = "parameters", .attributes = thinned_attribute(run)};
  const auto numbers = table.replications();
  group.dimensions.push_back(replication_dimension({numbers.begin(), numbers.end()}));
  std::vector<std::string> keys;
  for (const DrawnParameter& parameter : run.parameters) keys.push_back(parameter.key);
  std::vector<std::string> names = variable_names(keys);
  for (std::size_t index = 0; index < names.size(); ++index) {
    group.variables.push_back(parameter_variable(
        run.parameters[index], std::move(names[index]),
        [&table, index](std::size_t row) { return table.parameter(index, row); }));
  }
  return group;
}

ResultVariable path_variable(std::string name, Meaning meaning, std::span<const float> values) {
  return {.name = std::move(name),
          .type = StoredType::float32,
          .dimensions = {"replication", "day"},
          .meaning = std::move(meaning),
          .values = values};
}

ResultGroup paths_group(const RunDescription& run, const OutcomeTable& table) {
  ResultGroup group{.path = "paths"};
  group.dimensions = {replication_dimension(path_numbers(table)),
                      day_dimension(run.start, table.days())};
  const ColumnSpec& roas = spec_of(Column::calendar_roas);
  group.variables.push_back(path_variable(
      "calendar_roas",
      {"1", "Calendar ROAS by day", std::string{roas.description} + ", at the end of each day"},
      table.calendar_roas()));
  group.variables.push_back(path_variable(
      "cash",
      {run.currency, "Cash position by day", "money at the end of each day, from 0 at the start"},
      table.cash()));
  group.attributes = {sample_attribute(table)};
  return group;
}

/// A text without dimensions; `text` must outlive the writing.
ResultVariable text_variable(std::string name, const std::string& text, std::string description) {
  return {.name = name,
          .type = StoredType::text,
          .meaning = {"", std::move(name), std::move(description)},
          .values = std::span<const std::string>{&text, 1}};
}

ResultGroup provenance_group(const RunDescription& run) {
  ResultGroup group{.path = "provenance"};
  for (const NamedText& one : run.provenance) {
    group.variables.push_back(text_variable(one.name, one.text, "what the run was made from"));
  }
  if (!run.run_lines.empty()) {
    group.dimensions.push_back({.name = "line",
                                .coordinates = std::vector<std::int64_t>(run.run_lines.size()),
                                .meaning = {"1", "line", "number of the line"},
                                .attributes = {}});
    auto& lines = std::get<std::vector<std::int64_t>>(group.dimensions.back().coordinates);
    std::iota(lines.begin(), lines.end(), 0);
    group.variables.push_back(
        {.name = "run",
         .type = StoredType::text,
         .dimensions = {"line"},
         .meaning = {"", "run", "what makes this run this run, whoever computes it"},
         .values = std::span<const std::string>{run.run_lines}});
  }
  return group;
}

ResultGroup inputs_group(const RunDescription& run) {
  ResultGroup group{.path = "provenance/inputs"};
  std::vector<std::string> keys;
  for (const NamedText& one : run.inputs) keys.push_back(one.name);
  const std::vector<std::string> names = variable_names(keys);
  for (std::size_t index = 0; index < names.size(); ++index) {
    group.variables.push_back(
        text_variable(names[index], run.inputs[index].text, "a file that the plan reads"));
    group.variables.back().attributes = {{"file", keys[index]}};
  }
  return group;
}

}  // namespace

std::vector<ResultGroup> outcome_groups(const RunDescription& run, const OutcomeTable& table) {
  std::vector<ResultGroup> groups;
  groups.push_back(replications_group(run, table));
  ResultGroup detail = detail_group(run, table);
  if (!detail.variables.empty()) groups.push_back(std::move(detail));
  groups.push_back(parameters_group(run, table));
  groups.push_back(paths_group(run, table));
  for (ResultGroup& group : provenance_groups(run)) groups.push_back(std::move(group));
  return groups;
}

std::vector<ResultGroup> provenance_groups(const RunDescription& run) {
  std::vector<ResultGroup> groups{provenance_group(run)};
  if (!run.inputs.empty()) groups.push_back(inputs_group(run));
  return groups;
}

std::vector<ResultDimension> column_dimensions(const RunDescription& run) {
  std::vector<ResultDimension> dimensions{
      labels("channel", run.channels, "channels of the plan, then retargeting"),
      labels("segment", run.segments, "segments of the plan"),
      labels("device", {"desktop", "mobile"}, "what the visit was made on"),
      labels("reason", run.reasons, "why a checkout failed")};
  std::vector<std::int64_t> exposures(exposure_class_count);
  std::iota(exposures.begin(), exposures.end(), 0);
  dimensions.push_back({.name = "exposures",
                        .coordinates = exposures,
                        .meaning = {"1", "impressions per shopper", "the last one: 10 and more"},
                        .attributes = {}});
  dimensions.push_back(labels("flow", run.flows, "message flows of the plan"));
  dimensions.push_back(
      {.name = "age",
       .coordinates = std::vector<std::int64_t>(repeat_ages_days.begin(), repeat_ages_days.end()),
       .meaning = {"1", "age in days", "days since a customer's first order"},
       .attributes = {}});
  dimensions.push_back({.name = "rotation",
                        .coordinates = run.rotations,
                        .meaning = {"1", "first day of the rotation", "days since the start"},
                        .attributes = {}});
  dimensions.push_back(labels("source", {"direct", "search", "content", "social", "marketplace"},
                              "where visits that cost no media come from"));
  dimensions.push_back(labels("pool", {"browse", "cart", "checkout"},
                              "where the visit ended that opened a window of retargeting"));
  std::erase_if(dimensions, [](const ResultDimension& one) { return one.size() == 0; });
  return dimensions;
}

bool is_stored(const ColumnSpec& spec, const OutcomeLayout& layout) {
  return layout.size(spec.column) > 0;
}

std::vector<std::string> dimension_names(const ColumnSpec& spec) {
  std::vector<std::string> names;
  for (const Dimension dimension : spec.dimensions) {
    if (dimension == Dimension::none) continue;
    names.emplace_back(names_of_dimensions.at(static_cast<std::size_t>(dimension)));
  }
  return names;
}

std::string column_unit(const ColumnSpec& spec, std::string_view currency) {
  if (spec.unit == "1/currency") return "1/" + std::string{currency};
  return std::string{spec.unit == "currency" ? currency : spec.unit};
}

ResultDimension day_dimension(const Date& start, std::size_t days) {
  std::vector<std::int64_t> numbers(days);
  std::iota(numbers.begin(), numbers.end(), 0);
  return {
      .name = "day",
      .coordinates = std::move(numbers),
      .meaning = {fmt::format("days since {:04}-{:02}-{:02}", start.year, start.month, start.day),
                  "day", "a day of the plan's calendar"},
      .attributes = {{"calendar", std::string{"standard"}}}};
}

namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || is_digit(letter);
}

/// Letters, digits and underscores, a letter first.
std::string plain_name(const std::string& key) {
  std::string name;
  for (const char letter : key) name += is_plain(letter) ? letter : '_';
  const bool begins_well = !name.empty() && name.front() != '_' && !is_digit(name.front());
  return begins_well ? name : "x" + name;
}

}  // namespace

std::vector<std::string> variable_names(const std::vector<std::string>& keys) {
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (const std::string& key : keys) {
    const std::string name = plain_name(key);
    std::string unique = name;
    for (int number = 2; !taken.insert(unique).second; ++number) {
      unique = fmt::format("{}_{}", name, number);
    }
    names.push_back(unique);
  }
  return names;
}

}  // namespace flywheel
