#include "scenario/small_plan.hpp"

#include <stdexcept>

#include "plan/read_plan.hpp"

namespace flywheel::test {

namespace {

const std::string text = R"([campaign]
name = "small"
start = 2027-03-01
flight_days = 20
conversion_days = 10
cohort_days = 30

[segment.young]
size = 60_000
click_factor = 1.5
[segment.old]
size = 40_000
price_factor = 1.2
conversion_odds = 1.4

[audience]
affinity = { family = "gamma", shape = { low = 1.2, high = 3.5 } }

[channel.social]
kind = "social"
budget = 9_000
[channel.search]
kind = "search"
budget = 6_000
pacing = "front_loaded"

[retargeting]
budget = 600

[organic]
visits_per_day = 1.0
)";

Plan plan_of(const std::string& toml, const std::vector<std::string>& settings) {
  PlanReading reading = read_plan_text(toml, {.name = "small.toml", .folder = {}}, settings);
  if (reading.plan) return *reading.plan;
  std::string lines;
  for (const Fault& fault : reading.faults) lines += to_line(fault) + '\n';
  throw std::runtime_error{lines};
}

}  // namespace

Plan small_plan(const std::vector<std::string>& settings) { return plan_of(text, settings); }

Plan small_plan_with(const std::string& lines) { return plan_of(text + lines, {}); }

}  // namespace flywheel::test
