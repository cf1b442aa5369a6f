#include "journey/landing.hpp"

#include <numeric>

#include "journey/landing_play.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(4, Level::shoppers, 1);
constexpr std::int64_t failures = 100'000;

FunnelTraits funnel_with(const std::array<double, reason_count>& shares) {
  FunnelTraits funnel;
  funnel.reason_shares = shares;
  return funnel;
}

}  // namespace

TEST_CASE("failed checkouts have reasons in their shares", "[journey][landing][statistical]") {
  const std::array<double, reason_count> shares = {0.3,  0.1, 0.0,  0.2,  0.1,
                                                   0.05, 0.1, 0.05, 0.05, 0.05};
  const auto counts = draw_reasons(funnel_with(shares), key, 7, failures);
  CHECK(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == failures);
  for (std::size_t reason = 0; reason < reason_count; ++reason) {
    INFO("reason " << reason);
    CHECK(plausible_count(static_cast<std::uint64_t>(counts[reason]),
                          static_cast<std::uint64_t>(failures), shares[reason]));
  }
}

TEST_CASE("a single reason takes every failure, and none makes none", "[journey][landing]") {
  std::array<double, reason_count> shares{};
  shares[4] = 1.0;
  CHECK(draw_reasons(funnel_with(shares), key, 7, failures)[4] == failures);
  CHECK(draw_reasons(funnel_with(shares), key, 7, 0)[4] == 0);
}

TEST_CASE("a visit goes as far as its uniform number lies below the chances' product",
          "[journey][landing]") {
  const std::array<double, step_count> chances = {0.5, 0.5, 1.0, 0.5, 0.5};
  CHECK(landing::descend(chances, 0.5) == Depth::click);
  CHECK(landing::descend(chances, 0.4999) == Depth::engaged);
  CHECK(landing::descend(chances, 0.25) == Depth::engaged);
  CHECK(landing::descend(chances, 0.2499) == Depth::cart);  // nobody stops at a sure step
  CHECK(landing::descend(chances, 0.0625) == Depth::checkout);
  CHECK(landing::descend(chances, 0.0624) == Depth::ordered);
}

TEST_CASE("odds make step chances, and fixed reasons rescue checkouts", "[journey][landing]") {
  FunnelOdds odds;
  odds.step[1] = {1.0, 3.0, 1.0, 1.0, 4.0};
  const auto chances = landing::step_chances(odds, Device::mobile, 1.0, 0.25);
  CHECK(chances[0] == 0.5);
  CHECK(chances[1] == 0.25);
  CHECK(std::abs(chances[4] - (0.2 + 0.25 * 0.8)) < 1e-15);
}

TEST_CASE("orders that are placed at once have no delay", "[journey][landing]") {
  FunnelTraits funnel;
  funnel.immediate_share = 1.0;
  funnel.immediate_delay_days = 0.0;
  funnel.later_delay_days = 3.0;
  CHECK(play_sure_visit(funnel, {}, visit_luck(key, {1}, 2)).order_delay == 0.0);
  funnel.immediate_share = 0.0;
  CHECK(play_sure_visit(funnel, {}, visit_luck(key, {1}, 2)).order_delay > 0.0);
}

}  // namespace flywheel::test
