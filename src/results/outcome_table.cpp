#include "results/outcome_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/check.hpp"

namespace flywheel {

namespace {

/// Adds a row, or one of NaN where a failed replication has none.
template <class Number>
void append_row(std::vector<Number>& table, const std::vector<Number>& row, std::size_t size) {
  if (row.empty()) {
    table.resize(table.size() + size, std::numeric_limits<Number>::quiet_NaN());
    return;
  }
  expect(row.size() == size, "every row of a table has its length");
  table.insert(table.end(), row.begin(), row.end());
}

/// The rows 0, 2, 4 ...
template <class Number>
std::vector<Number> even_rows(const std::vector<Number>& table, std::size_t size) {
  std::vector<Number> kept;
  if (size == 0) return kept;
  kept.reserve((table.size() / size + 1) / 2 * size);
  for (std::size_t begin = 0; begin < table.size(); begin += 2 * size) {
    const auto row = table.begin() + static_cast<std::ptrdiff_t>(begin);
    kept.insert(kept.end(), row, row + static_cast<std::ptrdiff_t>(size));
  }
  return kept;
}

}  // namespace

std::size_t path_step_of(std::uint64_t rows) {
  std::size_t step = 1;
  while ((rows + step - 1) / step > most_stored_paths) step *= 2;
  return step;
}

OutcomeTable::OutcomeTable(const OutcomeShape& shape) : shape_{shape}, split_{shape.layout} {
  expect(shape.days >= 1, "a run has days");
}

Appetite OutcomeTable::take(Outcome outcome) {
  const auto number = static_cast<std::int64_t>(outcome.replication);
  expect(replications_.empty() || number == replications_.back() + 1,
         "outcomes come in the order of replications");
  if (outcome.failed) {
    outcome.row.clear();
    outcome.calendar_roas.clear();
    outcome.cash.clear();
  } else {
    expect(outcome.row.size() == shape_.layout.row_size(),
           "an outcome that did not fail has a row");
  }
  append_row(cells_, split_.dense(outcome.row), split_.dense_size());
  append_row(parameters_, outcome.parameters, shape_.parameters);
  keep_sample(outcome);
  replications_.push_back(number);
  failed_.push_back(outcome.failed ? 1 : 0);
  failures_.push_back(std::move(outcome.failure));
  return Appetite::more;
}

void OutcomeTable::keep_sample(const Outcome& outcome) {
  if (rows() % path_step_ != 0) return;
  if (path_count() == most_stored_paths) halve_sample();
  if (rows() % path_step_ != 0) return;
  append_row(detail_, split_.detail(outcome.row), split_.detail_size());
  append_row(calendar_roas_, outcome.calendar_roas, shape_.days);
  append_row(cash_, outcome.cash, shape_.days);
}

void OutcomeTable::halve_sample() {
  detail_ = even_rows(detail_, split_.detail_size());
  calendar_roas_ = even_rows(calendar_roas_, shape_.days);
  cash_ = even_rows(cash_, shape_.days);
  path_step_ *= 2;
}

std::size_t OutcomeTable::failed_rows() const {
  return static_cast<std::size_t>(std::ranges::count(failed_, std::int8_t{1}));
}

std::span<const double> OutcomeTable::entries(Column column, std::size_t row) const {
  const std::size_t step = step_of(column);
  expect(row % step == 0, "details are kept of a sample of rows");
  const std::span<const double> rows{split_.is_detail(column) ? detail_ : cells_};
  const std::size_t size = split_.is_detail(column) ? split_.detail_size() : split_.dense_size();
  return rows.subspan(row / step * size + split_.offset(column), shape_.layout.size(column));
}

std::vector<double> OutcomeTable::values(Column column, std::size_t entry) const {
  std::vector<double> values;
  values.reserve(rows());
  for (std::size_t row = 0; row < rows(); row += step_of(column)) {
    if (failed_[row] == 0) values.push_back(entries(column, row)[entry]);
  }
  return values;
}

std::span<const double> OutcomeTable::parameter(std::size_t index, std::size_t row) const {
  return std::span{parameters_}.subspan(row * shape_.parameters + index, 1);
}

std::vector<double> OutcomeTable::parameter_values(std::size_t index) const {
  std::vector<double> values;
  values.reserve(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    if (failed_[row] == 0) values.push_back(parameter(index, row)[0]);
  }
  return values;
}

std::size_t OutcomeTable::path_count() const { return calendar_roas_.size() / shape_.days; }

}  // namespace flywheel
