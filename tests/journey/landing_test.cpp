#include "journey/landing.hpp"

#include "journey/landing_play.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr Key key = make_key(4, Level::shoppers, 1);

}  // namespace

TEST_CASE("a visit goes as far as its uniform number lies below the chances' product",
          "[journey][landing]") {
  const std::array<double, step_count> odds = {1.0, 1.0, 0.0, 1.0, 1.0};  // chances 1/2 and 1
  const auto descend = [&](double uniform) { return landing::descend(odds, {}, 0.0, uniform); };
  CHECK(descend(0.5) == Depth::click);
  CHECK(descend(0.4999) == Depth::engaged);
  CHECK(descend(0.25) == Depth::engaged);
  CHECK(descend(0.2499) == Depth::cart);  // nobody stops at a sure step
  CHECK(descend(0.125) == Depth::cart);
  CHECK(descend(0.0625) == Depth::checkout);
  CHECK(descend(0.0624) == Depth::ordered);
}

TEST_CASE("a visit goes as far as the chances of its steps say", "[journey][landing]") {
  StepOdds odds{};
  odds[1] = {0.9, 1.7, 12.0, 0.8, 0.6};
  const double rescued = 0.25;
  const VisitTerms terms{.odds_against = 0.7, .availability = 0.9};
  const auto chances = landing::step_chances(odds, Device::mobile, terms.odds_against, rescued);
  double reached = 1.0;
  for (std::size_t step = 0; step < chances.size(); ++step) {
    reached *= chances[step] * (step + 1 == chances.size() ? terms.availability : 1.0);
    const auto passed = static_cast<Depth>(step + 1);
    CHECK(landing::descend(odds[1], terms, rescued, reached * (1.0 - 1e-12)) >= passed);
    CHECK(landing::descend(odds[1], terms, rescued, reached * (1.0 + 1e-12)) < passed);
  }
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
