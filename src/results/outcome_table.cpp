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

OutcomeTable::OutcomeTable(const OutcomeShape& shape, const std::filesystem::path& scratch_folder)
    : shape_{shape},
      split_{shape.layout},
      cells_{split_.dense_size() + shape.parameters, scratch_folder} {
  expect(shape.days >= 1, "a run has days");
}

Appetite OutcomeTable::take(Outcome outcome) {
  const auto number = static_cast<std::int64_t>(outcome.replication);
  expect(replications_.empty() || number > replications_.back(),
         "outcomes come in the order of replications");
  if (outcome.failed) {
    outcome.row.clear();
    outcome.calendar_roas.clear();
    outcome.cash.clear();
  } else {
    expect(outcome.row.size() == shape_.layout.row_size(),
           "an outcome that did not fail has a row");
  }
  std::vector<double> cells;
  cells.reserve(split_.dense_size() + shape_.parameters);
  append_row(cells, split_.dense(outcome.row), split_.dense_size());
  append_row(cells, outcome.parameters, shape_.parameters);
  cells_.append(cells);
  keep_sample(outcome);
  if (outcome.failed) failures_.emplace(rows(), std::move(outcome.failure));
  replications_.push_back(number);
  failed_.push_back(outcome.failed ? 1 : 0);
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

std::string OutcomeTable::failure(std::size_t row) const {
  const auto found = failures_.find(row);
  return found == failures_.end() ? std::string{} : found->second;
}

std::span<const double> OutcomeTable::entries(Column column, std::size_t row) const {
  const std::size_t step = step_of(column);
  expect(row % step == 0, "details are kept of a sample of rows");
  const EntryRange range{.begin = split_.offset(column), .count = shape_.layout.size(column)};
  if (!split_.is_detail(column)) return cells_.entries(range, row);
  return std::span{detail_}.subspan(row / step * split_.detail_size() + range.begin, range.count);
}

std::vector<double> OutcomeTable::values(Column column, std::size_t entry) const {
  if (!split_.is_detail(column)) return sound_values(split_.offset(column) + entry);
  std::vector<double> values;
  values.reserve(path_count());
  for (std::size_t row = 0; row < rows(); row += path_step_) {
    if (failed_[row] == 0) values.push_back(entries(column, row)[entry]);
  }
  return values;
}

std::vector<double> OutcomeTable::sound_values(std::size_t cell) const {
  std::vector<double> values = cells_.column(cell);
  std::size_t kept = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (failed_[row] == 0) values[kept++] = values[row];
  }
  values.resize(kept);
  return values;
}

std::span<const double> OutcomeTable::parameter(std::size_t index, std::size_t row) const {
  return cells_.entries({.begin = split_.dense_size() + index, .count = 1}, row);
}

std::vector<double> OutcomeTable::parameter_values(std::size_t index) const {
  return sound_values(split_.dense_size() + index);
}

std::size_t OutcomeTable::path_count() const { return calendar_roas_.size() / shape_.days; }

}  // namespace flywheel
