#include <cstddef>
#include <vector>

#include "plan/numbers.hpp"
#include "plan/parameter.hpp"
#include "plan/read_plan.hpp"
#include "scenario/draw_scenario.hpp"
#include "simulation/run.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

Plan plan_without_programs() {
  return read_plan_text(R"(
[campaign]
name = "bare"
start = 2027-03-01
flight_days = 14
cohort_days = 60
[segment.everybody]
size = 5_000
[channel.social]
budget = 400
[channel.search]
budget = 200
[flow.cart]
[offer.reorder]
)",
                        {})
      .plan.value();
}

/// Every uncertain number that is idle stands at its own 80 % quantile.
std::size_t move_idle_numbers(Plan& plan) {
  std::size_t moved = 0;
  for (const Section& section : sections()) {
    if (section.kind == SectionKind::named) continue;
    for (const Parameter& parameter : section.parameters) {
      if (!is_idle(section, parameter, plan, 0)) continue;
      const Slot slot = parameter.reach(plan, 0);
      Number* const* number = std::get_if<Number*>(&slot);
      if (number == nullptr || !is_uncertain(**number)) continue;
      (*number)->value = fixed((*number)->value.quantile(.8));
      ++moved;
    }
  }
  return moved;
}

TEST_CASE("numbers that are said to be idle change nothing that is played", "[simulation][plan]") {
  Plan plan = plan_without_programs();
  const ScenarioSource before{plan};
  // Two of retargeting, one of day zero, and those of four programs.
  REQUIRE(move_idle_numbers(plan) > 15);
  const ScenarioSource after{plan};
  FuturePlayer first{before};
  FuturePlayer second{after};
  for (std::uint64_t replication = 0; replication < 4; ++replication) {
    const std::vector<double> row = first.play(future_of(3, replication)).row;
    const std::vector<double> again = second.play(future_of(3, replication)).row;
    REQUIRE(row.size() == again.size());
    for (std::size_t at = 0; at < row.size(); ++at) {
      CAPTURE(at);
      REQUIRE((row[at] == again[at] || (row[at] != row[at] && again[at] != again[at])));
    }
  }
}

}  // namespace
}  // namespace flywheel::test
