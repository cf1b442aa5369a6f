// Clicks cost the budget that buys them, whatever the reference that rates are solved for.
#include <cmath>
#include <string>
#include <vector>

#include "plan/read_plan.hpp"
#include "scenario/draw_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// 400,000 people of the shopping channel's medians, with intent: the keenest click much and soon
/// have ordered.
Plan shopping(const std::string& budget, const std::string& reference) {
  const std::string text = R"([campaign]
name = "shopping"
start = 2027-03-01
flight_days = 20
[segment.all]
size = 400_000
[channel.shop]
kind = "shopping"
budget = 10_000
[retargeting]
enabled = false
)";
  const std::vector<std::string> settings{"channel.shop.budget=" + budget,
                                          "channel.shop.reference_daily_budget=" + reference};
  return read_plan_text(text, {.name = "shop.toml", .folder = {}}, settings).plan.value();
}

/// Spend of 20 futures over the budget.
Moments spent(const Plan& plan, double media_factor) {
  Future future = future_of(1, 0, {.parameters = true, .market = true});
  future.media_factor = media_factor;
  const Scenario scenario = ScenarioSource{plan}.draw(future);
  const double budget = media_factor * plan.channels[0].budget;
  return moments_of(sample(scenario, 20, [=](const FastFuture& played) {
    return played(Column::media_spend) / budget;
  }));
}

/// Within five errors of the budget, and the 1.5 % that cells of activity leave out.
bool is_budget(const Moments& share) {
  return std::abs(share.mean - 1.0) < 0.015 + standard_errors_allowed * share.standard_error();
}

/// 100,000 people of whom nobody has intent, under a cap of five a week; ads wear out.
Plan capped(const std::string& reference) {
  const std::string text = R"([campaign]
name = "capped"
start = 2027-03-01
flight_days = 20
[segment.all]
size = 100_000
[audience]
intent = false
[channel.shop]
kind = "shopping"
budget = 10_000
price = 1.5
price_slope = 0
wear_out = 0.5
memory_days = 365
creative.refresh_days = 0
frequency_cap = 5
[retargeting]
enabled = false
)";
  const std::vector<std::string> settings{"channel.shop.reference_daily_budget=" + reference};
  return read_plan_text(text, {.name = "capped.toml", .folder = {}}, settings).plan.value();
}

}  // namespace

TEST_CASE("under a cap, where ads wear out, clicks cost their budget to three percent",
          "[verification][statistical]") {
  for (const std::string reference : {"500", "2500"}) {
    const Moments share = spent(capped(reference), 1.0);
    INFO(reference << ": " << share.mean << " +- " << share.standard_error());
    CHECK(std::abs(share.mean - 1.0) < 0.03 + standard_errors_allowed * share.standard_error());
  }
  const Moments quarter = spent(capped("500"), 0.25);
  INFO(quarter.mean << " +- " << quarter.standard_error());
  CHECK(std::abs(quarter.mean - 1.0) < 0.03 + standard_errors_allowed * quarter.standard_error());
}

TEST_CASE("clicks cost their budget where the reference is far above it",
          "[verification][statistical]") {
  for (const std::string reference : {"500", "2500", "10000"}) {
    const Moments share = spent(shopping("10_000", reference), 1.0);
    INFO(reference << ": " << share.mean << " +- " << share.standard_error());
    CHECK(is_budget(share));
  }
}

TEST_CASE("a factor on the budgets is spent by clicks, too", "[verification][statistical]") {
  const Plan plan = shopping("50_000", "2500");
  for (const double factor : {0.1, 0.5, 1.0}) {
    const Moments share = spent(plan, factor);
    INFO(factor << ": " << share.mean << " +- " << share.standard_error());
    CHECK(is_budget(share));
  }
}

}  // namespace flywheel::test
