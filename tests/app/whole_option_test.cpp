#include "app/whole_option.hpp"

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

const WholeOption wheels{.name = "--wheels", .meaning = "how many", .low = 3, .high = 17};

std::string refusal_of(const std::string& text) {
  try {
    static_cast<void>(read_whole(text, wheels));
  } catch (const CLI::ValidationError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("the bounds of an option's number belong to its range", "[app]") {
  REQUIRE(read_whole("3", wheels) == 3);
  REQUIRE(read_whole("17", wheels) == 17);
  REQUIRE(refusal_of("2") == "--wheels: 2 is no whole number from 3 to 17");
  REQUIRE(refusal_of("18") == "--wheels: 18 is no whole number from 3 to 17");
}

TEST_CASE("an option's number is decimal digits and nothing else", "[app]") {
  for (const char* text :
       {"", " 5", "5 ", "+5", "-5", "5.0", "5e0", "0x5", "five", "18446744073709551621"}) {
    INFO(text);
    REQUIRE_FALSE(refusal_of(text).empty());
  }
  REQUIRE(read_whole("0005", wheels) == 5);
}

TEST_CASE("an option without a range holds every 64-bit number", "[app]") {
  const WholeOption any{.name = "--any", .meaning = "any"};
  REQUIRE(read_whole("0", any) == 0);
  REQUIRE(read_whole("18446744073709551615", any) == 18'446'744'073'709'551'615U);
}

}  // namespace
}  // namespace flywheel::test
