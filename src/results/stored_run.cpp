#include "results/stored_run.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "results/file_error.hpp"
#include "results/outcome_result.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The outcomes' rows, where every `step`-th row of the run is stored.
struct StoredRows {
  RowRange rows;
  std::size_t step;

  /// Number of the first stored row at or behind a row.
  [[nodiscard]] std::size_t stored(std::size_t row) const { return (row + step - 1) / step; }
  [[nodiscard]] RowRange range() const {
    const std::size_t first = stored(rows.first);
    return {.first = first, .count = stored(rows.first + rows.count) - first};
  }
  /// Which of the outcomes has the stored row that comes as the `index`-th of the range.
  [[nodiscard]] std::size_t outcome(std::size_t index) const {
    return (stored(rows.first) + index) * step - rows.first;
  }
};

/// A part of a finished run.
struct Part {
  const Result& result;
  const RunDescription& run;
  const OutcomeShape& shape;
  StoredRows all;
  StoredRows sampled;

  /// A variable of so many values in each of these rows.
  [[nodiscard]] std::vector<double> values(const std::string& path, const StoredRows& rows,
                                           std::size_t size) const {
    const RowRange range = rows.range();
    std::vector<double> found = result.doubles(path, range);
    if (found.size() != range.count * size) {
      throw FileError{result.name(), path + " has another shape"};
    }
    return found;
  }
};

/// Outcomes with their numbers and failures; rows of those that did not fail are missing values.
std::vector<Outcome> empty_outcomes(const Part& part) {
  const RowRange rows = part.all.rows;
  const auto numbers = part.result.integers("/replications/replication", rows);
  const auto failed = part.result.integers("/replications/failed", rows);
  const auto failures = part.result.texts("/replications/failure", rows);
  std::vector<Outcome> outcomes(numbers.size());
  for (std::size_t row = 0; row < outcomes.size(); ++row) {
    Outcome& outcome = outcomes[row];
    outcome.replication = static_cast<std::uint64_t>(numbers[row]);
    outcome.failed = failed.at(row) != 0;
    outcome.failure = failures.at(row);
    if (!outcome.failed) outcome.row.assign(part.shape.layout.row_size(), not_a_number);
  }
  return outcomes;
}

std::vector<Outcome> with_columns(std::vector<Outcome> outcomes, const Part& part) {
  const OutcomeLayout& layout = part.shape.layout;
  const RowSplit split{layout};
  for (const ColumnSpec& spec : column_specs()) {
    if (!is_stored(spec, layout)) continue;
    const bool is_detail = split.is_detail(spec.column);
    const StoredRows& rows = is_detail ? part.sampled : part.all;
    const std::string path = (is_detail ? "/detail/" : "/replications/") + std::string{spec.name};
    const std::size_t size = layout.size(spec.column);
    const std::vector<double> values = part.values(path, rows, size);
    for (std::size_t index = 0; index * size < values.size(); ++index) {
      Outcome& outcome = outcomes[rows.outcome(index)];
      if (outcome.failed) continue;
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(index * size), size,
                  outcome.row.begin() + static_cast<std::ptrdiff_t>(layout.offset(spec.column)));
    }
  }
  return outcomes;
}

std::vector<Outcome> with_parameters(std::vector<Outcome> outcomes, const Part& part) {
  std::vector<std::string> keys;
  for (const DrawnParameter& parameter : part.run.parameters) keys.push_back(parameter.key);
  for (const std::string& name : variable_names(keys)) {
    const std::vector<double> values = part.values("/parameters/" + name, part.all, 1);
    for (std::size_t row = 0; row < values.size(); ++row) {
      outcomes[row].parameters.push_back(values[row]);
    }
  }
  return outcomes;
}

std::vector<Outcome> with_paths(std::vector<Outcome> outcomes, const Part& part) {
  const std::size_t days = part.shape.days;
  const auto roas = part.values("/paths/calendar_roas", part.sampled, days);
  const auto cash = part.values("/paths/cash", part.sampled, days);
  for (std::size_t path = 0; path * days < roas.size(); ++path) {
    Outcome& outcome = outcomes[part.sampled.outcome(path)];
    if (outcome.failed) continue;
    for (std::size_t day = 0; day < days; ++day) {
      outcome.calendar_roas.push_back(static_cast<float>(roas[path * days + day]));
      outcome.cash.push_back(static_cast<float>(cash[path * days + day]));
    }
  }
  return outcomes;
}

}  // namespace

std::vector<Outcome> stored_outcomes(const Result& result, const RunDescription& run,
                                     const OutcomeShape& shape, RowRange rows) {
  const std::size_t total = result.shape("/replications/replication").at(0);
  rows.first = std::min(rows.first, total);
  rows.count = std::min(rows.count, total - rows.first);
  const Part part{.result = result,
                  .run = run,
                  .shape = shape,
                  .all = {.rows = rows, .step = 1},
                  .sampled = {.rows = rows, .step = path_step_of(total)}};
  return with_paths(with_parameters(with_columns(empty_outcomes(part), part), part), part);
}

}  // namespace flywheel
