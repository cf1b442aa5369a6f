#include "results/row_split.hpp"

#include <numeric>
#include <vector>

#include "results/outcome_table.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

OutcomeLayout layout_of(std::size_t rotations) {
  return OutcomeLayout{{.channels = 2, .segments = 1, .flows = 0, .rotations = rotations}};
}

/// The entry's own number in each entry.
std::vector<double> numbered(const OutcomeLayout& layout) {
  std::vector<double> row(layout.row_size());
  std::iota(row.begin(), row.end(), 0.0);
  return row;
}

}  // namespace

TEST_CASE("a narrow row is dense, a wide one has detail by rotation and pairs", "[results]") {
  const RowSplit narrow{layout_of(1)};
  CHECK(narrow.dense_size() == layout_of(1).row_size());
  CHECK(narrow.detail_size() == 0);
  CHECK_FALSE(narrow.is_detail(Column::rating));
  const RowSplit wide{layout_of(60)};
  CHECK(wide.dense_size() + wide.detail_size() == layout_of(60).row_size());
  CHECK(wide.is_detail(Column::rating));
  CHECK(wide.is_detail(Column::clicks_by_channel_segment));
  CHECK_FALSE(wide.is_detail(Column::clicks_by_channel));
  CHECK_FALSE(wide.is_detail(Column::clicks));
}

TEST_CASE("each entry of a row is in its place of one of the two parts", "[results]") {
  const OutcomeLayout layout = layout_of(60);
  const RowSplit split{layout};
  const std::vector<double> row = numbered(layout);
  const std::vector<double> dense = split.dense(row);
  const std::vector<double> detail = split.detail(row);
  REQUIRE(dense.size() == split.dense_size());
  REQUIRE(detail.size() == split.detail_size());
  for (const ColumnSpec& spec : column_specs()) {
    const std::vector<double>& part = split.is_detail(spec.column) ? detail : dense;
    for (std::size_t entry = 0; entry < layout.size(spec.column); ++entry) {
      REQUIRE(part[split.offset(spec.column) + entry] == row[layout.offset(spec.column) + entry]);
    }
  }
  CHECK(split.dense({}).empty());
  CHECK(split.detail({}).empty());
}

TEST_CASE("a table keeps the detail of the rows whose paths it keeps", "[results]") {
  const OutcomeLayout layout = layout_of(60);
  OutcomeTable table{{.layout = layout, .parameters = 0, .days = 1}};
  const auto place = layout.offset(Column::rating, 7);
  for (std::size_t row = 0; row <= most_stored_paths; ++row) {
    Outcome outcome;
    outcome.replication = row;
    outcome.row.assign(layout.row_size(), 0.0);
    outcome.row[place] = static_cast<double>(row);
    outcome.calendar_roas = {0.0F};
    outcome.cash = {0.0F};
    static_cast<void>(table.take(outcome));
  }
  REQUIRE(table.step_of(Column::rating) == 2);
  REQUIRE(table.step_of(Column::clicks) == 1);
  CHECK(table.entries(Column::rating, 1'234)[7] == 1'234.0);
  CHECK(table.values(Column::rating, 7).size() == most_stored_paths / 2 + 1);
  CHECK(table.values(Column::rating, 7)[3] == 6.0);
  CHECK(table.values(Column::clicks).size() == most_stored_paths + 1);
}

}  // namespace flywheel::test
