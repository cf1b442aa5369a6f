#include "report/wheel_section.hpp"

#include <algorithm>
#include <string>

#include "report/run_summary.hpp"
#include "report/turn_rows.hpp"
#include "study/synthetic_run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

bool holds(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

BreakdownSummary& breakdown(RunSummary& run, const std::string& name) {
  return *std::ranges::find(run.breakdowns, name, &BreakdownSummary::name);
}

ColumnSummary& column(RunSummary& run, const std::string& name) {
  return *std::ranges::find(run.columns, name, &ColumnSummary::name);
}

/// Loops that change nothing in a future of four rotations, on days 0, 2, 3 and 4 of 5.
RunSummary still_run() {
  RunSummary run = read_run_summary(synthetic_result());
  for (BreakdownSummary& one : run.breakdowns) {
    if (one.dimension == "rotation") std::ranges::fill(one.means, one.means.front());
    if (one.dimension == "channel") std::ranges::fill(one.means, 1.0);
  }
  column(run, "page_tests").mean = 0.0;
  return run;
}

}  // namespace

TEST_CASE("turns for a table are evenly spread, with the first and the last", "[report][summary]") {
  CHECK(turn_rows(0).empty());
  CHECK(turn_rows(1) == std::vector<std::size_t>{0});
  CHECK(turn_rows(3) == std::vector<std::size_t>{0, 1, 2});
  CHECK(turn_rows(10, 4) == std::vector<std::size_t>{0, 3, 6, 9});
}

TEST_CASE("a mean stands beside its Monte Carlo error", "[report][summary]") {
  RunSummary run = still_run();
  BreakdownSummary& rating = breakdown(run, "rating");
  rating.means[1] = 4.25;
  rating.mean_errors[1] = 0.0125;
  CHECK(mean_text(rating, 1, FigureKind::ratio) == "4.25 ±0.013");
  rating.means[1] = std::nan("");
  CHECK(mean_text(rating, 1, FigureKind::ratio) == "-");
}

TEST_CASE("the customers' life is told with what it costs", "[report][summary]") {
  RunSummary run = still_run();
  breakdown(run, "friends_by_rotation").means = {1, 2, 3, 4};
  breakdown(run, "friends_by_rotation").mean_errors = {11, 12, 13, 14};
  breakdown(run, "rewards_by_rotation").means.assign(4, 0.0);
  const std::string page = wheel_section(run, {.width = 120});
  CHECK(holds(page, "friends"));
  CHECK(holds(page, "±13"));
  CHECK(holds(page, "discounts"));
  CHECK_FALSE(holds(page, "rewards\n"));
  CHECK(holds(page, "friends: who came by them"));
  CHECK_FALSE(holds(page, "to referrers"));
  CHECK(holds(page, "Money in USD"));
}

TEST_CASE("only what a loop moves has a column, and loops that turn are named",
          "[report][summary]") {
  RunSummary run = still_run();
  CHECK(holds(wheel_section(run, {.width = 120}), "Loops that are on: reputation, referral."));
  CHECK_FALSE(holds(wheel_section(run, {.width = 120}), "begin of the rotation"));
  CHECK_FALSE(holds(wheel_section(run, {.width = 120}), "conversion"));
  breakdown(run, "conversion_effect").means = {0.0, 0.01, 0.02, 0.03};
  breakdown(run, "conversion_effect").mean_errors = {0.0, 0.001, 0.002, 0.003};
  const std::string page = wheel_section(run, {.width = 120});
  CHECK(holds(page, "day  conversion\n"));
  CHECK(holds(page, "2.00 %\n"));
  CHECK(holds(page, "±0.2 %\n"));
  breakdown(run, "sharpness_by_channel").means = {1.0, 1.25, 1.0};
  breakdown(run, "sharpness_by_channel").mean_errors = {0.0, 0.015, 0.0};
  CHECK(holds(wheel_section(run, {.width = 400}), "first day: more ads 1.25 ±0.015."));
  run.loops.clear();
  CHECK_FALSE(holds(wheel_section(run, {.width = 120}), "what the loops change"));
}

TEST_CASE("a marketplace has a table of its own", "[report][summary]") {
  RunSummary run = still_run();
  CHECK_FALSE(holds(wheel_section(run, {.width = 120}), "the marketplace"));
  breakdown(run, "availability").means = {1.0, 0.9, 0.8, 0.7};
  breakdown(run, "availability").mean_errors = {0.0, 0.01, 0.02, 0.03};
  const std::string page = wheel_section(run, {.width = 120});
  CHECK(holds(page, "Turn by turn: the marketplace\nday  in stock\n"));
  CHECK(holds(page, "0.80\n"));
  CHECK(holds(page, "±0.020\n"));
  // The last rotation is not whole, but counts.
  CHECK(holds(page, "Goods were scarcest from day 4 on: in stock 0.70 ±0.030."));
  CHECK_FALSE(holds(page, "sellers"));
}

TEST_CASE("a table that leaves rotations out says so", "[report][summary]") {
  CHECK(rows_sentence(8, 8).empty());
  CHECK(rows_sentence(39, 8) == " Shown are 8 of 39 rotations.");
}

TEST_CASE("page tests are told with the winners' luck", "[report][summary]") {
  RunSummary run = still_run();
  const PageStyle style{.width = 400};
  CHECK_FALSE(holds(wheel_section(run, style), "Tests of pages"));
  const auto put = [&](const char* name, double mean, double error) {
    column(run, name).mean = mean;
    column(run, name).mean_error = error;
  };
  put("page_tests", 38.0, 0.0);
  put("page_test_wins", 1.5, 0.25);
  put("page_test_false_wins", 0.5, 0.125);
  put("page_test_observed_lift", 0.25, 0.03);
  put("page_test_true_lift", 0.04, 0.01);
  const std::string page = wheel_section(run, style);
  CHECK(
      holds(page, "Tests of pages\nIn a future 38.0 ±0 ended and 1.50 ±0.250 were won (3.95 %; "));
  CHECK(holds(page,
              "of these 0.500 ±0.125 falsely. Winners were measured to lift conversion by 25.0 % "
              "±3 % and truly do by 4.00 % ±1 %: who wins was lucky, too."));
  put("page_test_true_lift", 0.4, 0.01);
  CHECK(holds(wheel_section(run, style), "truly do by 40.0 % ±1 %."));
  column(run, "page_test_true_lift").count = 1.0;
  CHECK_FALSE(holds(wheel_section(run, style), "Winners"));
}

}  // namespace flywheel::test
