// One plan that makes several: which, with what names, and what is refused.
#include "plan/sweep.hpp"

#include <filesystem>
#include <set>

#include "plan/sample_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

PlanReading read_case(const std::string& sweep, const std::string& name,
                      const std::vector<std::string>& settings = {}) {
  return read_plan_text(sample_plan() + sweep, {.name = "plan.toml"}, settings, name);
}

const std::string grid{R"(
[sweep.grid]
channel.ads.budget = [1_000, 6_000]
channel.ads.click_rate = ["1%", { low = 0.01, high = 0.02 }]
)"};

const std::string list{R"(
[[sweep.list]]
name = "bare"
[[sweep.list]]
name = "dear"
channel.ads.price = 15
audience.seed_share = 0.1
)"};

}  // namespace

TEST_CASE("a case gives the plan what it says, and leaves the rest", "[plan][sweep]") {
  const PlanReading small = read_case(grid, "budget-1000_click-rate-1pct");
  INFO(fault_lines(small));
  REQUIRE(small.plan);
  CHECK(small.plan->channels[0].budget == 1'000);
  CHECK(small.plan->channels[0].price.value.median() == 12);
  REQUIRE(small.case_values.size() == 2);
  CHECK(small.case_values[0].key == "channel.ads.budget");
  CHECK(small.case_values[0].value == "1000");
  CHECK(small.case_values[1].value == "\"1%\"");
  const PlanReading wide = read_case(grid, "budget-6000_click-rate-low-0.01-high-0.02");
  INFO(fault_lines(wide));
  REQUIRE(wide.plan);
  CHECK(wide.plan->channels[0].click_rate.value.family != Family::fixed);
}

TEST_CASE("the cases are the list with every combination of the grid", "[plan][sweep]") {
  const std::string both = R"(
[[sweep.list]]
name = "bare"
[[sweep.list]]
name = "dear"
channel.ads.price = 15
[sweep.grid]
channel.ads.budget = [1_000, 6_000]
campaign.target_roas = [2, 3, 4]
)";
  std::set<std::string> names;
  for (const char* first : {"bare", "dear"}) {
    for (const char* budget : {"1000", "6000"}) {
      for (const char* target : {"2", "3", "4"}) {
        const std::string name =
            std::string{first} + "_budget-" + budget + "_target-roas-" + target;
        const PlanReading reading = read_case(both, name);
        INFO(name << ": " << fault_lines(reading));
        REQUIRE(reading.plan);
        CHECK(reading.plan->channels[0].price.value.median() == (names.size() < 6 ? 12 : 15));
        CHECK(reading.plan->channels[0].budget == std::stod(budget));
        CHECK(reading.plan->campaign.target_roas == std::stod(target));
        names.insert(name);
      }
    }
  }
  REQUIRE(names.size() == 12);
}

TEST_CASE("keys that end alike are told apart in the names of cases", "[plan][sweep]") {
  const std::string alike = R"(
[sweep.grid]
channel.ads.budget = [1_000]
retargeting.budget = ["unlimited"]
)";
  REQUIRE(read_case(alike, "ads.budget-1000_retargeting.budget-unlimited").plan);
}

TEST_CASE("a plan with a sweep is read as one of its cases only", "[plan][sweep]") {
  CHECK(fault_lines(read_case(grid, ""))
            .find("makes 4 plans, which only `run` plays all: choose "
                  "one by --case, budget-1000_click-rate-1pct") != std::string::npos);
  CHECK(fault_lines(read_case(grid, "budget-1000_click-rate-1p"))
            .find("the nearest known is budget-1000_click-rate-1pct") != std::string::npos);
  CHECK(fault_lines(read_case("", "cheap")).find("the plan has none, so no case cheap") !=
        std::string::npos);
  CHECK(fault_lines(read_case(grid, "budget-1000_click-rate-1pct", {"channel.ads.budget=5"}))
            .find("varies a key that --set gives") != std::string::npos);
  CHECK(read_case(grid, "budget-1000_click-rate-1pct", {"channel.ads.price=5"}).plan);
}

TEST_CASE("what a case gives is refused at its place in the sweep", "[plan][sweep]") {
  const PlanReading reading =
      read_case("\n[sweep.grid]\nchannel.ads.budget = [\n  5,\n  -5]\n", "budget--5");
  REQUIRE(reading.faults.size() == 1);
  const std::string text = sample_plan();
  const auto lines = std::count(text.begin(), text.end(), '\n');
  CHECK(reading.faults[0].place.line == lines + 5);
  CHECK(reading.faults[0].key == "channel.ads.budget");
  CHECK(fault_lines(read_case(list, "dear")).find("audience.seed_share") != std::string::npos);
  CHECK(read_case(list, "bare").plan);
}

TEST_CASE("a sweep that makes no sense is told where and why", "[plan][sweep]") {
  struct Wrong {
    const char* sweep;
    const char* part;
  };
  for (const auto& [sweep, part] :
       {Wrong{"[sweep]\n", "has no cases"}, Wrong{"[sweep.grid]\n", "must be a table of lists"},
        Wrong{"[sweep.grid]\nchannel.ads.budget = 5\n", "must be a list of values"},
        Wrong{"[sweep.grid]\nchannel.ads.budget = []\n", "has no values"},
        Wrong{"[sweep.grid]\nchannel.ads.budget = [5, 5]\n", "has the value 5 twice"},
        Wrong{"[sweep.grid]\n\"channel.ads.budget\" = [5]\n", "without quotes"},
        Wrong{"[sweep.grid]\nchannel.ads.budget = [\"5%\", \"5 pct\"]\n", "the same"},
        Wrong{"[sweep]\nlist = 4\n", "write [[sweep.list]]"},
        Wrong{"[[sweep.list]]\nchannel.ads.budget = 5\n", "each case has a name"},
        Wrong{"[[sweep.list]]\nname = \"a/b\"\n", "names a file"},
        Wrong{"[[sweep.list]]\nname = \"..\"\n", "names a file"},
        Wrong{"[[sweep.list]]\nname = \"\"\n", "names a file"},
        Wrong{"[[sweep.list]]\nname = \"a\"\n[[sweep.list]]\nname = \"a\"\n", "two cases"},
        Wrong{"[[sweep.list]]\nname = \"a\"\nchannel.ads.budget = 5\n[sweep.grid]\n"
              "channel.ads.budget = [6]\n",
              "is in the grid too"},
        Wrong{"[sweep.lists]\nx = 1\n", "a sweep has [sweep.grid] and [[sweep.list]]"}}) {
    const std::string lines = fault_lines(read_case('\n' + std::string{sweep}, "any"));
    INFO(sweep << lines);
    CHECK(lines.find("sweep") != std::string::npos);
    if (std::string{part} != "the same") CHECK(lines.find(part) != std::string::npos);
  }
}

TEST_CASE("a sweep has a thousand cases at most", "[plan][sweep]") {
  const auto axis = [](const std::string& key, int values) {
    std::string text = key + " = [";
    for (int value = 1; value <= values; ++value) text += std::to_string(value) + ", ";
    return text + "]\n";
  };
  const std::string head = "\n[sweep.grid]\n" + axis("channel.ads.budget", 100);
  const std::string most = fault_lines(read_case(head + axis("campaign.target_roas", 10), ""));
  CHECK(most.find("makes 1000 plans") != std::string::npos);
  const std::string more = fault_lines(read_case(head + axis("campaign.target_roas", 11), ""));
  CHECK(more.find("has 1100 cases; at most 1000") != std::string::npos);
  const std::string many =
      fault_lines(read_case(head + axis("campaign.target_roas", 500) +
                                axis("channel.ads.price", 500) + axis("segment.old.size", 500),
                            ""));
  CHECK(many.find("has 12500000000 cases") != std::string::npos);
}

}  // namespace flywheel::test
