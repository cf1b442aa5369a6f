// Sharper targeting spends the money for clicks (docs/model.md 8.6).
#include <vector>

#include "scenario/draw_scenario.hpp"
#include "scenario/small_plan.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// Clicks of the channel that is paid by the click, with targeting this sharp after a rotation.
std::vector<double> clicks(double ceiling) {
  Plan plan = small_plan({"loops.targeting=true", "targeting.learned_conversions=1e9",
                          "targeting.learning_conversions=0", "targeting.least_share=1",
                          "targeting.most_share=1", "retargeting.enabled=false",
                          "segment.young.size=1500000", "segment.old.size=1000000",
                          "targeting.ceiling=" + std::to_string(ceiling)});
  const Scenario scenario =
      ScenarioSource{plan}.draw(future_of(1, 0, {.parameters = true, .market = true}));
  return sample(scenario, 40,
                [](const FastFuture& future) { return future(Column::clicks_by_channel, 1); });
}

}  // namespace

TEST_CASE("sharper targeting buys as many clicks, but for the share that the model leaves out",
          "[verification][targeting][statistical]") {
  const Moments first = moments_of(clicks(1.0));
  const Moments sharper = moments_of(clicks(1.6));
  // 3 % are left out here; it was 9 % before who has ordered was taken into account.
  CHECK(sharper.mean > 0.94 * first.mean);
  CHECK(sharper.mean < 1.02 * first.mean);
}

}  // namespace flywheel::test
