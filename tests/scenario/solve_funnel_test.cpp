#include "scenario/solve_funnel.hpp"

#include <cmath>

#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr SiteRates site{.bounce_rate = 0.45,
                         .view_rate = 0.6,
                         .cart_rate = 0.08,
                         .checkout_rate = 0.55,
                         .cart_abandonment = 0.68,
                         .desktop_ratio = 1.9,
                         .mobile_share = 0.7};
constexpr double funnel_loading = 0.8;
constexpr double visit_tilt = 0.9;  ///< visitors' intent is N(0.9, 1)

/// Two segments with conversion odds 0.5 and 2, tilted towards intent.
Visitors two_segments() {
  const Nodes intent = intent_nodes();
  const ShopperTypes types{{{0.6, std::log(0.5)}, {0.4, std::log(2.0)}}, intent, {{1.0}, {1.0}}};
  Visitors visitors;
  for (std::size_t type = 0; type < types.size(); ++type) {
    const double z = types.intents()[type];
    visitors.weights.push_back(types.shares()[type] * std::exp(visit_tilt * z));
    visitors.decays.push_back(std::exp(-funnel_loading * z - types.segment_log_odds()[type]));
  }
  return visitors;
}

/// Counts of visits, played one by one with the solved log-odds.
struct Played {
  std::uint64_t visits{0};
  std::array<std::uint64_t, step_count> came{};
  std::uint64_t phones{0};
  std::uint64_t orders_on_phones{0};
};

Played play(const StepLogOdds& steps, double source_log_odds, double mobile_share) {
  Stream stream{make_key(17, Level::shoppers, 0), Purpose::visit, 3};
  Played played;
  for (played.visits = 0; played.visits < 600'000; ++played.visits) {
    const double z = visit_tilt + stream.normal();
    const double segment = stream.bernoulli(0.6) ? std::log(0.5) : std::log(2.0);
    const bool on_phone = stream.bernoulli(mobile_share);
    const double added = source_log_odds + segment + funnel_loading * z;
    bool on = true;
    for (std::size_t step = 0; step < step_count; ++step) {
      const double log_odds = steps[on_phone ? 1 : 0][step] + added;
      on = stream.bernoulli(1.0 / (1.0 + std::exp(-log_odds))) && on;
      played.came[step] += on ? 1 : 0;
    }
    played.phones += on_phone ? 1 : 0;
    played.orders_on_phones += on && on_phone ? 1 : 0;
  }
  return played;
}

}  // namespace

TEST_CASE("visits played with solved log-odds come as far as the site's rates say",
          "[scenario][funnel][statistical]") {
  const StepSolution solution = solve_steps(step_reach(site), site, two_segments(), {});
  REQUIRE(solution.reached);
  const Played played = play(solution.steps, 0.0, 0.7);
  REQUIRE(plausible_count(played.came[0], played.visits, 0.55));
  REQUIRE(plausible_count(played.came[1], played.visits, 0.55 * 0.6));
  REQUIRE(plausible_count(played.came[2], played.visits, 0.08));
  REQUIRE(plausible_count(played.came[3], played.visits, 0.08 * 0.55));
  REQUIRE(plausible_count(played.came[4], played.visits, 0.08 * 0.32));
  // Order rates p (phone) and 1.9 p: 0.7 p + 0.3 * 1.9 p = 0.0256
  REQUIRE(plausible_count(played.orders_on_phones, played.phones, 0.0256 / 1.27));
}

TEST_CASE("only cart, checkout and order differ between devices", "[scenario][funnel]") {
  const StepLogOdds steps = solve_steps(step_reach(site), site, two_segments(), {}).steps;
  REQUIRE(steps[0][0] == steps[1][0]);
  REQUIRE(steps[0][1] == steps[1][1]);
  const double shift = steps[0][2] - steps[1][2];
  REQUIRE(shift > 0.1);
  REQUIRE(steps[0][3] - steps[1][3] == Approx(shift));
  REQUIRE(steps[0][4] - steps[1][4] == Approx(shift));
}

TEST_CASE("single steps of the search come to the same log-odds", "[scenario][funnel]") {
  const StepSolution at_once = solve_steps(step_reach(site), site, two_segments(), {});
  StepSolution in_steps;
  for (int count = 0; count < 60; ++count) {
    in_steps = solve_steps(step_reach(site), site, two_segments(), in_steps.steps, 1);
  }
  for (std::size_t step = 0; step < step_count; ++step) {
    REQUIRE(in_steps.steps[0][step] == Approx(at_once.steps[0][step]).epsilon(1e-8));
    REQUIRE(in_steps.steps[1][step] == Approx(at_once.steps[1][step]).epsilon(1e-8));
  }
}

TEST_CASE("a source's visits order at its own rate", "[scenario][funnel][statistical]") {
  const StepSolution solution = solve_steps(step_reach(site), site, two_segments(), {});
  const Solution source =
      solve_source(OrderCurve{solution.steps}, two_segments(), {0.25, 0.061}, 0.0);
  REQUIRE(source.reached);
  const Played played = play(solution.steps, source.value, 0.25);
  REQUIRE(plausible_count(played.came[4], played.visits, 0.061));
}

TEST_CASE("a source without visitors keeps what it had", "[scenario][funnel]") {
  const Visitors nobody{.weights = {0.0, 0.0}, .decays = {1.0, 2.0}};
  REQUIRE(solve_source(OrderCurve{{}}, nobody, {0.5, 0.1}, 0.77).value == 0.77);
}

TEST_CASE("credited orders are own orders, returns of who left, and chance", "[scenario][funnel]") {
  // All steps even odds but for D: 1/32 of the visits order and 15/32 leave engaged at D = 0.
  const OrderCurve curve{{}};
  const Visitors one{.weights = {3.0}, .decays = {1.0}};
  const VisitCredit credit{{0.8}, {0.1}, {0.004}};
  const double target = 0.8 / 32.0 + 0.1 * 15.0 / 32.0 + 0.004;
  const Solution found = solve_credited_source(curve, one, credit, {0.5, target}, {.start = -1.0});
  REQUIRE(found.reached);
  REQUIRE(found.value == Approx(0.0).margin(1e-9));
  // Chance brings 0.004 of 0.004: a tenth of the rate is left for the visits, and that is said.
  const Solution least = solve_credited_source(curve, one, credit, {0.5, 0.004}, {.start = 0.0});
  REQUIRE_FALSE(least.reached);
  const double order = curve.orders({1.0}, std::exp(-least.value), 0.5).values[0];
  const double engaged = curve.engaged({1.0}, std::exp(-least.value), 0.5).values[0];
  REQUIRE(0.8 * order + 0.1 * (engaged - order) == Approx(0.0004).epsilon(1e-9));
}

TEST_CASE("rates that agree are reached as they are", "[scenario][funnel]") {
  const StepReach reach = step_reach(site);
  REQUIRE(reach[0] == Approx(0.55));
  REQUIRE(reach[1] == Approx(0.33));
  REQUIRE(reach[2] == Approx(0.08));
  REQUIRE(reach[3] == Approx(0.044));
  REQUIRE(reach[4] == Approx(0.0256));
}

TEST_CASE("judged rates give way to published ones they contradict", "[scenario][funnel]") {
  SiteRates rates = site;
  rates.cart_rate = 0.4;         // more carts than 0.55 * 0.6 product views
  rates.cart_abandonment = 0.3;  // more orders than checkouts
  const StepReach reach = step_reach(rates);
  REQUIRE(reach[0] == Approx(0.55));
  REQUIRE(reach[2] == Approx(0.4));
  REQUIRE(reach[4] == Approx(0.28));
  REQUIRE(reach[1] == Approx(0.4 / 0.98));
  REQUIRE(reach[3] == Approx(0.28 / 0.98));
}

}  // namespace flywheel::test
