// Organic visits that feed themselves are told before they take all memory.
#include "momentum/growth_limit.hpp"

#include <limits>
#include <string>

#include "core/runaway_future.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// A weekly rotation of a plan with an organic visit of each shopper in a hundred days.
MomentumTraits weekly() {
  MomentumTraits traits;
  traits.organic_growth.visits_per_shopper_day = 0.01;
  return traits;
}

/// What ends the growth; empty where it may go on.
std::string end_of(const OrganicFactors& factors, const ShopState& shop,
                   const std::vector<double>& shoppers) {
  try {
    expect_growth_ends(weekly(), factors, shop, shoppers);
  } catch (const RunawayFuture& runaway) {
    return runaway.what();
  }
  return {};
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("visits by loops are those beyond the plan's", "[momentum][organic_growth]") {
  ShopState shop;
  shop.organic_factor = 1.5;
  shop.content_visits = 0.02;
  shop.word_of_mouth = {0.1, 0.4};
  const GrownVisits visits = grown_visits(weekly(), shop, {100.0, 300.0});
  CHECK(visits.by_factors == Approx(7 * 400 * 0.01 * 0.5));
  CHECK(visits.by_content == Approx(7 * 400 * 0.02));
  CHECK(visits.by_word == Approx(7 * (10 + 120)));
  CHECK(visits.all() == Approx(14 + 56 + 910));
}

TEST_CASE("two million visits a rotation may grow, or one of each shopper, and no more",
          "[momentum][organic_growth]") {
  ShopState shop;
  const auto grown = [&](double visits, double shoppers) {
    shop.content_visits = visits / 7.0 / shoppers;
    return end_of({}, shop, {shoppers});
  };
  CHECK(grown(1'999'999.0, 1'000.0).empty());
  CHECK(grown(2'000'001.0, 1'000.0).starts_with("loops bring more than 2,000,000 organic visits"));
  CHECK(grown(3'000'000.0, 3'000'001.0).empty());
  CHECK_FALSE(grown(3'000'002.0, 3'000'001.0).empty());
}

TEST_CASE("the loop that brings most is told, also beyond all numbers",
          "[momentum][organic_growth]") {
  const std::vector<double> shoppers{1'000'000.0};
  ShopState shop;
  shop.content_visits = 10.0;
  CHECK(has(end_of({}, shop, shoppers), "lower money.content_per_day"));
  shop.word_of_mouth = {20.0};
  CHECK(has(end_of({}, shop, shoppers), "word of mouth feeds itself"));
  shop.organic_factor = 1e6;
  CHECK(has(end_of({.search = 1e6}, shop, shoppers), "lower organic_growth.seo_gain"));
  CHECK(has(end_of({.reputation = 1e6}, shop, shoppers), "lower reputation.organic_effect"));
  CHECK(has(end_of({.search = 2.0, .marketplace = 5e5}, shop, shoppers),
            "loops.marketplace feeds itself"));
  shop.organic_factor = std::numeric_limits<double>::infinity();
  CHECK_FALSE(end_of({}, shop, shoppers).empty());
  shop.organic_factor = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(end_of({}, shop, shoppers).empty());
}

}  // namespace flywheel::test
