#include "market/competitor_shocks.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr CompetitorShocks frequent{.per_day = 0.2, .mean_jump = 0.3, .decay_days = 6.0};

std::vector<double> levels_on(std::size_t day) {
  std::vector<double> levels;
  for (std::uint64_t replication = 0; replication < 20'000; ++replication) {
    levels.push_back(competitor_log_price(frequent, make_key(9, Level::market, replication),
                                          static_cast<int>(day) + 1)[day]);
  }
  return levels;
}

}  // namespace

TEST_CASE("competitors' shot noise has Campbell's mean and variance",
          "[market][shock][statistical]") {
  for (const std::size_t day : {std::size_t{0}, std::size_t{3}, std::size_t{40}}) {
    const double age = (static_cast<double>(day) + 0.5) / 6.0;
    const auto levels = levels_on(day);
    // rate E[Y] times the integral of e^(-s / decay), rate E[Y^2] times that of its square.
    REQUIRE(plausible_mean(levels, 0.2 * 0.3 * 6.0 * (1.0 - std::exp(-age))));
    REQUIRE(plausible_variance(levels, 0.2 * 2.0 * 0.09 * 3.0 * (1.0 - std::exp(-2.0 * age))));
  }
}

TEST_CASE("the expected factor is the mean of e to the shot noise",
          "[market][shock][statistical]") {
  const auto expected = expected_competitor_factor(frequent, 41);
  for (const std::size_t day : {std::size_t{1}, std::size_t{40}}) {
    std::vector<double> factors = levels_on(day);
    for (double& factor : factors) factor = std::exp(factor);
    REQUIRE(plausible_mean(factors, expected[day]));
  }
}

TEST_CASE("shocks to come change no day before them", "[market][shock]") {
  const Key key = make_key(4, Level::market, 2);
  auto longer = competitor_log_price(frequent, key, 100);
  longer.resize(20);
  REQUIRE(longer == competitor_log_price(frequent, key, 20));
}

TEST_CASE("a market without competitors' shocks has none", "[market][shock]") {
  const CompetitorShocks none{.per_day = 0.0, .mean_jump = 0.3, .decay_days = 6.0};
  REQUIRE(competitor_log_price(none, make_key(4, Level::market, 2), 3) ==
          std::vector<double>{0.0, 0.0, 0.0});
  REQUIRE(expected_competitor_factor(none, 2) == std::vector<double>{1.0, 1.0});
}

TEST_CASE("a jump with an infinite expected price is refused", "[market][shock]") {
  const CompetitorShocks wild{.per_day = 0.1, .mean_jump = 1.0, .decay_days = 6.0};
  REQUIRE_THROWS_AS(expected_competitor_factor(wild, 2), ContractBroken);
}

}  // namespace flywheel::test
