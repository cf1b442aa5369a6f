#include "results/utf8.hpp"

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

const std::string mark{"\xEF\xBF\xBD"};

TEST_CASE("well-formed text stays as it is", "[results]") {
  // The first and last of each length (Unicode 15, table 3-7).
  const std::string text = GENERATE("", "\x01\x7F", "\xC2\x80\xDF\xBF",
                                    "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF",
                                    "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
  REQUIRE(well_formed(text) == text);
}

TEST_CASE("each byte that is not part of a sequence becomes a replacement mark", "[results]") {
  REQUIRE(well_formed({"a\0b", 3}) == "a" + mark + "b");
  REQUIRE(well_formed("\x80z") == mark + "z");                            // a lone continuation
  REQUIRE(well_formed("\xC1\xBF") == mark + mark);                        // overlong
  REQUIRE(well_formed("\xE0\x9F\xBF") == mark + mark + mark);             // overlong
  REQUIRE(well_formed("\xED\xA0\x80") == mark + mark + mark);             // surrogate
  REQUIRE(well_formed("\xF0\x8F\xBF\xBF") == mark + mark + mark + mark);  // overlong
  REQUIRE(well_formed("\xF4\x90\x80\x80") == mark + mark + mark + mark);  // above U+10FFFF
  REQUIRE(well_formed("\xFF") == mark);
  REQUIRE(well_formed("\xE2\x82") == mark + mark);  // cut off at the end
  REQUIRE(well_formed("\xE2(\x82") == mark + "(" + mark);
}

}  // namespace
}  // namespace flywheel::test
