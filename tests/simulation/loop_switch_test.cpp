// Loops that a future switches off against plans that have them off.
#include "plan/loops.hpp"
#include "scenario/small_plan.hpp"
#include "simulation/run.hpp"
#include "support/catch.hpp"
#include "verification/collected_run.hpp"

namespace flywheel::test {

namespace {

const std::string programs{R"(
[referral]
share_rate = 0.5
[flow.cart]
[flow.welcome]
trigger = "order"
[offer.again]
)"};

/// A hundredth of small_plan with every loop on.
Plan turning_plan() {
  Plan plan = small_plan_with(programs);
  for (SegmentPlan& segment : plan.segments) segment.size /= 100.0;
  for (auto& channel : plan.daily_budget) {
    for (double& money : channel) money /= 100.0;
  }
  plan.loops = {.targeting = 1,
                .page_tests = 1,
                .feedback = 1,
                .reputation = 1,
                .organic_growth = 1,
                .marketplace = 1};
  return plan;
}

std::vector<Outcome> played(const ScenarioSource& source, const std::optional<LoopsPlan>& loops) {
  FuturePlayer player{source};
  std::vector<Outcome> outcomes;
  for (std::uint64_t replication = 0; replication < 4; ++replication) {
    Future future = future_of(31, replication);
    future.loops = loops;
    outcomes.push_back(player.play(future));
  }
  return outcomes;
}

}  // namespace

TEST_CASE("a loop that a future switches off is off as by the plan, bit for bit",
          "[simulation][loops]") {
  const Plan plan = turning_plan();
  const ScenarioSource source{plan};
  const std::vector<Outcome> all = played(source, std::nullopt);
  REQUIRE(first_difference(all, played(source, plan.loops)) == 4);
  for (const std::string& name : loop_names()) {
    CAPTURE(name);
    REQUIRE(why_idle(plan, name).empty());
    const std::vector<std::string> one{name};
    Plan other = plan;
    other.loops = loops_without(plan.loops, one);
    const std::vector<Outcome> without = played(source, other.loops);
    CHECK(first_difference(without, played(ScenarioSource{other}, std::nullopt)) == 4);
    CHECK(first_difference(without, all) < 4);
    // Nothing that is off in the plan is switched on.
    CHECK(first_difference(played(ScenarioSource{other}, plan.loops), without) == 4);
  }
}

}  // namespace flywheel::test
