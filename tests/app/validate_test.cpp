#include "app/validate.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/called_program.hpp"
#include "core/error_text.hpp"
#include "plan/read_plan.hpp"
#include "report/figure_text.hpp"
#include "scenario/expected_clicks.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

const std::filesystem::path source{FLYWHEEL_SOURCE_DIR};
const std::string starter = (source / "configs" / "starter.toml").string();
const std::string campaign = (source / "configs" / "three_to_one.toml").string();

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("validate says what a plan means", "[app][validate]") {
  const Called called = call_program({"validate", starter});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(called.messages == starter + ": the plan can run\n");
  const std::string& page = called.results;
  REQUIRE(has(page, "spring sale: 60 days from 2027-03-01 to 2027-04-29"));
  // 31 of 60 days of 12,000 lie in March.
  const MediaVolume search = expect_media(*read_plan(starter).plan)[0];
  REQUIRE(has(page, fmt::format("search             12,000   4.14 cpc{:>13}{:>8}\n",
                                grouped(search.impressions), grouped(search.clicks))));
  REQUIRE(has(page, "search      6,200    5,800\n"));
  REQUIRE(has(page, "retargeting: about 3,000 USD besides\n"));
  // Given by the plan: 0.7 % to 1.5 %, median sqrt(.7 x 1.5) = 1.025 nearly.
  REQUIRE(has(page, "channel.social.click_rate"));
  REQUIRE(has(page, "3 given"));
}

TEST_CASE("no line of validate or parameters is wider than asked for", "[app][validate]") {
  const auto widest = [](const Called& called) {
    REQUIRE(called.code == ExitCode::done);
    std::size_t most = 0;
    std::istringstream lines{called.results};
    for (std::string line; std::getline(lines, line);) {
      most = std::max(most, count_characters(line));
    }
    return most;
  };
  for (const std::string& plan : {starter, campaign}) {
    REQUIRE(widest(call_program({"validate", plan})) <= 80);
    REQUIRE(widest(call_program({"validate", plan, "--width", "120"})) <= 120);
  }
  REQUIRE(widest(call_program({"parameters"})) <= 80);
  REQUIRE(widest(call_program({"parameters", "--width", "300"})) > 80);
}

TEST_CASE("warnings go to messages and into the JSON, and the plan can run", "[app][validate]") {
  const Called called = call_program({"validate", starter, "--set", "reputation.products=30"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(called.messages.starts_with("--set: warning: reputation.products = 30: "));
  REQUIRE(called.messages.ends_with("the plan can run\n"));
  const Called json =
      call_program({"validate", starter, "--set", "reputation.products=30", "--json"});
  REQUIRE(nlohmann::json::parse(json.results).at("warnings").size() == 1);
}

TEST_CASE("validate warns of a cap that leaves money unspent", "[app][validate]") {
  const std::vector<std::string> capped{"validate", starter,
                                        "--set",    "channel.social.budget=300000",
                                        "--set",    "channel.social.frequency_cap=2"};
  const Called called = call_program(capped);
  REQUIRE(called.code == ExitCode::done);
  const auto with = [](const std::vector<std::string>& settings) {
    return expect_media(*read_plan(starter, settings).plan);
  };
  const std::vector<MediaVolume> free = with({"channel.social.budget=300000"});
  const std::vector<MediaVolume> held =
      with({"channel.social.budget=300000", "channel.social.frequency_cap=2"});
  const std::size_t social = 1;
  REQUIRE(free[social].paid_share == 1.0);
  REQUIRE(held[social].paid_share < 0.9);
  REQUIRE(held[social].impressions ==
          Approx(held[social].paid_share * free[social].impressions).epsilon(1e-9));
  REQUIRE(called.messages.starts_with(fmt::format(
      "--set: warning: channel.social.frequency_cap = 2: in a rotation of 7 days serves {:.0f} % "
      "of what the budget buys; ",
      100.0 * held[social].paid_share)));
  // Twelve thousand are not enough for anybody to see it twenty times a week.
  const Called loose =
      call_program({"validate", starter, "--set", "channel.social.frequency_cap=20"});
  REQUIRE(loose.messages == starter + ": the plan can run\n");
}

TEST_CASE("validate prints the media plan's totals and its delimiter", "[app][validate]") {
  const Called called = call_program({"validate", campaign});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(has(called.results, "audience: 2,000,000 shoppers in 6 segments"));
  REQUIRE(has(called.results, "120,000"));
  REQUIRE(has(called.results, "three_to_one_media_plan.csv: 300 rows, delimiter comma\n"));
}

TEST_CASE("a refused plan prints its faults to messages and nothing to results",
          "[app][validate]") {
  const std::string bad = (source / "tests" / "plan" / "bad" / "negative_budget.toml").string();
  for (const char* page : {"--full", "--json"}) {
    const Called called = call_program({"validate", bad, page});
    REQUIRE(called.code == ExitCode::refused);
    REQUIRE(called.results.empty());
    REQUIRE(called.messages == fmt::format("{0}:8:10: channel.ads.budget = -6000: {1}"
                                           "{0}:14:10: retargeting.budget = \"-$5\": {1}",
                                           bad, "is out of range; allowed is 0 to 1e+12\n"));
  }
}

TEST_CASE("a plan that is not there is a failure of the file kind", "[app][validate]") {
  const Called called = call_program({"validate", "/no/such.toml"});
  REQUIRE(called.code == ExitCode::file);
  REQUIRE(called.messages == "/no/such.toml: cannot be opened: No such file or directory\n");
}

TEST_CASE("settings change what validate says, and can be wrong", "[app][validate]") {
  const Called changed = call_program(
      {"validate", starter, "--set", "channel.search.budget=6000", "--set", "campaign.name=trial"});
  REQUIRE(changed.code == ExitCode::done);
  REQUIRE(has(changed.results, "trial: 60 days"));
  REQUIRE(has(changed.results, "search      3,100    2,900\n"));
  const Called wrong = call_program({"validate", starter, "--set", "channel.search.budget=-1"});
  REQUIRE(wrong.code == ExitCode::refused);
  REQUIRE(wrong.messages ==
          "--set: channel.search.budget = -1: is out of range; allowed is 0 to 1e+12\n");
}

TEST_CASE("the JSON page holds the same figures", "[app][validate]") {
  const Called called = call_program({"validate", starter, "--json"});
  REQUIRE(called.code == ExitCode::done);
  const auto page = nlohmann::json::parse(called.results);
  REQUIRE(page.at("shoppers") == 500'000);
  REQUIRE(page.at("horizon_end") == "2027-11-25");  // 60 + 30 + 180 days, the last one included
  const auto& search = page.at("channels").at(0);
  REQUIRE(search.at("name") == "search");
  REQUIRE_THAT(search.at("clicks").get<double>(),
               Catch::Matchers::WithinRel(expect_media(*read_plan(starter).plan)[0].clicks, 1e-12));
  REQUIRE_THAT(search.at("budget_by_month").at("2027-03").get<double>(),
               Catch::Matchers::WithinRel(6'200.0, 1e-12));
  bool found = false;
  for (const auto& number : page.at("uncertain_numbers")) {
    if (number.at("key") != "channel.social.click_rate") continue;
    found = true;
    REQUIRE(number.at("basis") == "given");
    REQUIRE_THAT(number.at("q05").get<double>(), Catch::Matchers::WithinAbs(0.007, 1e-9));
    REQUIRE_THAT(number.at("q95").get<double>(), Catch::Matchers::WithinAbs(0.015, 1e-9));
  }
  REQUIRE(found);
}

TEST_CASE("the full page is a plan with every default", "[app][validate]") {
  const Called called = call_program({"validate", starter, "--full"});
  REQUIRE(called.code == ExitCode::done);
  REQUIRE(has(called.results, "budget = 12000  # given\n"));
  REQUIRE(has(called.results, "payment_fee = 0.024  # [S] ClearlyPayments"));
}

TEST_CASE("validate cuts no label of the shipped plans", "[app][validate]") {
  for (const std::string& plan : {starter, campaign}) {
    const Called called = call_program({"validate", plan});
    REQUIRE_FALSE(has(called.results, "..."));
    REQUIRE(has(called.results, "\n  impression_share_reference"));
  }
}

TEST_CASE("validate lists no number of a program that is off", "[app][validate]") {
  const Called off = call_program({"validate", campaign, "--set", "loyalty.enabled=false"});
  REQUIRE_FALSE(has(off.results, "customer_ads."));
  REQUIRE_FALSE(has(off.results, "loyalty."));
  REQUIRE(has(off.results, "subscription."));
  const auto count = [](const Called& called) {
    return nlohmann::json::parse(called.results)["uncertain_numbers"].size();
  };
  // Three numbers of loyalty are uncertain by default.
  REQUIRE(
      count(call_program({"validate", campaign, "--json"})) ==
      3 + count(call_program({"validate", campaign, "--json", "--set", "loyalty.enabled=false"})));
}

}  // namespace flywheel::test
