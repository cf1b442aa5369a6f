#include "journey/running_subscription.hpp"

#include <array>

#include "journey/day_zero.hpp"
#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// Churn of mean 1/2, uniform: S(k) = 1 / (k + 1).
SubscriptionTraits half_leave() {
  return {.interval_days = 10.0, .churn_alpha = 1.0, .churn_beta = 1.0};
}

}  // namespace

TEST_CASE("running subscriptions have passed as many dates as survival leaves", "[journey]") {
  // Three whole intervals: weights 1, 1/2, 1/3 of 11/6.
  const RunningSubscriptions all{half_leave(), 39.0};
  CHECK(all.renewals(0.0) == 0);
  CHECK(all.renewals(6.0 / 11.0 - 1e-9) == 0);
  CHECK(all.renewals(6.0 / 11.0 + 1e-9) == 1);
  CHECK(all.renewals(9.0 / 11.0 - 1e-9) == 1);
  CHECK(all.renewals(9.0 / 11.0 + 1e-9) == 2);
  CHECK(all.renewals(1.0 - 1e-16) == 2);
}

TEST_CASE("failed payments leave fewer old subscriptions", "[journey]") {
  SubscriptionTraits traits = half_leave();
  traits.failed_payment = 0.5;
  traits.recovered = 0.5;
  traits.pause_probability = 0.2;  // who pauses does not pay
  const double paid = 1.0 - 0.8 * 0.25;
  const double first = 1.0 / (1.0 + 0.5 * paid);
  const RunningSubscriptions all{traits, 20.0};
  CHECK(all.renewals(first - 1e-9) == 0);
  CHECK(all.renewals(first + 1e-9) == 1);
}

TEST_CASE("a tenure shorter than an interval holds first intervals only", "[journey]") {
  CHECK(RunningSubscriptions{half_leave(), 4.0}.renewals(0.999) == 0);
}

TEST_CASE("existing subscribers are spread evenly and exactly as many as planned", "[journey]") {
  for (const std::uint64_t subscribers : {0ULL, 1ULL, 17ULL, 59ULL, 60ULL}) {
    const DayZeroTraits traits{.customers = 60, .subscribers = subscribers};
    std::uint64_t found = 0;
    for (std::uint64_t number = 0; number < 60; ++number) {
      found += subscribes_at_day_zero(traits, number) ? 1U : 0U;
      const double due = static_cast<double>((number + 1) * subscribers) / 60.0;
      CHECK(static_cast<double>(found) <= due + 1e-9);
      CHECK(static_cast<double>(found) > due - 1.0 - 1e-9);
    }
    CHECK(found == subscribers);
  }
}

TEST_CASE("subscribers of day 0 renew at a rate that their survival implies",
          "[journey][statistical]") {
  constexpr std::uint64_t subscribers = 20'000;
  Scenario scenario = quiet_scenario({.shoppers = 1, .flight_days = 1, .cohort_days = 9});
  scenario.day_zero = {.customers = subscribers, .tenure_days = 30.0, .subscribers = subscribers};
  scenario.subscription = half_leave();
  const FastFuture future = play_fast(scenario, 3);
  // One date each: of those who passed k dates (k + 1) / (k + 2) go on.
  const double go_on = (1.0 / 2.0 + 1.0 / 2.0 * 2.0 / 3.0 + 1.0 / 3.0 * 3.0 / 4.0) / (11.0 / 6.0);
  const auto renewals = static_cast<std::uint64_t>(future(Column::renewals));
  CHECK(plausible_count(renewals, subscribers, go_on));
  CHECK(future(Column::subscribers) == 0.0);
  std::uint64_t young = 0;
  for (const Customer& customer : future.customers(0)) {
    young += customer.first_order > -10.0 ? 1U : 0U;
  }
  CHECK(plausible_count(young, subscribers, 6.0 / 11.0));
}

}  // namespace flywheel::test
