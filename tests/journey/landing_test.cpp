#include "journey/landing.hpp"

#include "journey/landing_play.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(4, Level::shoppers, 1);

}  // namespace

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
  StepOdds odds{};
  odds[1] = {1.0, 3.0, 1.0, 1.0, 4.0};
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
