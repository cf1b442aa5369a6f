#include "momentum/page_tests.hpp"

#include <cmath>
#include <vector>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr PageTestTraits two_weeks{
    .enabled = true, .ideas_per_rotation = 2, .run_rotations = 2, .critical_value = 1.96};

TestHalves halves(std::int64_t orders_without, std::int64_t orders_with) {
  return {.without = {1'000, orders_without}, .with = {1'000, orders_with}};
}

}  // namespace

TEST_CASE("a test's statistic is that of two proportions", "[momentum][page_tests]") {
  // p = .06, sqrt(.06 .94 / 500) = .0106207; (.07 - .05) over it.
  REQUIRE(std::abs(test_statistic(halves(50, 70)) - 0.02 / std::sqrt(0.06 * 0.94 / 500.0)) < 1e-12);
  REQUIRE(test_statistic(halves(70, 50)) == -test_statistic(halves(50, 70)));
  // p = 105 / 1,500 = .07 in halves of different size.
  REQUIRE(std::abs(test_statistic({.without = {500, 25}, .with = {1'000, 80}}) -
                   0.03 / std::sqrt(0.07 * 0.93 * (1.0 / 500.0 + 1.0 / 1'000.0))) < 1e-12);
  REQUIRE(test_statistic({.without = {0, 0}, .with = {100, 50}}) == 0.0);
  REQUIRE(test_statistic({.without = {100, 50}, .with = {0, 0}}) == 0.0);
  REQUIRE(test_statistic({}) == 0.0);
  REQUIRE(test_statistic(halves(0, 0)) == 0.0);
  REQUIRE(test_statistic(halves(1'000, 1'000)) == 0.0);
}

TEST_CASE("tests run their time, and ideas of the winners stay", "[momentum][page_tests]") {
  PageTests tests;
  tests.ideas = {{0.04, false}, {-0.01, true}, {0.02, true}};
  tests = begin_tests(two_weeks, tests);
  REQUIRE(tests.running == std::vector<int>{0, 1});
  const std::vector<TestHalves> observed{halves(50, 90), halves(50, 80), halves(50, 90)};
  tests = judge_tests(two_weeks, tests, observed, 0);
  REQUIRE(tests.score.finished == 0.0);
  tests = begin_tests(two_weeks, tests);
  REQUIRE(tests.running == std::vector<int>{0, 1, 2});  // no fourth idea
  tests = judge_tests(two_weeks, tests, observed, 1);
  REQUIRE(tests.running == std::vector<int>{2});
  REQUIRE(tests.score.finished == 2.0);
  REQUIRE(tests.score.won == 2.0);
  REQUIRE(tests.score.falsely_won == 1.0);
  REQUIRE(tests.page_effect == 0.04);
  REQUIRE(tests.checkout_effect == -0.01);
  // Measured: 90/50 - 1 and 80/50 - 1; truly e^.04 - 1 and e^-.01 - 1.
  REQUIRE(std::abs(tests.score.observed_lift - 1.4) < 1e-12);
  REQUIRE(tests.score.lifts_observed == 2.0);
  REQUIRE(std::abs(tests.score.true_lift - (std::exp(0.04) + std::exp(-0.01) - 2.0)) < 1e-12);
  tests = judge_tests(two_weeks, tests, observed, 2);
  REQUIRE(tests.score.won == 3.0);
  REQUIRE(tests.running.empty());
}

TEST_CASE("an idea whose half does not order more is dropped", "[momentum][page_tests]") {
  PageTests tests;
  tests.ideas = {{0.5, false}, {0.4, true}};
  tests = begin_tests(two_weeks, tests);
  tests = judge_tests(two_weeks, tests, {halves(60, 61), halves(90, 50)}, 1);
  REQUIRE(tests.score.finished == 2.0);
  REQUIRE(tests.score.won == 0.0);
  REQUIRE(tests.page_effect == 0.0);
  REQUIRE(tests.checkout_effect == 0.0);
}

TEST_CASE("a test whose other half never ordered has no lift to tell", "[momentum][page_tests]") {
  PageTests tests;
  tests.ideas = {{0.5, false}, {-0.5, false}};
  tests = begin_tests(two_weeks, tests);
  // p = .025, sqrt(.025 .975 / 500) = .00698: Z = .05 / .00698 = 7.2.
  tests = judge_tests(two_weeks, tests, {halves(0, 50), halves(50, 80)}, 1);
  REQUIRE(tests.score.won == 2.0);
  REQUIRE(tests.score.lifts_observed == 1.0);
  REQUIRE(std::abs(tests.score.observed_lift - 0.6) < 1e-12);
  REQUIRE(std::abs(tests.score.true_lift - (std::exp(0.5) + std::exp(-0.5) - 2.0)) < 1e-12);
}

TEST_CASE("to win without being any better is to win falsely", "[momentum][page_tests]") {
  PageTests tests;
  tests.ideas = {{0.0, true}, {1e-9, true}};
  tests = begin_tests(two_weeks, tests);
  tests = judge_tests(two_weeks, tests, {halves(50, 90), halves(50, 90)}, 1);
  REQUIRE(tests.score.won == 2.0);
  REQUIRE(tests.score.falsely_won == 1.0);
}

TEST_CASE("an idea that was never counted is not won", "[momentum][page_tests]") {
  PageTests tests;
  tests.ideas = {{0.5, false}};
  tests = begin_tests(two_weeks, tests);
  tests = judge_tests(two_weeks, tests, {}, 1);
  REQUIRE(tests.score.finished == 1.0);
  REQUIRE(tests.score.won == 0.0);
}

}  // namespace flywheel::test
