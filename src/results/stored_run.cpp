#include "results/stored_run.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "results/file_error.hpp"
#include "results/outcome_result.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A variable of so many values in each row.
std::vector<double> values_of(const Result& result, const std::string& path, std::size_t count) {
  std::vector<double> values = result.doubles(path);
  if (values.size() != count) throw FileError{result.name(), path + " has another shape"};
  return values;
}

/// Outcomes with their numbers and failures; rows of those that did not fail are missing values.
std::vector<Outcome> empty_outcomes(const Result& result, const OutcomeShape& shape) {
  const std::vector<std::int64_t> numbers = result.integers("/replications/replication");
  const std::vector<std::int64_t> failed = result.integers("/replications/failed");
  const std::vector<std::string> failures = result.texts("/replications/failure");
  std::vector<Outcome> outcomes(numbers.size());
  for (std::size_t row = 0; row < outcomes.size(); ++row) {
    Outcome& outcome = outcomes[row];
    outcome.replication = static_cast<std::uint64_t>(numbers[row]);
    outcome.failed = failed.at(row) != 0;
    outcome.failure = failures.at(row);
    if (!outcome.failed) outcome.row.assign(shape.layout.row_size(), not_a_number);
  }
  return outcomes;
}

/// Fills in a column, of every `step`-th outcome.
std::vector<Outcome> with_column(std::vector<Outcome> outcomes, const std::vector<double>& values,
                                 std::size_t begin, std::size_t step) {
  const std::size_t rows = (outcomes.size() + step - 1) / step;
  const std::size_t size = values.size() / rows;
  for (std::size_t row = 0; row < rows; ++row) {
    Outcome& outcome = outcomes[row * step];
    for (std::size_t entry = 0; entry < size && !outcome.failed; ++entry) {
      outcome.row[begin + entry] = values[row * size + entry];
    }
  }
  return outcomes;
}

std::vector<Outcome> with_columns(std::vector<Outcome> outcomes, const Result& result,
                                  const OutcomeShape& shape) {
  const RowSplit split{shape.layout};
  for (const ColumnSpec& spec : column_specs()) {
    if (!is_stored(spec, shape.layout)) continue;
    const bool is_detail = split.is_detail(spec.column);
    const std::size_t step = is_detail ? path_step_of(outcomes.size()) : 1;
    const std::size_t rows = (outcomes.size() + step - 1) / step;
    const std::string path = (is_detail ? "/detail/" : "/replications/") + std::string{spec.name};
    outcomes = with_column(std::move(outcomes),
                           values_of(result, path, rows * shape.layout.size(spec.column)),
                           shape.layout.offset(spec.column), step);
  }
  return outcomes;
}

std::vector<Outcome> with_parameters(std::vector<Outcome> outcomes, const Result& result,
                                     const RunDescription& run) {
  std::vector<std::string> keys;
  for (const DrawnParameter& parameter : run.parameters) keys.push_back(parameter.key);
  for (const std::string& name : variable_names(keys)) {
    const std::vector<double> values = values_of(result, "/parameters/" + name, outcomes.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
      outcomes[row].parameters.push_back(values[row]);
    }
  }
  return outcomes;
}

std::vector<Outcome> with_paths(std::vector<Outcome> outcomes, const Result& result,
                                const OutcomeShape& shape) {
  const std::size_t step = path_step_of(outcomes.size());
  const std::size_t paths = (outcomes.size() + step - 1) / step;
  const auto roas = values_of(result, "/paths/calendar_roas", paths * shape.days);
  const auto cash = values_of(result, "/paths/cash", paths * shape.days);
  for (std::size_t path = 0; path < paths; ++path) {
    Outcome& outcome = outcomes[path * step];
    if (outcome.failed) continue;
    for (std::size_t day = 0; day < shape.days; ++day) {
      outcome.calendar_roas.push_back(static_cast<float>(roas[path * shape.days + day]));
      outcome.cash.push_back(static_cast<float>(cash[path * shape.days + day]));
    }
  }
  return outcomes;
}

}  // namespace

std::vector<Outcome> stored_outcomes(const Result& result, const RunDescription& run,
                                     const OutcomeShape& shape) {
  std::vector<Outcome> outcomes = empty_outcomes(result, shape);
  outcomes = with_columns(std::move(outcomes), result, shape);
  outcomes = with_parameters(std::move(outcomes), result, run);
  return with_paths(std::move(outcomes), result, shape);
}

}  // namespace flywheel
