#include "plan/nearest.hpp"

#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("edit distance counts letters inserted, dropped, replaced and swapped", "[plan]") {
  REQUIRE(edit_distance("kitten", "sitting") == 3);  // the textbook's example
  REQUIRE(edit_distance("", "abc") == 3);
  REQUIRE(edit_distance("clik_rate", "click_rate") == 1);
  REQUIRE(edit_distance("budegt", "budget") == 1);  // one swap
  REQUIRE(edit_distance("ca", "abc") == 3);         // optimal string alignment, not Damerau's 2
  REQUIRE(edit_distance("same", "same") == 0);
}

TEST_CASE("the nearest word is near or there is none", "[plan]") {
  const std::vector<std::string> known{"price", "click_rate", "price_slope"};
  REQUIRE(nearest_word("prize", known) == "price");
  REQUIRE(nearest_word("click_rates", known) == "click_rate");
  REQUIRE(nearest_word("pcire_slope", known) == "price_slope");
  REQUIRE(nearest_word("zebra", known).empty());
  REQUIRE(nearest_word("", known).empty());
}

}  // namespace flywheel::test
