#include "results/shard.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "results/file_error.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Rows wide enough for a detail.
OutcomeShape wide_shape() {
  return {.layout = OutcomeLayout{{.channels = 2, .segments = 1, .flows = 0, .rotations = 30}},
          .parameters = 2,
          .days = 3};
}

Outcome outcome_of(const OutcomeShape& shape, std::uint64_t replication) {
  Outcome outcome;
  outcome.replication = replication;
  outcome.events = static_cast<std::int64_t>(7 * replication);
  if (replication % 50 == 3) {
    outcome.failed = true;
    outcome.failure = "failed in ünder " + std::to_string(replication);
    return outcome;
  }
  const auto number = static_cast<double>(replication);
  for (std::size_t cell = 0; cell < shape.layout.row_size(); ++cell) {
    outcome.row.push_back(number + 1.0 / static_cast<double>(cell + 3));
  }
  outcome.row[shape.layout.offset(Column::payback_day)] = std::numeric_limits<double>::quiet_NaN();
  outcome.parameters = {number / 3.0, -number};
  outcome.calendar_roas = {1.0F, static_cast<float>(number), 2.5F};
  outcome.cash = {0.0F, -static_cast<float>(number), 0.1F};
  return outcome;
}

std::vector<Outcome> outcomes_of(const OutcomeShape& shape, std::uint64_t first,
                                 std::uint64_t count) {
  std::vector<Outcome> outcomes;
  for (std::uint64_t k = 0; k < count; ++k) outcomes.push_back(outcome_of(shape, first + k));
  return outcomes;
}

std::vector<Outcome> through_shard(const OutcomeShape& shape,
                                   const std::vector<Outcome>& outcomes) {
  const RunDescription run = synthetic_description();
  return read_shard(read_image(shard_image(run, shape, outcomes), "x.h5"), run, shape);
}

bool same(std::span<const double> left, std::span<const double> right) {
  const auto equal = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), equal);
}

bool same(std::span<const float> left, std::span<const float> right) {
  return same(std::vector<double>(left.begin(), left.end()),
              std::vector<double>(right.begin(), right.end()));
}

void check_same(const OutcomeTable& left, const OutcomeTable& right) {
  REQUIRE(left.rows() == right.rows());
  REQUIRE(left.path_step() == right.path_step());
  CHECK(same(left.calendar_roas(), right.calendar_roas()));
  CHECK(same(left.cash(), right.cash()));
  for (std::size_t row = 0; row < left.rows(); ++row)
    CHECK(left.failure(row) == right.failure(row));
  for (std::size_t row = 0; row < left.rows(); ++row) {
    for (const ColumnSpec& spec : column_specs()) {
      if (row % left.step_of(spec.column) != 0) continue;
      REQUIRE(same(left.entries(spec.column, row), right.entries(spec.column, row)));
    }
    REQUIRE(same(left.parameter(1, row), right.parameter(1, row)));
  }
}

}  // namespace

TEST_CASE("a shard gives back the replications it was made of", "[results][shard]") {
  const OutcomeShape shape = wide_shape();
  REQUIRE(RowSplit{shape.layout}.detail_size() > 0);
  const std::vector<Outcome> before = outcomes_of(shape, 0, 10);
  const std::vector<Outcome> after = through_shard(shape, before);
  REQUIRE(after.size() == 10);
  for (std::size_t k = 0; k < 10; ++k) {
    CHECK(after[k].replication == k);
    CHECK(after[k].events == before[k].events);
    CHECK(after[k].failed == before[k].failed);
    CHECK(after[k].failure == before[k].failure);
    CHECK(same(after[k].row, before[k].row));
    CHECK(after[k].cash == before[k].cash);
    CHECK(after[k].calendar_roas == before[k].calendar_roas);
    if (!before[k].failed) CHECK(after[k].parameters == before[k].parameters);
  }
}

TEST_CASE("steps between the rows that a table keeps are the table's", "[results][shard]") {
  for (const std::size_t rows : {1U, 2'000U, 2'001U, 4'000U, 4'001U, 8'000U, 8'001U}) {
    OutcomeTable table{synthetic_shape()};
    while (table.rows() < rows) static_cast<void>(table.take(synthetic_outcome(table.rows())));
    CHECK(path_step_of(rows) == table.path_step());
  }
}

TEST_CASE("a table made of shards is that of the run, wherever it ends", "[results][shard]") {
  const OutcomeShape shape = wide_shape();
  const std::uint64_t end = GENERATE(1U, 1'999U, 2'001U, 3'100U, 4'001U, 5'000U);
  OutcomeTable whole{shape};
  OutcomeTable joined{shape};
  constexpr std::uint64_t size = 700;
  for (std::uint64_t first = 0; first < end; first += size) {
    std::vector<Outcome> stored = through_shard(shape, outcomes_of(shape, first, size));
    for (std::uint64_t k = 0; k < size && first + k < end; ++k) {
      static_cast<void>(whole.take(outcome_of(shape, first + k)));
      static_cast<void>(joined.take(std::move(stored[k])));
    }
  }
  check_same(whole, joined);
}

TEST_CASE("a plan without uncertain numbers and narrow rows has shards too", "[results][shard]") {
  OutcomeShape shape{
      .layout = OutcomeLayout{{.channels = 1, .segments = 1, .flows = 0, .rotations = 1}},
      .parameters = 0,
      .days = 3};
  std::vector<Outcome> before = outcomes_of(shape, 4, 2);
  for (Outcome& outcome : before) outcome.parameters.clear();
  const std::vector<Outcome> after = through_shard(shape, before);
  CHECK(same(after[1].row, before[1].row));
  CHECK(after[1].cash == before[1].cash);
}

TEST_CASE("two images are open at once, and a third is made", "[results][shard]") {
  const OutcomeShape shape = wide_shape();
  const RunDescription run = synthetic_description();
  const auto image = [&](std::uint64_t first) {
    return shard_image(run, shape, outcomes_of(shape, first, 2));
  };
  const Result early = read_image(image(0), "early.h5");
  const Result late = read_image(image(10), "late.h5");
  CHECK(read_shard(late, run, shape).front().replication == 10);
  CHECK(read_shard(early, run, shape).front().replication == 0);
  CHECK_FALSE(image(20).empty());
}

TEST_CASE("what is no shard of the run is refused", "[results][shard]") {
  const OutcomeShape shape = wide_shape();
  const RunDescription run = synthetic_description();
  const Result shard = read_image(shard_image(run, shape, outcomes_of(shape, 0, 2)), "x.h5");
  RunDescription other = run;
  other.run_lines.back() += "!";
  CHECK_THROWS_WITH(read_shard(shard, other, shape), Catch::Contains("is of another run"));
  OutcomeShape longer = shape;
  longer.days = 4;
  CHECK_THROWS_WITH(read_shard(shard, run, longer), Catch::Contains("another shape"));
  OutcomeShape poorer = shape;
  poorer.parameters = 1;
  CHECK_THROWS_WITH(read_shard(shard, run, poorer), Catch::Contains("another shape"));
  CHECK_THROWS_AS(read_shard(synthetic_result(), run, shape), FileError);
  std::vector<Outcome> mad = outcomes_of(shape, 0, 2);
  mad[1].row[shape.layout.offset(Column::contribution)] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(through_shard(shape, mad), Catch::Contains("no future has"));
}

}  // namespace flywheel::test
