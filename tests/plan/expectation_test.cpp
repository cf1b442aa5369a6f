#include "plan/expectation.hpp"

#include "plan/sample_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

using Catch::Matchers::WithinRel;

TEST_CASE("what a budget buys follows from the medians of price and click rate", "[plan]") {
  // CPM: 6,000 at 12 per thousand is 500,000 impressions, at 1 % 5,000 clicks.
  const auto cpm = expect_channels(*read_sample().plan).at(0);
  REQUIRE_THAT(cpm.impressions, WithinRel(500'000.0, 1e-12));
  REQUIRE_THAT(cpm.clicks, WithinRel(5'000.0, 1e-12));
  // CPC: 6,000 at 12 a click is 500 clicks, at 1 % 50,000 impressions.
  const auto cpc = expect_channels(*read_sample({"channel.ads.pricing=cpc"}).plan).at(0);
  REQUIRE_THAT(cpc.clicks, WithinRel(500.0, 1e-12));
  REQUIRE_THAT(cpc.impressions, WithinRel(50'000.0, 1e-12));
}

TEST_CASE("a budget is split by the months of the flight", "[plan]") {
  // 60 days from 1 March: 31 in March, 29 in April, at 100 a day.
  const auto expected = expect_channels(*read_sample().plan).at(0);
  REQUIRE(expected.months.size() == 2);
  REQUIRE(expected.months[0].first == "2027-03");
  REQUIRE_THAT(expected.months[0].second, WithinRel(3'100.0, 1e-12));
  REQUIRE(expected.months[1].first == "2027-04");
  REQUIRE_THAT(expected.months[1].second, WithinRel(2'900.0, 1e-12));
  REQUIRE_THAT(expected.budget, WithinRel(6'000.0, 1e-12));
}

TEST_CASE("the medians tell how many others a customer brings, and are warned of near one",
          "[plan]") {
  std::vector<std::string> settings{"referral.enabled=true", "referral.share_rate=0.25",
                                    "referral.clicks_per_share=2.6",
                                    "referral.conversion_rate=0.2"};
  const auto reading = read_sample(settings);
  REQUIRE_THAT(expect_reproduction_number(*reading.plan), WithinRel(0.13, 1e-12));
  REQUIRE(reading.warnings.empty());
  settings.emplace_back("referral.law=fixed");  // three
  REQUIRE_THAT(expect_reproduction_number(*read_sample(settings).plan), WithinRel(0.15, 1e-12));
  settings.front() = "referral.enabled=false";
  REQUIRE(expect_reproduction_number(*read_sample(settings).plan) == 0.0);
  const auto endless = read_sample({"referral.enabled=true", "referral.share_rate=0.5",
                                    "referral.clicks_per_share=9", "referral.conversion_rate=0.2"});
  REQUIRE(endless.warnings.size() == 1);
  REQUIRE(endless.warnings[0].key == "referral");
  REQUIRE(endless.warnings[0].message.find("0.90 others") != std::string::npos);
}

TEST_CASE("a channel without money on some days keeps its months apart", "[plan]") {
  const auto expected = expect_channels(*read_sample({"channel.ads.pacing=bursts"}).plan).at(0);
  REQUIRE(expected.months.size() == 2);
}

}  // namespace flywheel::test
