#include "plan/plan_warnings.hpp"

#include "plan/read_plan.hpp"
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

TEST_CASE("a budget far beyond what so few people can see is asked about", "[plan][warnings]") {
  const auto warnings = [](const std::string& size, const std::string& channel) {
    const PlanReading reading = read_plan_text(
        "[campaign]\nname = \"p\"\nstart = 2027-03-01\nflight_days = 20\n[segment.a]\nsize = " +
            size + "\n" + channel,
        {.name = "p"});
    std::string lines;
    for (const Fault& one : reading.warnings) lines += to_line(one) + '\n';
    return lines;
  };
  const std::string cpm = "[channel.social]\nprice = 10\nbudget = 3000\n";
  // 3,000 / 10 * 1,000 = 300,000 impressions: 50 a day for 300 people in 20 days.
  CHECK(warnings("300", cpm).empty());
  CHECK(warnings("100", cpm) ==
        "p:9:10: warning: channel.social.budget = 3000: 3000 at a price of 10 cpm buy 150 "
        "impressions a day for each of 100 shoppers; audiences are said to tire at 3 in all, and a "
        "future may take minutes: raise size in [segment.NAME], or lower the budget\n");
  // 3,000 / 2 = 1,500 clicks of 1 %: 150,000 impressions.
  const std::string cpc = "[channel.search]\nprice = 2\nclick_rate = 0.01\nbudget = 3000\n";
  CHECK(warnings("150", cpc).empty());
  CHECK_FALSE(warnings("149", cpc).empty());
}

TEST_CASE("a reference budget far from the plan's own is told", "[plan][warnings]") {
  const auto warnings = [](const std::string& channel) {
    const PlanReading reading = read_plan_text(
        "[campaign]\nname = \"p\"\nstart = 2027-03-01\nflight_days = 20\n[segment.a]\nsize = "
        "100000\n[channel.social]\nbudget = 3000\n" +
            channel,
        {.name = "p"});
    std::string lines;
    for (const Fault& one : reading.warnings) lines += to_line(one) + '\n';
    return lines;
  };
  CHECK(warnings("").empty());
  CHECK(warnings("reference_daily_budget = 300\n").empty());  // 150 on average
  CHECK(warnings("reference_daily_budget = 75\n").empty());
  CHECK(warnings("reference_daily_budget = 301\n") ==
        "p:9:26: warning: channel.social.reference_daily_budget = 301: the price and the rates of "
        "clicks and orders hold for days with 301, and the plan's have 150 on average: what is "
        "played differs from click_rate and conversion_rate as so much more or less money makes "
        "it\n");
  CHECK(warnings("reference_daily_budget = 74\n").find("days with 74") != std::string::npos);
}

TEST_CASE("a floor of prices above what the plan sells at is asked about", "[plan][warnings]") {
  const auto warnings = [](const std::string& least) {
    const PlanReading reading = read_plan_text(
        "[campaign]\nname = \"p\"\nstart = 2027-03-01\n[segment.a]\nsize = 1000\n"
        "[channel.search]\nbudget = 10\n[loops]\nmarketplace = true\n"
        "[money]\ngross_margin = 0.5\n[marketplace]\nleast_margin = " +
            least + "\n",
        {.name = "p"});
    std::string lines;
    for (const Fault& one : reading.warnings) lines += to_line(one) + '\n';
    return lines;
  };
  CHECK(warnings("0.5").empty());
  // (1 - .5) / (1 - .75) = 2.
  CHECK(warnings("0.75").find("marketplace.least_margin: above money.gross_margin (at the medians "
                              "0.75 and 0.5): prices begin 100 % higher than the plan sells at") !=
        std::string::npos);
}

}  // namespace flywheel::test
