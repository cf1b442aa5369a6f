#include "plan/plan_warnings.hpp"

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("a name is taken for another within two letters, one in short names",
          "[plan][warnings]") {
  const std::vector<std::string> known{"abandoned_cart", "search", "cart", "video"};
  REQUIRE(meant_name("abandoned_crat", known) == "abandoned_cart");  // swapped
  REQUIRE(meant_name("abandond_crt", known) == "abandoned_cart");    // two dropped
  REQUIRE(meant_name("abandnd_crt", known).empty());                 // three dropped
  REQUIRE(meant_name("serch", known) == "search");
  REQUIRE(meant_name("crat", known) == "cart");
  REQUIRE(meant_name("cost", known).empty());  // two replaced, in four letters
  REQUIRE(meant_name("search", known).empty());
}

TEST_CASE("short names are taken for each other only where two letters are swapped",
          "[plan][warnings]") {
  REQUIRE(meant_name("sem", {"seo"}).empty());
  REQUIRE(meant_name("b", {"a"}).empty());
  REQUIRE(meant_name("tx", {"tv"}).empty());
  REQUIRE(meant_name("beta", {"meta"}).empty());
  REQUIRE(meant_name("ctv", {"tv"}).empty());
  REQUIRE(meant_name("metal", {"meta"}).empty());  // five letters, but beside four
  REQUIRE(meant_name("met", {"meta"}).empty());
  REQUIRE(meant_name("meat", {"beta", "meta"}) == "meta");
  REQUIRE(meant_name("emial", {"email"}) == "email");
  REQUIRE(meant_name("emall", {"email"}) == "email");  // replaced, in five letters
}

TEST_CASE("members of a series are not taken for each other", "[plan][warnings]") {
  REQUIRE(meant_name("video_2", {"video"}).empty());
  REQUIRE(meant_name("video_b", {"video_a"}).empty());
  REQUIRE(meant_name("search2", {"search1", "search"}).empty());
  REQUIRE(meant_name("social us", {"social uk"}).empty());
  REQUIRE(meant_name("viedo_2", {"video_1", "video_2"}) == "video_2");
}

}  // namespace flywheel::test
