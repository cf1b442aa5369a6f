// When a platform that learns begins anew (docs/model.md 8.6).
#include <vector>

#include "momentum/targeting.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// A channel of one segment that begins anew where its daily money changes by more than half.
TargetingTraits one_arm(const std::vector<double>& budget) {
  TargetingTraits traits{.enabled = true,
                         .prior_conversions = 2.0,
                         .kept = 1.0,
                         .learning_conversions = 50.0,
                         .reset_change = 0.5,
                         .half_conversions = 100.0,
                         .ceiling = 1.5,
                         .due = {1.0},
                         .affinities = {{1.0, 1.0}}};
  traits.channels = {{.identity = 7, .planned_shares = {1.0}, .budget = budget}};
  return traits;
}

/// A week at this money a day, then so many days at another.
std::vector<double> weeks(double first, double second, int days = 7) {
  std::vector<double> budget(7, first);
  budget.insert(budget.end(), static_cast<std::size_t>(days), second);
  return budget;
}

/// What the platform knows after the first week, in which `orders` were tracked, when 300 were
/// remembered and the learning phase was over.
ChannelKnowledge after_week(const std::vector<double>& budget, double orders = 0.0) {
  const TargetingTraits traits = one_arm(budget);
  ChannelKnowledge knowledge = first_knowledge(traits, 0);
  knowledge.knowledge = 300.0;
  knowledge.is_learning = false;
  Observed observed;
  observed.tracked_orders = {orders};
  observed.tracked_values = {orders};
  return learn(traits, 0, knowledge, observed, {0, 7, {}});
}

}  // namespace

TEST_CASE("learning begins anew where the daily money falls or rises by more than may be",
          "[momentum][targeting]") {
  for (const double next : {4.9, 15.1}) {
    const ChannelKnowledge anew = after_week(weeks(10.0, next), 80.0);
    REQUIRE(anew.is_learning);
    REQUIRE(anew.knowledge == 0.0);
    REQUIRE(anew.sharpness == 1.0);
  }
  for (const double next : {5.1, 14.9}) {
    const ChannelKnowledge goes_on = after_week(weeks(10.0, next), 80.0);
    REQUIRE_FALSE(goes_on.is_learning);
    REQUIRE(goes_on.knowledge == 380.0);
    REQUIRE(goes_on.sharpness == Approx(1.0 + 0.5 * 380.0 / 480.0));
  }
}

TEST_CASE("a pause or the end of the money is no other plan", "[momentum][targeting]") {
  for (const auto& budget : {weeks(10.0, 0.0), weeks(0.0, 10.0), weeks(10.0, 0.0, 0)}) {
    const ChannelKnowledge knowledge = after_week(budget);
    REQUIRE_FALSE(knowledge.is_learning);
    REQUIRE(knowledge.knowledge == 300.0);
  }
}

TEST_CASE("a flight that ends amid a week spends a day what it did", "[momentum][targeting]") {
  REQUIRE_FALSE(after_week(weeks(10.0, 10.0, 2)).is_learning);
  REQUIRE(after_week(weeks(10.0, 16.0, 2)).is_learning);
}

TEST_CASE("as many orders as the learning phase needs end it", "[momentum][targeting]") {
  const TargetingTraits traits = one_arm(weeks(10.0, 10.0));
  Observed observed;
  observed.tracked_orders = {49.0};
  observed.tracked_values = {49.0};
  const ChannelKnowledge first = first_knowledge(traits, 0);
  REQUIRE(learn(traits, 0, first, observed, {0, 7, {}}).is_learning);
  observed.tracked_orders = {50.0};
  const ChannelKnowledge over = learn(traits, 0, first, observed, {0, 7, {}});
  REQUIRE_FALSE(over.is_learning);
  REQUIRE(over.sharpness == Approx(1.0 + 0.5 * 50.0 / 150.0));
}

}  // namespace flywheel::test
