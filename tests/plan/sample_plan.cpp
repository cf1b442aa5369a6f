#include "plan/sample_plan.hpp"

namespace flywheel::test {

std::string sample_plan() {
  return R"([campaign]
start = 2027-03-01

[segment.young]
size = 1_000

[segment.old]
size = 3_000

[channel.ads]
kind = "social"
budget = 6_000
price = 12
click_rate = 0.01

[flow.hello]

[offer.reorder]

[retargeting]
budget = "unlimited"

[customer_ads]

[subscription]

[loyalty]

[referral]

[day_zero]
customers = 100

[shock.storm]
start = 2027-04-10
)";
}

PlanReading read_sample(const std::vector<std::string>& lines) {
  return read_plan_text(sample_plan(), {.name = "sample"}, lines);
}

std::string fault_lines(const PlanReading& reading) {
  std::string lines;
  for (const Fault& fault : reading.faults) lines += to_line(fault) + '\n';
  return lines;
}

}  // namespace flywheel::test
