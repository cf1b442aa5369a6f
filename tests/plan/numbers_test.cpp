#include "plan/numbers.hpp"

#include <algorithm>
#include <set>

#include "plan/read_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// First parts of the keys of the uncertain numbers that act, or of those that are idle.
std::set<std::string> sections_of(const std::string& more, bool idle) {
  const PlanReading reading = read_plan_text(
      "[campaign]\nname = \"p\"\nstart = 2027-03-01\n[segment.all]\nsize = 1000\n" + more, {});
  REQUIRE(reading.faults.empty());
  std::set<std::string> names;
  for (const PlanNumber& one : list_numbers(*reading.plan)) {
    if (is_uncertain(one.number) && one.idle == idle) {
      names.insert(one.key.substr(0, one.key.find('.')));
    }
  }
  return names;
}

bool holds(const std::set<std::string>& names, const std::string& name) {
  return names.contains(name);
}

TEST_CASE("the numbers of a program are idle unless it is on", "[plan][numbers]") {
  for (const std::string name : {"subscription", "loyalty", "customer_ads", "referral"}) {
    INFO(name);
    CHECK(holds(sections_of("", true), name));
    CHECK_FALSE(holds(sections_of("", false), name));
    const std::string on = '[' + name + "]\n";
    CHECK(holds(sections_of(on, false), name));
    CHECK_FALSE(holds(sections_of(on + "enabled = false\n", false), name));
  }
  CHECK(holds(sections_of("[day_zero]\ncustomers = 5\n", false), "day_zero"));
  CHECK_FALSE(holds(sections_of("", false), "day_zero"));
}

TEST_CASE("what tells how people return acts without retargeting, its price does not",
          "[plan][numbers]") {
  CHECK(holds(sections_of("", false), "retargeting"));
  const auto idle = [](const std::string& more, const std::string& key) {
    const PlanReading reading = read_plan_text(
        "[campaign]\nname = \"p\"\nstart = 2027-03-01\n[segment.all]\nsize = 9\n" + more, {});
    const std::vector<PlanNumber> numbers = list_numbers(reading.plan.value());
    return std::ranges::find(numbers, key, &PlanNumber::key)->idle;
  };
  const std::string on = "[retargeting]\nbudget = 7\n";
  CHECK(idle("", "retargeting.price"));
  CHECK(idle("", "retargeting.tracking_loss"));
  CHECK_FALSE(idle("", "retargeting.return_delay_days"));
  CHECK_FALSE(idle(on, "retargeting.price"));
  CHECK_FALSE(idle(on, "retargeting.tracking_loss"));
}

}  // namespace
}  // namespace flywheel::test
