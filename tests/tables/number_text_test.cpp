#include "tables/number_text.hpp"

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("a number is the whole text or nothing", "[tables][number]") {
  REQUIRE(parse_number("12.5") == 12.5);
  REQUIRE(parse_number("-1e-3") == -0.001);
  REQUIRE(parse_number("+2") == 2.0);
  for (const char* text : {"", "x", "1x", " 1", "1 ", "+-1", "++1", "1,5", "inf", "nan", "1e999"}) {
    INFO(text);
    REQUIRE_FALSE(parse_number(text).has_value());
  }
}

TEST_CASE("the shortest text of a double reads back as itself", "[tables][number]") {
  REQUIRE(number_text(0.1) == "0.1");
  REQUIRE(number_text(1e22) == "1e+22");
  for (const double value : {0.1 + 0.2, 1.0 / 3, -2.5e-308}) {
    REQUIRE(parse_number(number_text(value)) == value);
  }
}

TEST_CASE("white space goes from the ends only", "[tables][number]") {
  REQUIRE(trim(" \t a b \r\n") == "a b");
  REQUIRE(trim("  ").empty());
}

}  // namespace flywheel::test
