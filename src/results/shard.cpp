#include "results/shard.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "core/check.hpp"
#include "results/write_image.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
const std::string in_rows{"/rows/"};
const std::string in_sample{"/sample/"};

ResultDimension numbered(std::string name, std::vector<std::int64_t> numbers) {
  return {.name = name,
          .coordinates = std::move(numbers),
          .meaning = {"1", name, "number"},
          .attributes = {}};
}

ResultDimension counted(std::string name, std::size_t size) {
  std::vector<std::int64_t> numbers(size);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbered(std::move(name), std::move(numbers));
}

/// The parts of outcomes as tables, of which ResultVariables are views.
struct ShardColumns {
  std::vector<std::int64_t> numbers;
  std::vector<std::int64_t> events;
  std::vector<std::int8_t> failed;
  std::vector<std::string> failures;
  std::vector<double> dense;
  std::vector<double> parameters;
  std::vector<std::int64_t> sampled;
  std::vector<double> detail;
  std::vector<float> calendar_roas;
  std::vector<float> cash;
};

template <class Number>
void append(std::vector<Number>& table, const std::vector<Number>& row, std::size_t size) {
  if (row.empty()) {
    table.resize(table.size() + size, std::numeric_limits<Number>::quiet_NaN());
  } else {
    expect(row.size() == size, "every row of a shard has its length");
    table.insert(table.end(), row.begin(), row.end());
  }
}

ShardColumns columns_of(const OutcomeShape& shape, std::span<const Outcome> outcomes) {
  const RowSplit split{shape.layout};
  const std::size_t step = path_step_of(outcomes.front().replication + 1);
  ShardColumns columns;
  for (const Outcome& outcome : outcomes) {
    const auto number = static_cast<std::int64_t>(outcome.replication);
    expect(columns.numbers.empty() || number == columns.numbers.back() + 1, "a shard has no gaps");
    columns.numbers.push_back(number);
    columns.events.push_back(outcome.events);
    columns.failed.push_back(outcome.failed ? 1 : 0);
    columns.failures.push_back(outcome.failure);
    append(columns.dense, split.dense(outcome.row), split.dense_size());
    append(columns.parameters, outcome.parameters, shape.parameters);
    if (outcome.replication % step != 0) continue;
    columns.sampled.push_back(number);
    append(columns.detail, split.detail(outcome.row), split.detail_size());
    append(columns.calendar_roas, outcome.calendar_roas, shape.days);
    append(columns.cash, outcome.cash, shape.days);
  }
  return columns;
}

ResultVariable variable(std::string name, StoredType type, std::vector<std::string> dimensions,
                        VariableValues values) {
  return {.name = name,
          .type = type,
          .dimensions = std::move(dimensions),
          .meaning = {type == StoredType::text ? "" : "1", name, "part of a run in work"},
          .values = std::move(values)};
}

ResultGroup run_group(const RunDescription& run) {
  ResultGroup group{.path = "run", .dimensions = list_of(counted("line", run.run_lines.size()))};
  group.variables.push_back(
      variable("lines", StoredType::text, {"line"}, std::span<const std::string>{run.run_lines}));
  return group;
}

ResultGroup rows_group(const ShardColumns& columns, const RowSplit& split,
                       const OutcomeShape& shape) {
  ResultGroup group{.path = "rows",
                    .dimensions = list_of(numbered("replication", columns.numbers),
                                          counted("cell", split.dense_size()))};
  group.variables = list_of(variable("events", StoredType::int64, {"replication"},
                                     std::span<const std::int64_t>{columns.events}),
                            variable("failed", StoredType::int8, {"replication"},
                                     std::span<const std::int8_t>{columns.failed}),
                            variable("failure", StoredType::text, {"replication"},
                                     std::span<const std::string>{columns.failures}),
                            variable("dense", StoredType::float64, {"replication", "cell"},
                                     std::span<const double>{columns.dense}));
  if (shape.parameters == 0) return group;
  group.dimensions.push_back(counted("parameter", shape.parameters));
  group.variables.push_back(variable("parameters", StoredType::float64,
                                     {"replication", "parameter"},
                                     std::span<const double>{columns.parameters}));
  return group;
}

ResultGroup sample_group(const ShardColumns& columns, const RowSplit& split,
                         const OutcomeShape& shape) {
  ResultGroup group{
      .path = "sample",
      .dimensions = list_of(numbered("replication", columns.sampled), counted("day", shape.days))};
  group.variables = list_of(variable("calendar_roas", StoredType::float32, {"replication", "day"},
                                     std::span<const float>{columns.calendar_roas}),
                            variable("cash", StoredType::float32, {"replication", "day"},
                                     std::span<const float>{columns.cash}));
  if (split.detail_size() == 0) return group;
  group.dimensions.push_back(counted("cell", split.detail_size()));
  group.variables.push_back(variable("detail", StoredType::float64, {"replication", "cell"},
                                     std::span<const double>{columns.detail}));
  return group;
}

void expect_shard_of(const Result& shard, const RunDescription& run) {
  const ResultIdentity is = shard.identity();
  if (is.file_type != "shard") throw shard.lacks("the replications of a run in work");
  std::string lines;
  for (const std::string& line : shard.texts("/run/lines")) lines += line + '\n';
  std::string asked;
  for (const std::string& line : run.run_lines) asked += line + '\n';
  if (lines != asked) throw FileError{shard.name(), "is of another run"};
}

/// A table of a shard, row by row.
class StoredTable {
 public:
  StoredTable(const Result& shard, const std::string& path, std::size_t rows, std::size_t width)
      : width_{width} {
    if (rows * width == 0) return;
    if (shard.shape(path) != std::vector<std::size_t>{rows, width}) {
      throw FileError{shard.name(), path + " has another shape than the run"};
    }
    values_ = shard.doubles(path);
  }

  [[nodiscard]] std::span<const double> row(std::size_t number) const {
    return std::span{values_}.subspan(number * width_, width_);
  }

 private:
  std::size_t width_;
  std::vector<double> values_;
};

std::vector<float> floats_of(std::span<const double> values) {
  return {values.begin(), values.end()};
}

/// Fills in what the sample of rows keeps.
std::vector<Outcome> with_sample(std::vector<Outcome> outcomes, const Result& shard,
                                 const RowSplit& split, const OutcomeShape& shape) {
  if (!shard.has(in_sample + "cash")) return outcomes;
  const std::vector<std::int64_t> numbers = shard.integers(in_sample + "replication");
  const StoredTable detail{shard, in_sample + "detail", numbers.size(), split.detail_size()};
  const StoredTable roas{shard, in_sample + "calendar_roas", numbers.size(), shape.days};
  const StoredTable cash{shard, in_sample + "cash", numbers.size(), shape.days};
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const auto place = static_cast<std::uint64_t>(numbers[row]) - outcomes.front().replication;
    if (place >= outcomes.size()) throw FileError{shard.name(), "samples what it does not hold"};
    Outcome& outcome = outcomes[place];
    if (outcome.failed) continue;
    outcome.calendar_roas = floats_of(roas.row(row));
    outcome.cash = floats_of(cash.row(row));
    outcome.row = split.whole(split.dense(outcome.row), detail.row(row));
  }
  return outcomes;
}

void expect_rows(const Result& shard, const std::vector<std::int64_t>& numbers) {
  const bool begins = !numbers.empty() && numbers.front() >= 0;
  for (std::size_t row = 1; row < numbers.size(); ++row) {
    if (numbers[row] != numbers[row - 1] + 1) throw FileError{shard.name(), "has gaps"};
  }
  if (!begins) throw FileError{shard.name(), "holds no replication"};
}

}  // namespace

std::vector<std::byte> shard_image(const RunDescription& run, const OutcomeShape& shape,
                                   std::span<const Outcome> outcomes) {
  expect(!outcomes.empty(), "a shard holds a replication");
  const RowSplit split{shape.layout};
  const ShardColumns columns = columns_of(shape, outcomes);
  ResultSchema schema{.identity = run.identity,
                      .groups = list_of(run_group(run), rows_group(columns, split, shape))};
  schema.identity.file_type = "shard";
  schema.identity.complete = 0;
  if (!columns.sampled.empty()) schema.groups.push_back(sample_group(columns, split, shape));
  return write_image(schema);
}

std::vector<Outcome> read_shard(const Result& shard, const RunDescription& run,
                                const OutcomeShape& shape) {
  expect_shard_of(shard, run);
  const RowSplit split{shape.layout};
  const std::vector<std::int64_t> numbers = shard.integers(in_rows + "replication");
  expect_rows(shard, numbers);
  const std::vector<std::int64_t> failed = shard.integers(in_rows + "failed");
  const std::vector<std::int64_t> events = shard.integers(in_rows + "events");
  const std::vector<std::string> failures = shard.texts(in_rows + "failure");
  const StoredTable dense{shard, in_rows + "dense", numbers.size(), split.dense_size()};
  const StoredTable parameters{shard, in_rows + "parameters", numbers.size(), shape.parameters};
  const std::vector<double> no_detail(split.detail_size(), not_a_number);
  const std::size_t contribution = split.offset(Column::contribution);
  std::vector<Outcome> outcomes(numbers.size());
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    Outcome& outcome = outcomes[row];
    outcome.replication = static_cast<std::uint64_t>(numbers[row]);
    outcome.failed = failed.at(row) != 0;
    outcome.failure = failures.at(row);
    outcome.events = events.at(row);
    const auto drawn = parameters.row(row);
    outcome.parameters.assign(drawn.begin(), drawn.end());
    if (outcome.failed) continue;
    if (!std::isfinite(dense.row(row)[contribution])) {
      throw FileError{shard.name(), "holds a figure that no future has"};
    }
    outcome.row = split.whole(dense.row(row), no_detail);
  }
  return with_sample(std::move(outcomes), shard, split, shape);
}

}  // namespace flywheel
