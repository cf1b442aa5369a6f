#include "plan/decimal_comma.hpp"

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

std::string text(const char* amount) {
  const PointedAmount read = with_decimal_point(amount);
  INFO(amount << ": " << read.problem);
  REQUIRE(read.problem.empty());
  return read.text;
}

std::string problem(const char* amount) {
  const PointedAmount read = with_decimal_point(amount);
  INFO(amount << ": " << read.text);
  REQUIRE_FALSE(read.problem.empty());
  return read.problem;
}

}  // namespace

TEST_CASE("the last of two marks begins the decimals, the other parts thousands",
          "[plan][media][comma]") {
  REQUIRE(text("1.234,50") == "1234.50");
  REQUIRE(text("1,234.50") == "1234.50");
  REQUIRE(text("1.234.567,891") == "1234567.891");
  REQUIRE(text("12,345,678.9") == "12345678.9");
}

TEST_CASE("a mark that is alone begins decimals, one that comes again parts thousands",
          "[plan][media][comma]") {
  REQUIRE(text("100,5") == "100.5");
  REQUIRE(text("100.5") == "100.5");
  REQUIRE(text("1234,50") == "1234.50");
  REQUIRE(text("1,2345") == "1.2345");
  REQUIRE(text(",5") == ".5");
  REQUIRE(text("1.234.567") == "1234567");
  REQUIRE(text("1,234,567") == "1234567");
}

TEST_CASE("one mark and three digits behind it are refused where both readings are possible",
          "[plan][media][comma]") {
  REQUIRE(problem("1.500") == "can mean 1500 or 1.50; write it one of these ways");
  REQUIRE(problem("1,234") == "can mean 1234 or 1.2340; write it one of these ways");
  REQUIRE(problem("123.000") == "can mean 123000 or 123.00; write it one of these ways");
  REQUIRE(problem("$1,200").starts_with("can mean 1200 or 1.20;"));
  // Nobody writes thousands like these.
  REQUIRE(text("0,500") == "0.500");
  REQUIRE(text("1234,500") == "1234.500");
  REQUIRE(text(",500") == ".500");
}

TEST_CASE("both ways that are offered can be read, and mean what they look like",
          "[plan][media][comma]") {
  for (const char* way : {"1500", "1.50", "1234", "1.2340"}) REQUIRE(text(way) == way);
}

TEST_CASE("groups that are not of three digits are no number", "[plan][media][comma]") {
  for (const char* amount : {"1.23.456", "1234.567,8", "1.2345,6", "1,23,4", ".123,4", "1..234",
                             "1.234,5,6", "12,", "12.", ",", "1.234.56", "1234.567.890"}) {
    CHECK(problem(amount) == "is not a number; write it like 1234.50 or 1234,50");
  }
}

TEST_CASE("what stands around a number is kept", "[plan][media][comma]") {
  REQUIRE(text("-5,5") == "-5.5");
  REQUIRE(text("EUR 1.234,50") == "EUR 1234.50");
  REQUIRE(text("1,5 million") == "1.5 million");
  REQUIRE(text("many").starts_with("many"));
  REQUIRE(text("12") == "12");
  REQUIRE(text("").empty());  // told as missing before
}

}  // namespace flywheel::test
