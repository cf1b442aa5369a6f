#include "naive/loops.hpp"

#include <cmath>
#include <numeric>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "naive/world.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

NaiveShopper somebody(std::uint64_t number = 0) {
  return NaiveShopper{Stream{{}, Purpose::trait, number}};
}

}  // namespace

TEST_CASE("naive loops: visits that ads paid for are paid engagement", "[naive]") {
  Scenario scenario = quiet_scenario({});
  add_channel(scenario, 0.0, 1.0);
  for (auto& steps : scenario.funnel.step_log_odds) steps = {50.0, -50.0, 0.0, 0.0, 0.0};
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}, start_loops(scenario, {})};
  world.snapshot.put_off = {0.0};
  for (int source = 0; source <= scenario.source(UnpaidSource::referral); ++source) {
    NaiveShopper shopper = somebody();
    play_visit(world, shopper, {.time = 8.0, .source = source});
    const double paid = source <= scenario.source(UnpaidSource::retargeting) ? 1.0 : 0.0;
    CHECK(world.tally.engaged_paid[1] == paid);
    CHECK(world.tally.engaged_earned[1] == 1.0 - paid);
    world.tally = NaiveTally{scenario};
  }
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(-50.0);
  NaiveShopper shopper = somebody();
  play_visit(world, shopper, {.time = 8.0, .source = 0});  // a bounce
  CHECK(world.tally.engaged_paid[1] == 0.0);
}

TEST_CASE("naive loops: frozen loops change nothing", "[naive]") {
  Scenario frozen = looping_scenario();
  Scenario plain = looping_scenario();
  frozen.momentum.page_tests.enabled = false;
  frozen.momentum.feedback.enabled = false;
  frozen.momentum.reputation.enabled = false;
  frozen.momentum.organic_growth.enabled = false;
  frozen.momentum.targeting.enabled = false;
  plain.momentum = {};
  plain.market.ideas.clear();
  const OutcomeLayout layout = layout_of(plain);
  const Outcome left = run_naive(frozen, layout, 38);
  const Outcome right = run_naive(plain, layout, 38);
  CHECK(left.events == right.events);
  CHECK(left.cash == right.cash);
  const NaiveFuture future = play_naive(frozen, 38);
  CHECK(future.loops.tests.empty());
  for (const NaiveConditions& rotation : future.loops.rotations) {
    CHECK(rotation.lifts.everywhere == 0.0);
    CHECK(rotation.mending.bad == 1.0);
    CHECK(rotation.organic_factor == 1.0);
    CHECK(rotation.aims[0].shares == frozen.momentum.targeting.channels[0].planned_shares);
    CHECK(rotation.aims[1].sharpness == 1.0);
  }
}

TEST_CASE("naive loops: turning loops keep their books", "[naive]") {
  const Scenario scenario = looping_scenario();
  const NaiveFuture future = play_naive(scenario, 39);
  const NaiveTally& tally = future.tally;
  const auto& rotations = future.loops.rotations;
  REQUIRE(rotations.size() == 58);
  for (const NaiveConditions& rotation : rotations) {
    for (const NaiveAim& aim : rotation.aims) {
      CHECK(aim.shares[0] + aim.shares[1] == Approx(1.0).epsilon(1e-12));
    }
  }
  CHECK(rotations[3].aims[0].shares != rotations[0].aims[0].shares);
  CHECK(rotations[4].aims[0].sharpness > 1.0);
  CHECK(rotations.back().lifts.everywhere != 0.0);
  CHECK(rotations.back().mending.bad < 0.9);
  CHECK(rotations.back().brand_factor < 1.0);
  CHECK(future.loops.tests.size() == 58);
  CHECK(future.loops.tests[56].is_finished);
  CHECK_FALSE(future.loops.tests[57].is_finished);

  const double bounced = tally.visits_by_end[0];
  CHECK(sum(tally.engaged_paid) + sum(tally.engaged_earned) ==
        sum(tally.visits_by_source) - bounced);
  CHECK(sum(tally.acquired_paid) == tally.root_customers);
  CHECK(sum(tally.acquired_earned) == tally.organic_customers + tally.referred_customers);
  CHECK(sum(tally.nurtured) == tally.clicked);
  CHECK(sum(tally.retained) == tally.repeat_orders);
  CHECK(sum(tally.advocates) == tally.promoters);
  CHECK(sum(tally.friends_by_rotation) == tally.friends);
  CHECK(sum(tally.message_cost_by_rotation) == Approx(sum_of(tally.all, NaiveAccount::message)));
  CHECK(sum(tally.incentives_by_rotation) ==
        Approx(tally.discounts + sum_of(tally.all, NaiveAccount::loyalty)));
  CHECK(sum(tally.rewards_by_rotation) == Approx(sum_of(tally.all, NaiveAccount::reward)));
  CHECK(sum(tally.media_by_rotation) == Approx(tally.media()));
  const NaiveReviews written = reviews_before(tally, scenario.calendar.horizon());
  CHECK(written.count == tally.reviews);
  CHECK(written.stars == tally.stars);
}

TEST_CASE("naive loops: with messages off no flow starts", "[naive]") {
  Scenario scenario = small_scenario();
  scenario.messages.runs = false;
  const NaiveTally tally = play_naive(scenario, 40).tally;
  CHECK(sum(tally.messages_by_flow) == 0.0);
  CHECK(tally.consents > 0.0);
  CHECK(tally.offers_issued > 0.0);
}

}  // namespace flywheel::test
