#include "study/summary_group.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/importance.hpp"
#include "study/run_image.hpp"
#include "study/sensitivity_group.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

using Catch::Matchers::WithinAbs;

double scalar(const Result& result, const std::string& name) {
  return result.doubles("/summary/" + name).at(0);
}

std::size_t column_index(const Result& result, const std::string& name) {
  const std::vector<std::string> names = result.texts("/summary/column");
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

TEST_CASE("the summary counts futures that reach the target, lose and pay back",
          "[study][summary]") {
  const Result result = synthetic_result();
  CHECK(scalar(result, "replications") == 200);
  CHECK(scalar(result, "replications_failed") == 1);
  // r = 100 ... 199 reach 3; of the 199 that did not fail.
  CHECK_THAT(scalar(result, "probability_of_target"), WithinAbs(100.0 / 199.0, 1e-12));
  // Contribution 10 r - 1,000 is below zero for r = 0 ... 99 without 7.
  CHECK_THAT(scalar(result, "probability_of_loss"), WithinAbs(99.0 / 199.0, 1e-12));
  // Payback for r = 0 ... 149 without 7.
  CHECK_THAT(scalar(result, "payback_probability"), WithinAbs(149.0 / 199.0, 1e-12));
  CHECK(scalar(result, "target_roas") == 3.0);
}

TEST_CASE("value at risk and expected shortfall follow their definitions", "[study][summary]") {
  const Result result = synthetic_result();
  // ceil(199 * 0.05) = 10th smallest contribution: r = 0 ... 6, 8, 9, 10.
  CHECK_THAT(scalar(result, "value_at_risk"), WithinAbs(891.0, 1e-9));
  // (1000 + 990 + ... + 940 + 920 + 910 + 0.95 * 900) / 9.95
  CHECK_THAT(scalar(result, "expected_shortfall"), WithinAbs((8'620.0 + 855.0) / 9.95, 1e-9));
  CHECK(scalar(result, "value_at_risk_low") <= 900.0);
  CHECK(scalar(result, "value_at_risk_high") >= 900.0);
}

TEST_CASE("the risk of the campaign is that of the cohort's contribution", "[study][summary]") {
  const Result result = synthetic_result();
  // Cohort contribution 20 r - 500 is below zero for r = 0 ... 24 without 7.
  CHECK_THAT(scalar(result, "cohort_probability_of_loss"), WithinAbs(24.0 / 199.0, 1e-12));
  // The 10th smallest is r = 10: 500 - 200.
  CHECK_THAT(scalar(result, "cohort_value_at_risk"), WithinAbs(282.0, 1e-9));
  // (500 + 480 + ... + 380 + 340 + 320 + 0.95 * 300) / 9.95
  CHECK_THAT(scalar(result, "cohort_expected_shortfall"),
             WithinAbs((3'740.0 + 285.0) / 9.95, 1e-9));
  CHECK(scalar(result, "cohort_value_at_risk_low") < 300.0);
  CHECK(scalar(result, "cohort_value_at_risk_high") > 300.0);
  CHECK(scalar(result, "cohort_expected_shortfall_error") > 0.0);
}

TEST_CASE("the target is also met gross, and break-even future by future", "[study][summary]") {
  const Result result = synthetic_result();
  // 2.5 + r / 100 reaches 3 from r = 50 on.
  CHECK_THAT(scalar(result, "probability_of_target_gross"), WithinAbs(150.0 / 199.0, 1e-12));
  // 2 + r / 100 reaches 4.5 - r / 100 from r = 125 on; below r = 20 no ROAS would pay.
  CHECK_THAT(scalar(result, "probability_of_break_even"), WithinAbs(75.0 / 199.0, 1e-12));
  CHECK(scalar(result, "probability_of_break_even_low") < 75.0 / 199.0);
  CHECK(scalar(result, "probability_of_break_even_high") > 75.0 / 199.0);
}

TEST_CASE("gross target and break-even are over the futures with media", "[study][summary]") {
  const Result fewer = synthetic_result_without_media_from(150);
  CHECK_THAT(scalar(fewer, "probability_of_target_gross"), WithinAbs(100.0 / 149.0, 1e-12));
  CHECK_THAT(scalar(fewer, "probability_of_break_even"), WithinAbs(25.0 / 149.0, 1e-12));
}

TEST_CASE("the target is an edge of the histogram wherever it lies", "[study][summary]") {
  RunDescription run = synthetic_description();
  run.target_roas = 2.875;  // 2 + r / 100 reaches it from r = 88 on
  OutcomeTable table{synthetic_shape()};
  const Result result = read_image(run_image(synthetic_plan(), run, fill(table)), "synthetic");
  const std::vector<double> edges = result.doubles("/summary/bin");
  const std::vector<double> counts = result.doubles("/summary/histogram");
  REQUIRE(std::ranges::count(edges, 2.875) == 1);
  double above = 0;
  for (std::size_t bin = 0; bin < edges.size(); ++bin)
    above += edges[bin] >= 2.875 ? counts[bin] : 0;
  CHECK(above == 112);
  CHECK_THAT(scalar(result, "probability_of_target"), WithinAbs(112.0 / 199.0, 1e-12));
}

TEST_CASE("quantiles leave failed replications out", "[study][summary]") {
  const Result result = synthetic_result();
  const std::size_t column = column_index(result, "cohort_roas_180");
  const std::vector<double> quantiles = result.doubles("/summary/quantile");
  const std::size_t shares = result.doubles("/summary/share").size();
  // The middle one of the 199 is r = 100: 100 values lie below 200 without 7.
  CHECK_THAT(quantiles[column * shares + 4], WithinAbs(3.0, 1e-12));
  // Type 7 at 5 %: 198 * 0.05 = 9.9, between r = 10 and r = 11.
  CHECK_THAT(quantiles[column * shares + 1], WithinAbs(2.109, 1e-12));
  CHECK(result.doubles("/summary/count")[column] == 199);
  // Mean of 0 ... 199 without 7: (19,900 - 7) / 199 = 99.9648...
  CHECK_THAT(result.doubles("/summary/mean")[column],
             WithinAbs(2.0 + 19'893.0 / 199.0 / 100.0, 1e-12));
}

TEST_CASE("payback quantiles are over all futures, and missing beyond the horizon",
          "[study][summary]") {
  const Result result = synthetic_result();
  const std::vector<double> days = result.doubles("/summary/payback_day_quantile");
  // Type 1 at 50 %: rank 100 of 199, which is r = 100; at 75 %: rank 150 exceeds the 149 that pay.
  CHECK(days[4] == 100.0);
  CHECK(std::isnan(days[5]));
  const std::size_t column = column_index(result, "payback_day");
  CHECK(result.doubles("/summary/count")[column] == 149);
}

TEST_CASE("breakdowns have means and quantiles for each label", "[study][summary]") {
  const Result result = synthetic_result();
  REQUIRE(result.dimensions("/summary/spend_by_channel_quantile") ==
          std::vector<std::string>{"channel", "share"});
  REQUIRE(result.texts("/summary/channel") ==
          std::vector<std::string>{"ads", "more ads", "retargeting"});
  const std::vector<double> means = result.doubles("/summary/spend_by_channel_mean");
  const double mean = 100.0 + 19'893.0 / 199.0;
  CHECK_THAT(means[0], WithinAbs(mean, 1e-9));
  CHECK_THAT(means[2], WithinAbs(3.0 * mean, 1e-9));
  const std::vector<double> quantiles = result.doubles("/summary/spend_by_channel_quantile");
  CHECK_THAT(quantiles[9 + 4], WithinAbs(2.0 * 200.0, 1e-9));  // "more ads", median
  CHECK(result.shape("/summary/clicks_by_channel_segment_quantile") ==
        std::vector<std::size_t>{3, 2, 9});
}

TEST_CASE("the histogram holds every future that did not fail", "[study][summary]") {
  const Result result = synthetic_result();
  double sum = 0;
  for (const double count : result.doubles("/summary/histogram")) sum += count;
  CHECK(sum == 199);
  CHECK(result.doubles("/summary/bin").front() <= 2.0);
}

TEST_CASE("fans are quantiles of the paths day by day", "[study][summary]") {
  const Result result = synthetic_result();
  const std::vector<double> fan = result.doubles("/summary/calendar_roas_fan");
  REQUIRE(result.shape("/summary/calendar_roas_fan") == std::vector<std::size_t>{9, 5});
  CHECK_THAT(fan[4 * 5 + 0], WithinAbs(100.0, 1e-5));  // median over r
  CHECK_THAT(fan[4 * 5 + 3], WithinAbs(103.0, 1e-5));
  CHECK_THAT(result.doubles("/summary/cash_fan")[4 * 5 + 3], WithinAbs(70.0, 1e-5));
}

TEST_CASE("futures without media are left out of ROAS and payback, and of nothing else",
          "[study][summary]") {
  const Result result = synthetic_result_without_media_from(150);
  CHECK(scalar(result, "replications_failed") == 1);
  CHECK(scalar(result, "replications_without_media") == 50);
  // r = 0 ... 149 without 7 have a ROAS; r = 100 ... 149 of these reach 3, and all pay back.
  CHECK_THAT(scalar(result, "probability_of_target"), WithinAbs(50.0 / 149.0, 1e-12));
  CHECK(scalar(result, "payback_probability") == 1.0);
  CHECK(result.doubles("/summary/payback_day_quantile")[4] == 75.0);  // rank 75 of 149: r = 75
  CHECK(result.doubles("/summary/count")[column_index(result, "cohort_roas_180")] == 149);
  // Money is money: as without the change.
  CHECK_THAT(scalar(result, "probability_of_loss"), WithinAbs(99.0 / 199.0, 1e-12));
  CHECK_THAT(scalar(result, "value_at_risk"), WithinAbs(891.0, 1e-9));
  CHECK(result.doubles("/summary/count")[column_index(result, "contribution")] == 199);
  double futures = 0;
  for (const double count : result.doubles("/summary/histogram")) futures += count;
  CHECK(futures == 149);
  CHECK(result.doubles("/sensitivity/variance_share")[0] > 0.98);
}

TEST_CASE("without media in any future there is no figure of ROAS at all", "[study][summary]") {
  const Result result = synthetic_result_without_media_from(0);
  CHECK(scalar(result, "replications_without_media") == 199);
  for (const char* name :
       {"probability_of_target", "probability_of_target_low", "probability_of_target_gross",
        "probability_of_break_even", "payback_probability", "payback_probability_error"}) {
    CHECK(std::isnan(scalar(result, name)));
  }
  CHECK_FALSE(result.has("/summary/histogram"));
  CHECK_FALSE(result.has("/sensitivity/variance_share"));
  CHECK_THAT(scalar(result, "value_at_risk"), WithinAbs(891.0, 1e-9));
}

TEST_CASE("sensitivity tells the number that matters from the one that does not",
          "[study][sensitivity]") {
  const Result result = synthetic_result();
  REQUIRE(result.texts("/sensitivity/parameter") ==
          std::vector<std::string>{"channel.more ads.click_rate", "money.gross_margin"});
  const std::vector<double> shares = result.doubles("/sensitivity/variance_share");
  CHECK(shares[0] > 0.98);
  CHECK(std::abs(shares[1]) < 0.3);
  CHECK(result.integers("/sensitivity/basis") == std::vector<std::int64_t>{0, 3});
}

TEST_CASE("a number that stands still explains nothing", "[study][sensitivity]") {
  const auto sensitivity = [](std::size_t frozen_numbers) {
    OutcomeTable table{synthetic_shape()};
    for (std::size_t row = 0; row < synthetic_rows; ++row) {
      Outcome outcome = synthetic_outcome(row);
      std::fill_n(outcome.parameters.begin(), frozen_numbers, 0.5);
      table.take(std::move(outcome));
    }
    return sensitivity_group(synthetic_description(), table);
  };
  REQUIRE(sensitivity(0)->dimensions[0].size() == 2);
  REQUIRE(sensitivity(1)->dimensions[0].size() == 1);
  REQUIRE_FALSE(sensitivity(2).has_value());
}

TEST_CASE("an idle number has no part in the sensitivity", "[study][sensitivity]") {
  OutcomeTable table{synthetic_shape()};
  RunDescription run = synthetic_description();
  run.parameters[1].idle = true;
  const auto group = sensitivity_group(run, fill(table));
  REQUIRE(std::get<std::vector<std::string>>(group->dimensions[0].coordinates) ==
          std::vector<std::string>{"channel.more ads.click_rate"});
}

TEST_CASE("the file says which shares may be chance", "[study][sensitivity]") {
  const Result result = synthetic_result();
  // 199 futures and two numbers.
  CHECK(result.doubles("/sensitivity/share_by_chance")[0] == largest_idle_share(199, 2));
  CHECK(result.doubles("/sensitivity/replications_for_a_tenth")[0] ==
        static_cast<double>(rows_to_tell(0.1, 2)));
}

}  // namespace
}  // namespace flywheel::test
