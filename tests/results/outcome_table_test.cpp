#include "results/outcome_table.hpp"

#include <cmath>

#include "core/check.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

TEST_CASE("a table gives back what it took, failed rows apart", "[results][outcome]") {
  OutcomeTable table{synthetic_shape()};
  fill(table, 20);
  REQUIRE(table.rows() == 20);
  CHECK(table.failed_rows() == 1);
  CHECK(table.failed()[7] == 1);
  CHECK(table.failure(7) == "a wheel came off");
  CHECK(std::isnan(table.entries(Column::clicks, 7)[0]));
  CHECK(table.entries(Column::cohort_roas_180, 12)[0] == 2.12);
  CHECK(table.values(Column::cohort_roas_180).size() == 19);
  CHECK(table.values(Column::cohort_roas_180)[7] == 2.08);  // the failed row is passed over
  CHECK(table.values(Column::spend_by_channel, 2)[0] == 300.0);
  CHECK(table.parameter(0, 5)[0] == 5.0);
  CHECK(table.parameter_values(1)[1] == 73.0);
}

TEST_CASE("outcomes out of order are refused", "[results][outcome]") {
  OutcomeTable table{synthetic_shape()};
  static_cast<void>(table.take(synthetic_outcome(4)));
  REQUIRE_THROWS_AS(table.take(synthetic_outcome(3)), ContractBroken);
  REQUIRE_THROWS_AS(table.take(synthetic_outcome(4)), ContractBroken);
}

TEST_CASE("an outcome of another shape is refused", "[results][outcome]") {
  OutcomeTable table{synthetic_shape()};
  Outcome outcome = synthetic_outcome(0);
  outcome.row.pop_back();
  REQUIRE_THROWS_AS(table.take(outcome), ContractBroken);
  Outcome empty;
  REQUIRE_THROWS_AS(table.take(empty), ContractBroken);
}

TEST_CASE("paths are thinned evenly once there are too many", "[results][outcome]") {
  OutcomeTable table{synthetic_shape()};
  const auto take_until = [&](std::size_t rows) {
    while (table.rows() < rows) static_cast<void>(table.take(synthetic_outcome(table.rows())));
  };
  take_until(most_stored_paths);
  CHECK(table.path_step() == 1);
  CHECK(table.path_count() == most_stored_paths);
  take_until(most_stored_paths + 1);
  CHECK(table.path_step() == 2);
  CHECK(table.path_count() == most_stored_paths / 2 + 1);
  take_until(4 * most_stored_paths + 3);
  CHECK(table.path_step() == 8);
  CHECK(table.path_count() == most_stored_paths / 2 + 1);
  for (std::size_t path = 0; path < table.path_count(); ++path) {
    // Day 0 of the cash path is the replication's number.
    REQUIRE(table.cash()[path * 5] == static_cast<float>(8 * path));
    REQUIRE(table.calendar_roas()[path * 5 + 4] == static_cast<float>(8 * path + 4));
  }
}

}  // namespace
}  // namespace flywheel::test
