#include "plan/following_orders.hpp"

#include <fmt/format.h>

#include "plan/read_plan.hpp"
#include "plan/sample_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

const std::string base =
    "[campaign]\nstart = 2027-03-01\n[segment.a]\nsize = 1000\n[channel.social]\nbudget = 50\n";

PlanReading read_with(const std::string& programs) {
  return read_plan_text(base + programs, {.name = "p"});
}

double followers(const std::string& programs) {
  const PlanReading reading = read_with(programs);
  INFO(fault_lines(reading));
  REQUIRE(reading.plan);
  double sum = 0;
  for (const FollowingOrders& way : expect_following_orders(*reading.plan)) sum += way.orders;
  return sum;
}

std::string offer(const char* name, double after, double take_up) {
  return fmt::format("[offer.{}]\nafter_days = {}\nvalid_days = 10\ntake_up = {}\n", name, after,
                     take_up);
}

std::string flow(const char* trigger, int messages, double order_rate) {
  return fmt::format(
      "[flow.hello]\ntrigger = \"{}\"\nmessages = {}\norder_rate = {}\nopen_rate = 0.5\n"
      "click_rate = 0.4\ndelivery_rate = 1\nevery_days = 5\n",
      trigger, messages, order_rate);
}

const std::string ads =
    "[customer_ads]\nwindow_days = 30\nclick_rate = 0.05\norder_rate = 0.2\n"
    "impressions_per_day = 1\n";

}  // namespace

TEST_CASE("offers at the same time lead to the sum of their orders, in a row to less than one",
          "[plan][following]") {
  REQUIRE(followers("") == 0);
  REQUIRE(followers(offer("a", 0, 0.4)) == Approx(0.4));
  REQUIRE(followers(offer("a", 0, 0.4) + offer("b", 0, 0.5)) == Approx(0.9));
  // The second waits for those who did not take the first, whose time is over.
  REQUIRE(followers(offer("a", 5, 0.8) + offer("b", 20, 0.9)) == Approx(0.8 + 0.2 * 0.9));
  // Half the time of the first has passed: 0.4 of 0.8 have ordered.
  REQUIRE(followers(offer("b", 10, 0.5) + offer("a", 5, 0.6)) == Approx(0.6 + 0.7 * 0.5));
  REQUIRE(followers(offer("a", 0, 1)) == Approx(0.95));  // the engine gives no more
}

TEST_CASE("messages lead to orders by their nested rates", "[plan][following]") {
  for (const char* trigger : {"order", "delivery"}) {
    REQUIRE(followers(flow(trigger, 3, 0.1)) == Approx(0.3));
    REQUIRE(followers(flow(trigger, 2, 0.45)) == Approx(0.8));  // no more than are clicked
  }
  REQUIRE(followers(flow("lapse", 2, 0.3)) == Approx(0.3 + 0.7 * 0.3));
  for (const char* trigger : {"calendar", "cart_abandoned", "browse_abandoned"}) {
    REQUIRE(followers(flow(trigger, 2, 0.3)) == 0);
  }
}

TEST_CASE("who never consents gets neither messages nor offers", "[plan][following]") {
  const std::string programs = offer("a", 0, 0.4) + flow("order", 2, 0.1) + ads;
  const std::string nobody = "[consent]\nat_order = 0\nform = 0\n";
  REQUIRE(followers(programs) == Approx(0.9));
  REQUIRE(followers(programs + nobody) == Approx(0.3));
  REQUIRE(followers(programs + nobody + "[day_zero]\ncustomers = 10\n") == Approx(0.9));
  REQUIRE(followers(programs + "[consent]\nat_order = 0.01\n") == Approx(0.9));
  const std::string texts = flow("order", 2, 0.1) + "medium = \"sms\"\n";
  REQUIRE(followers(texts) == Approx(0.2));
  REQUIRE(followers(texts + "[consent]\nsms_share = 0\n") == 0);
}

TEST_CASE("what together makes an order of every order is refused in one line",
          "[plan][following]") {
  REQUIRE(read_with(offer("a", 0, 0.5) + offer("b", 0, 0.49)).plan);
  REQUIRE(fault_lines(read_with(offer("a", 0, 0.5) + offer("b", 0, 0.5))) ==
          "p:10:11: offer.a.take_up = 0.5: orders beget orders without end: at the medians one "
          "order of a customer who gets messages leads to 1 more, 0.5 by offer.a.take_up + 0.5 by "
          "offer.b.take_up; together they must stay below 1\n");
  const PlanReading mixed = read_with(ads + offer("a", 3, 0.35) + flow("order", 4, 0.1));
  REQUIRE(mixed.faults.size() == 1);
  REQUIRE(mixed.faults[0].key == "flow.hello.order_rate");
  REQUIRE(mixed.faults[0].message.find("leads to 1.05 more, 0.4 by flow.hello.order_rate + 0.35 by "
                                       "offer.a.take_up + 0.3 by customer_ads.") !=
          std::string::npos);
}

TEST_CASE("friends who bring as many friends are warned about and simulated", "[plan][following]") {
  const PlanReading reading = read_with(
      "[referral]\npromoters_only = false\nshare_rate = 1\nclicks_per_share = 20\n"
      "conversion_rate = 0.2\ndelay_days = 0\n");
  REQUIRE(reading.plan);
  REQUIRE(reading.warnings.size() == 1);
}

}  // namespace flywheel::test
