#include "tables/csv.hpp"

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

std::vector<std::string> texts(const std::vector<CsvCell>& cells) {
  std::vector<std::string> result;
  for (const CsvCell& cell : cells) result.push_back(cell.text);
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("CSV cells are read by RFC 4180", "[tables][csv]") {
  const CsvReading reading =
      read_csv("a,b,c\r\n1,\"x, \"\"y\"\"\nz\", 3 \r\n\r\n4,,\"\"\n", "t.csv");
  REQUIRE(reading.faults.empty());
  REQUIRE(texts(reading.table.header) == Texts{"a", "b", "c"});
  REQUIRE(reading.table.rows.size() == 2);
  REQUIRE(texts(reading.table.rows[0]) == Texts{"1", "x, \"y\"\nz", "3"});
  REQUIRE(texts(reading.table.rows[1]) == Texts{"4", "", ""});
}

TEST_CASE("a carriage return ends a line with and without a line feed", "[tables][csv]") {
  for (const char* text :
       {"a,b\r1,2\r\r3,\"x\r\ny\"\r5,6", "a,b\r\n1,2\r\n\r\n3,\"x\r\ny\"\r\n5,6"}) {
    const CsvReading reading = read_csv(text, "t.csv");
    REQUIRE(reading.faults.empty());
    REQUIRE(reading.table.delimiter == ',');
    REQUIRE(texts(reading.table.header) == Texts{"a", "b"});
    REQUIRE(reading.table.rows.size() == 3);
    REQUIRE(texts(reading.table.rows[0]) == Texts{"1", "2"});
    REQUIRE(texts(reading.table.rows[1]) == Texts{"3", "x\r\ny"});
    REQUIRE(place_of(reading.table, reading.table.rows[0][1]) == Place{"t.csv", 2, 3});
    REQUIRE(place_of(reading.table, reading.table.rows[2][0]) == Place{"t.csv", 6, 1});
  }
}

TEST_CASE("the delimiter of a table with carriage returns is that of its header", "[tables][csv]") {
  REQUIRE(read_csv("a;b\r1,2,3,4;5\r", "t").table.delimiter == ';');
}

TEST_CASE("every cell knows its line and character, also after quoted line ends and umlauts",
          "[tables][csv]") {
  const CsvReading reading = read_csv("a,b\n\"ä\nö\",2\nß,4\n", "t.csv");
  const auto& rows = reading.table.rows;
  REQUIRE(place_of(reading.table, rows[0][0]) == Place{"t.csv", 2, 1});
  REQUIRE(place_of(reading.table, rows[0][1]) == Place{"t.csv", 3, 4});
  REQUIRE(place_of(reading.table, rows[1][1]) == Place{"t.csv", 4, 3});
}

TEST_CASE("the delimiter is the one the header uses most, outside quotes", "[tables][csv]") {
  const auto delimiter = [](const char* text) { return read_csv(text, "t").table.delimiter; };
  REQUIRE(delimiter("a,b\n1;2;3,4\n") == ',');
  REQUIRE(delimiter("a;b;c\n1,5;2;3\n") == ';');
  REQUIRE(delimiter("\na\tb\n") == '\t');
  REQUIRE(delimiter("\"a,b,c\";d\n") == ';');
  REQUIRE(delimiter("only\n1\n") == ',');
}

TEST_CASE("what is wrong with a table is told with its place", "[tables][csv]") {
  const auto first = [](const char* text) {
    const CsvReading reading = read_csv(text, "t.csv");
    REQUIRE(reading.faults.size() == 1);
    return to_line(reading.faults.front());
  };
  REQUIRE(first("") == "t.csv:1:1: the file is empty; its first line names the columns");
  REQUIRE(first("a,a\n") == "t.csv:1:3: \"a\": two columns have this name");
  REQUIRE(first("a,\n") == "t.csv:1:3: a column without a name");
  REQUIRE(first("a,b\n1\n") ==
          "t.csv:2:1: the row has 1 cells, the header has 2 (delimiter: comma)");
  REQUIRE(first("a;b\n1;2;3\n") ==
          "t.csv:2:5: the row has 3 cells, the header has 2 (delimiter: semicolon)");
  REQUIRE(first("a,b\n1,\"x\n") == "t.csv:2:3: this quote is never closed");
  REQUIRE(first("a,b\n1,x\"y\n") ==
          "t.csv:2:3: \"x\"y\": a quote inside an unquoted cell; put the whole cell in quotes and "
          "double it");
  REQUIRE(
      first("a,b\n1,\"x\"y\n") ==
      "t.csv:2:3: \"x\": text after the closing quote; double a quote that belongs to the cell");
}

TEST_CASE("rows that are right are kept beside the faults of others", "[tables][csv]") {
  const CsvReading reading = read_csv("a,b\n1,2\n3\n5,6\n", "t.csv");
  REQUIRE(reading.faults.size() == 1);
  REQUIRE(reading.table.rows.size() == 2);
  REQUIRE(reading.table.rows[1][0].text == "5");
  REQUIRE(reading.table.rows_left_out == 1);
  REQUIRE(reading.has_header);
}

TEST_CASE("a row with a quote out of place is left out too", "[tables][csv]") {
  const CsvReading reading = read_csv("a,b\n1,\"x\"y\n5,6\n", "t.csv");
  REQUIRE(reading.faults.size() == 1);
  REQUIRE(reading.table.rows.size() == 1);
  REQUIRE(reading.table.rows[0][0].text == "5");
  REQUIRE(reading.table.rows_left_out == 1);
}

TEST_CASE("a table whose columns have no names of their own has no header", "[tables][csv]") {
  for (const char* text : {"", "a,a\n1,2\n", "a,\n1,2\n", "a,\"b\"c\n1,2\n"}) {
    REQUIRE_FALSE(read_csv(text, "t.csv").has_header);
  }
}

TEST_CASE("a hopeless file is given up after fifty faults", "[tables][csv]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) text += "1\n";
  REQUIRE(read_csv(text, "t.csv").faults.size() == 50);
}

TEST_CASE("columns are found by their whole name", "[tables][csv]") {
  const CsvTable table = read_csv("date,channel,amount\n", "t").table;
  REQUIRE(column_of(table, "amount") == 2u);
  REQUIRE_FALSE(column_of(table, "amoun").has_value());
}

TEST_CASE("a table that is no file is a fault of the file kind", "[tables][csv]") {
  const CsvReading reading = read_csv_file("/no/such/file.csv", "shown.csv");
  REQUIRE(reading.faults.size() == 1);
  REQUIRE(reading.faults[0].kind == FaultKind::file);
  REQUIRE(reading.faults[0].place.file == "shown.csv");
}

}  // namespace flywheel::test
