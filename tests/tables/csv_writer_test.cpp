#include "tables/csv_writer.hpp"

#include <limits>
#include <vector>

#include "support/catch.hpp"
#include "tables/csv.hpp"
#include "tables/number_text.hpp"

namespace flywheel::test {

TEST_CASE("text is quoted only where it must be", "[tables][csv]") {
  REQUIRE(csv_cell(std::string{"plain"}) == "plain");
  REQUIRE(csv_cell(std::string{"a,b"}) == "\"a,b\"");
  REQUIRE(csv_cell(std::string{"say \"x\""}) == "\"say \"\"x\"\"\"");
  REQUIRE(csv_cell(std::string{"two\nlines"}) == "\"two\nlines\"");
  REQUIRE(csv_cell(std::string{" edge"}) == "\" edge\"");
}

TEST_CASE("a name that a spreadsheet would run is made harmless, a negative number is not touched",
          "[tables][csv]") {
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)"}) {
    REQUIRE(csv_cell(std::string{formula}) == '\'' + std::string{formula});
  }
  REQUIRE(csv_cell(std::string{"\t=1"}) == "\"'\t=1\"" + std::string{});
  REQUIRE(csv_cell(-1.5) == "-1.5");
}

TEST_CASE("numbers read back as the same double, and nothing stands for not-a-number",
          "[tables][csv]") {
  REQUIRE(csv_cell(0.1) == "0.1");
  REQUIRE(csv_cell(std::numeric_limits<double>::quiet_NaN()).empty());
  for (const double value : {1.0 / 3, 5e-324, 1.7976931348623157e308, -0.0}) {
    REQUIRE(parse_number(csv_cell(value)) == value);
  }
}

TEST_CASE("what is written is read back", "[tables][csv]") {
  const std::vector<CsvValue> header{std::string{"a"}, std::string{"b;c"}};
  const std::vector<CsvValue> row{std::string{"x,\n\"y\""}, 2.5};
  const CsvReading reading = read_csv(csv_line(header) + csv_line(row), "t");
  REQUIRE(reading.faults.empty());
  REQUIRE(reading.table.header[1].text == "b;c");
  REQUIRE(reading.table.rows[0][0].text == "x,\n\"y\"");
  REQUIRE(reading.table.rows[0][1].text == "2.5");
}

TEST_CASE("an empty cell at the front of a line keeps its delimiter", "[tables][csv]") {
  const std::vector<CsvValue> row{std::string{}, 1.0};
  REQUIRE(csv_line(row) == ",1\n");
}

}  // namespace flywheel::test
