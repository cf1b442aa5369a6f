// Futures that feed themselves are ended before they take all memory.
#include "journey/runaway.hpp"

#include <string>

#include "support/catch.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// What ends the future; empty where it comes to its horizon.
std::string end_of(const Scenario& scenario) {
  try {
    static_cast<void>(play_fast(scenario, 1));
  } catch (const RunawayFuture& runaway) {
    return runaway.what();
  }
  return {};
}

/// Everybody orders on day 0 and asks a thousand friends, who come after the horizon.
Scenario asking(std::uint64_t shoppers) {
  Scenario scenario = everybody_buys(shoppers, 3);
  scenario.referral = {.promoters_only = false,
                       .share_rate = 1.0,
                       .fixed_count = true,
                       .clicks_per_share = 1000.0,
                       .delay_days = 1e9,
                       .depletion = false};
  return scenario;
}

/// One shopper who orders on day 0, consents to everything and is offered this again and again.
Scenario offered(std::size_t offers, double take_up) {
  Scenario scenario = everybody_buys(1, 60);
  scenario.messages.consent_at_order = 1.0;
  scenario.offers.assign(offers, {.valid_days = 1.0, .take_up = take_up});
  return scenario;
}

}  // namespace

TEST_CASE("five million friends may be invited in a segment, and no more",
          "[verification][runaway]") {
  REQUIRE(end_of(asking(most_invitations / 1000)).empty());
  const std::string end = end_of(asking(most_invitations / 1000 + 1));
  REQUIRE(end.starts_with("more than 5000000 friends are invited in one segment: [referral]"));
  REQUIRE(end.find("raise delay_days") != std::string::npos);
}

TEST_CASE("of several segments that run away the first is told, also where it is the last to",
          "[verification][runaway][parallel]") {
  Scenario scenario = asking(most_invitations / 1000 + 1);
  scenario.segments.push_back(scenario.segments.front());
  scenario.segments.back().size = 5;
  scenario.segments.back().identity = 1;
  scenario.segments.front().loyalty_factor = 1e-12;
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 1e5;
  REQUIRE(end_of(scenario).starts_with("more than 5000000 friends"));
}

TEST_CASE("orders that beget orders are ended, by offers, messages and ads alike",
          "[verification][runaway]") {
  constexpr const char* start = "one customer places more than 100000 orders: ";
  REQUIRE(end_of(offered(1, 1.0)).empty());
  REQUIRE(end_of(offered(2, 1e6)).starts_with(start + std::string{"[offer.NAME] feeds itself"}));
  Scenario messages = offered(0, 0.0);
  messages.flows.assign(1, {.trigger = Trigger::order,
                            .messages = 3,
                            .first_after_days = 0.5,
                            .every_days = 0.5,
                            .delivery_rate = 1.0,
                            .open_rate = 1.0,
                            .click_rate = 1.0,
                            .order_rate = 1.0});
  REQUIRE(end_of(messages).starts_with(start + std::string{"[flow.NAME] feeds itself"}));
  Scenario ads = offered(0, 0.0);
  ads.customer_ads = {.enabled = true,
                      .window_days = 1.0,
                      .impressions_per_day = 3.0,
                      .click_rate = 1.0,
                      .order_rate = 1.0};
  REQUIRE(end_of(ads).starts_with(start + std::string{"[customer_ads] feeds itself"}));
  Scenario repeats = offered(0, 0.0);
  repeats.repeat.process = RepeatProcess::pareto_nbd;
  repeats.repeat.mean_rate = 1e5;
  REQUIRE(end_of(repeats).starts_with(start + std::string{"repeat purchases come too fast"}));
}

}  // namespace flywheel::test
