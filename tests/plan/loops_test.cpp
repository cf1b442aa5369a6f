#include "plan/loops.hpp"

#include <limits>

#include "core/check.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

std::vector<std::string> turning(const LoopsPlan& loops) {
  std::vector<std::string> names;
  for (const std::string& name : loop_names()) {
    if (loop_turns(loops, name)) names.push_back(name);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("loops are switched off by name, and none is switched on", "[plan][loops]") {
  LoopsPlan loops;  // the programs turn
  REQUIRE(turning(loops) == Names{"referral", "retargeting", "messages", "offers"});
  loops.targeting = 1;
  const Names two{"referral", "targeting"};
  CHECK(turning(loops_without(loops, two)) == Names{"retargeting", "messages", "offers"});
  CHECK(turning(loops_only(loops, two)) == Names{"targeting", "referral"});
  CHECK(turning(loops_without(loops, Names{"feedback"})) == turning(loops));
  CHECK(turning(loops_only(loops, Names{"feedback"})).empty());
  CHECK(turning(loops_only(loops, {})).empty());
  CHECK_THROWS_AS(loops_without(loops, Names{"marketing"}), ContractBroken);
}

TEST_CASE("every loop of the table of parameters can be switched off", "[plan][loops]") {
  const Plan plan = small_plan();
  for (const std::string& name : loop_names()) {
    CAPTURE(name);
    CHECK(unknown_loop(name).empty());
    CHECK_FALSE(loop_turns(loops_without(plan.loops, Names{name}), name));
  }
}

TEST_CASE("a name that is no loop is told with the nearest one and all", "[plan][loops]") {
  const std::string all =
      "there are targeting, page_tests, feedback, reputation, organic_growth, "
      "marketplace, referral, retargeting, messages, offers";
  CHECK(unknown_loop("targetting")
            .starts_with("targetting is no loop; the nearest is targeting; " + all));
  CHECK(unknown_loop("xyz").starts_with("xyz is no loop; " + all));
  CHECK(unknown_loop("").starts_with("nothing is no loop; "));
}

TEST_CASE("a loop without anything to work with says what it lacks", "[plan][loops]") {
  Plan plan = small_plan({"loops.targeting=true", "loops.page_tests=true", "loops.feedback=true",
                          "referral.enabled=false"});
  CHECK(why_idle(plan, "targeting").empty());
  CHECK(why_idle(plan, "feedback").empty());
  CHECK(why_idle(plan, "reputation") == "off");
  CHECK(why_idle(plan, "page_tests").empty());
  CHECK(why_idle(plan, "referral") == "no program");
  CHECK(why_idle(plan, "retargeting").empty());
  CHECK(why_idle(plan, "messages") == "no flow");
  CHECK(why_idle(plan, "offers") == "no offer");
  plan.referral.enabled = 1;
  plan.page_tests.ideas_per_rotation = 0;
  plan.retargeting.budget = 0.0;
  for (auto& channel : plan.daily_budget) channel.assign(channel.size(), 0.0);
  CHECK(why_idle(plan, "referral").empty());
  CHECK(why_idle(plan, "page_tests") == "no ideas");
  CHECK(why_idle(plan, "retargeting") == "no budget");
  CHECK(why_idle(plan, "targeting") == "no channel has money");
  plan.retargeting.budget = std::numeric_limits<double>::infinity();
  CHECK(why_idle(plan, "retargeting").empty());
  plan.retargeting.enabled = 0;
  CHECK(why_idle(plan, "retargeting") == "no program");
  plan.loops.offers = 0;
  CHECK(why_idle(plan, "offers") == "off");
}

}  // namespace
}  // namespace flywheel::test
