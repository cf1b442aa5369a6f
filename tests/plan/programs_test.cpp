#include <cmath>

#include "plan/sample_plan.hpp"
#include "plan/write_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

PlanReading read_with(const std::string& sections, const std::vector<std::string>& settings = {}) {
  const std::string plain =
      "[campaign]\nstart = 2027-03-01\n[segment.all]\nsize = 1000\n"
      "[channel.social]\nbudget = 100\n";
  return read_plan_text(plain + sections, {.name = "plan"}, settings);
}

}  // namespace

TEST_CASE("a plan that says nothing of a program does without it", "[plan][programs]") {
  const PlanReading reading = read_with("");
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->retargeting.enabled == 0);
  REQUIRE(reading.plan->subscription.enabled == 0);
  REQUIRE(reading.plan->loyalty.enabled == 0);
  REQUIRE(reading.plan->customer_ads.enabled == 0);
  REQUIRE(reading.plan->referral.enabled == 0);
}

TEST_CASE("a program is on where its section is, empty or not", "[plan][programs]") {
  const PlanReading reading = read_with(
      "[retargeting]\nbudget = 5\n[subscription]\n[loyalty]\n[referral]\n[customer_ads]\n");
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->retargeting.enabled == 1);
  REQUIRE(reading.plan->subscription.enabled == 1);
  REQUIRE(reading.plan->loyalty.enabled == 1);
  REQUIRE(reading.plan->customer_ads.enabled == 1);
  REQUIRE(reading.plan->referral.enabled == 1);
  const PlanReading set = read_with("", {"loyalty.points_share=0.01"});
  REQUIRE(set.plan);
  REQUIRE(set.plan->loyalty.enabled == 1);
}

TEST_CASE("a section may keep its program off", "[plan][programs]") {
  const PlanReading reading =
      read_with("[retargeting]\nenabled = false\n[loyalty]\nenabled = false\n");
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  REQUIRE(reading.plan->retargeting.enabled == 0);
  REQUIRE(reading.plan->loyalty.enabled == 0);
}

TEST_CASE("a plan written in full has the programs that it had", "[plan][programs]") {
  for (const char* sections : {"", "[retargeting]\nbudget = \"unlimited\"\n[subscription]\n"}) {
    const PlanReading reading = read_with(sections);
    REQUIRE(reading.plan);
    const std::string text = write_plan(*reading.plan, reading.given);
    const PlanReading again = read_plan_text(text, {.name = "full"});
    INFO(text << fault_lines(again));
    REQUIRE(again.plan);
    REQUIRE(again.plan->retargeting.enabled == reading.plan->retargeting.enabled);
    REQUIRE(again.plan->retargeting.budget == reading.plan->retargeting.budget);
    REQUIRE(again.plan->subscription.enabled == reading.plan->subscription.enabled);
    REQUIRE(again.plan->loyalty.enabled == 0);
    REQUIRE(again.plan->referral.enabled == 0);
  }
}

TEST_CASE("only the word unlimited lifts the limit of retargeting's money", "[plan][programs]") {
  const PlanReading lifted = read_with("[retargeting]\nbudget = \"unlimited\"\n");
  REQUIRE(lifted.plan);
  REQUIRE(std::isinf(lifted.plan->retargeting.budget));
  REQUIRE(read_with("[retargeting]\nbudget = 0\n").plan->retargeting.budget == 0.0);
  REQUIRE_FALSE(read_with("[retargeting]\nbudget = \"no limit\"\n").plan);
  REQUIRE_FALSE(read_with("[retargeting]\nbudget = inf\n").plan);
  REQUIRE_FALSE(read_with("[channel.video]\nbudget = \"unlimited\"\n").plan);
}

TEST_CASE("ads to customers may not make an order of every order", "[plan][programs]") {
  const std::string ads =
      "[customer_ads]\nwindow_days = 30\nclick_rate = 0.05\norder_rate = 0.2\n"
      "impressions_per_day = ";
  REQUIRE(read_with(ads + "2.9\n").plan);  // 2.9 * 30 * 0.05 * 0.2 = 0.87 orders an order
  const PlanReading reading = read_with(ads + "3.1\n");
  REQUIRE_FALSE(reading.plan);
  REQUIRE(fault_lines(reading).find("customer_ads.impressions_per_day = 3.1: ads lead to 0.93") !=
          std::string::npos);
  REQUIRE(read_with(ads + "3.1\nenabled = false\n").plan);
}

TEST_CASE("a flow may send all messages at once, a calendar hardly more than hourly",
          "[plan][programs]") {
  REQUIRE(read_with("[flow.newsletter]\nevery_days = 0\n").plan);
  REQUIRE(read_with("[flow.hello]\nmessages = 3\nevery_days = 0\n").plan);
  REQUIRE(read_with("[flow.hello]\nmessages = 3\nevery_days = 1e-9\n").plan);
  REQUIRE(read_with("[flow.newsletter]\nevery_days = \"2 hours\"\n").plan);
  const PlanReading reading = read_with("[flow.newsletter]\nevery_days = 1e-17\n");
  REQUIRE_FALSE(reading.plan);
  REQUIRE(fault_lines(reading).find("flow.newsletter.every_days = 1e-17: sends more than one") !=
          std::string::npos);
}

TEST_CASE("subscribers of day 0 are customers who have something to renew", "[plan][programs]") {
  const std::string shop = "[day_zero]\ncustomers = 100\nsubscribers = ";
  REQUIRE(read_with(shop + "100\n[subscription]\n").plan);
  CHECK_FALSE(read_with(shop + "101\n[subscription]\n").plan);
  CHECK_FALSE(read_with(shop + "20.5\n[subscription]\n").plan);
  CHECK_FALSE(read_with(shop + "20\n").plan);
  REQUIRE(read_with(shop + "0\n").plan);
}

}  // namespace flywheel::test
