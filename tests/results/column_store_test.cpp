#include "results/column_store.hpp"

#include "core/check.hpp"
#include "results/scratch_folder.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

constexpr std::size_t width = 5;

double cell(std::size_t row, std::size_t entry) {
  return static_cast<double>(10 * row) + static_cast<double>(entry);
}

std::vector<double> row_of(std::size_t row) {
  std::vector<double> cells;
  for (std::size_t entry = 0; entry < width; ++entry) cells.push_back(cell(row, entry));
  return cells;
}

void fill(ColumnStore& store, std::size_t rows) {
  for (std::size_t row = store.rows(); row < rows; ++row) store.append(row_of(row));
}

void check_cells(const ColumnStore& store) {
  for (std::size_t entry = 0; entry < width; ++entry) {
    const std::vector<double> column = store.column(entry);
    REQUIRE(column.size() == store.rows());
    for (std::size_t row = 0; row < column.size(); ++row) REQUIRE(column[row] == cell(row, entry));
  }
  for (std::size_t row = 0; row < store.rows(); ++row) {
    const std::span<const double> left = store.entries({.begin = 0, .count = 2}, row);
    const std::span<const double> right = store.entries({.begin = 3, .count = 2}, row);
    REQUIRE((left[0] == cell(row, 0) && left[1] == cell(row, 1)));
    REQUIRE((right[0] == cell(row, 3) && right[1] == cell(row, 4)));
  }
}

}  // namespace

TEST_CASE("a column store gives back its cells, in memory and from the disk", "[results][store]") {
  const ScratchFolder folder;
  // Up to, at and beyond the borders of blocks of 1,024 rows.
  for (const std::size_t rows : {1U, 1'023U, 1'024U, 1'025U, 2'048U, 3'000U}) {
    ColumnStore in_memory{width, {}};
    ColumnStore on_disk{width, folder.path()};
    fill(in_memory, rows);
    fill(on_disk, rows);
    check_cells(in_memory);
    check_cells(on_disk);
    fill(on_disk, rows + 700);  // goes on after it was read
    check_cells(on_disk);
  }
}

TEST_CASE("a column store leaves no file, whoever ends it", "[results][store]") {
  const ScratchFolder folder;
  ColumnStore store{width, folder.path()};
  fill(store, 3'000);
  REQUIRE(folder.files().empty());  // while it is in use
}

TEST_CASE("a column store needs its folder and rows of its width", "[results][store]") {
  REQUIRE_THROWS_AS((ColumnStore{width, "/nowhere/at/all"}), FileError);
  ColumnStore store{width, {}};
  REQUIRE_THROWS_AS(store.append(std::vector<double>(width + 1)), ContractBroken);
}

}  // namespace flywheel::test
