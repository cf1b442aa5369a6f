#include "plan/expected_journeys.hpp"

#include "plan/read_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

const std::string starter{std::string{FLYWHEEL_SOURCE_DIR} + "/configs/starter.toml"};

PlanReading starter_with(const std::vector<std::string>& settings) {
  return read_plan(starter, settings);
}

}  // namespace

TEST_CASE("journeys of a plan are clicks, organic visits and the customers it begins with",
          "[plan]") {
  const PlanReading reading = starter_with(
      {"channel.search.budget=1000", "channel.search.price=2", "channel.social.budget=3000",
       "channel.social.price={family='lognormal', median=15, s=0.1}",
       "channel.social.click_rate={family='lognormal', median=0.01, s=0.1}",
       "segment.everybody.size=400000", "organic.visits_per_day=0.5", "day_zero.customers=700"});
  REQUIRE(reading.plan);
  const ExpectedJourneys expected = expect_journeys(*reading.plan);
  CHECK(expected.clicks == Approx(1000.0 / 2.0 + 0.01 * 1000.0 * 3000.0 / 15.0));
  CHECK(expected.organic_visits == Approx(400.0 * 0.5 * (60 + 30 + 180)));
  CHECK(expected.customers == 700.0);
  CHECK(expected.total() == Approx(2500.0 + 54'000.0 + 700.0));
}

TEST_CASE("organic visits are expected as solving may raise them", "[plan]") {
  const auto visits = [](const std::vector<std::string>& settings) {
    std::vector<std::string> all{"segment.everybody.size=400000"};
    all.insert(all.end(), settings.begin(), settings.end());
    const PlanReading reading = starter_with(all);
    REQUIRE(reading.plan);
    return expect_journeys(*reading.plan).organic_visits;
  };
  const double as_given = visits({"organic.visits_per_day=0.5"});
  CHECK(as_given == Approx(400.0 * 0.5 * 270));
  CHECK(visits({"organic.visits_per_day=0.5", "organic.visits_limit=3"}) == Approx(3 * as_given));
  CHECK(visits({"organic.visits_limit=3"}) == Approx(3 * visits({"organic.visits_limit=1"})));
  CHECK(visits({"organic.visits_per_day=0.5", "organic.visits_limit=3",
                "audience.incremental_share=1"}) == Approx(as_given));
}

TEST_CASE("a plan whose one future no memory holds is refused in one line", "[plan]") {
  const PlanReading crowd = starter_with({"segment.everybody.size=2000000000"});
  CHECK_FALSE(crowd.plan);
  REQUIRE(crowd.faults.size() == 1);
  CHECK(crowd.faults[0].key == "segment");
  CHECK(crowd.faults[0].message.find("organic.visits_per_day") != std::string::npos);
  CHECK(starter_with({"segment.everybody.size=50000000"}).plan);
}

TEST_CASE("two billion shoppers of whom few come can be played", "[plan]") {
  CHECK(starter_with({"segment.everybody.size=2000000000", "organic.visits_per_day=0.001"}).plan);
}

}  // namespace flywheel::test
