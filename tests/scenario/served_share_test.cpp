#include "scenario/served_share.hpp"

#include <cmath>
#include <vector>

#include "random/trait_tables.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr FrequencyCap one_a_week{
    .impressions = 1, .rotation_days = 7, .flight_days = 28, .bought_per_day = 0.3};

const Nodes alike{{1.0}, {1.0}};

}  // namespace

TEST_CASE("a cap of one serves a rotation that has any impression", "[scenario][served]") {
  const ServedShare share{one_a_week};
  for (const double per_day : {0.001, 0.03, 0.2, 1.0, 6.0}) {
    const double m = 7.0 * per_day;
    REQUIRE(share(std::log(per_day)) == Approx((1.0 - std::exp(-m)) / m).epsilon(1e-4));
  }
}

TEST_CASE("a cap serves the smaller one of itself and a Poisson number", "[scenario][served]") {
  // E[min(N, 2)] = 2 - e^-m (2 + m). A flight of 20 days has two rotations of 7 days and one of 6.
  const ServedShare share{{.impressions = 2, .rotation_days = 7, .flight_days = 20}};
  const auto served = [](double m) { return 2.0 - std::exp(-m) * (2.0 + m); };
  for (const double per_day : {0.02, 0.3, 2.0}) {
    const double expected = 2.0 * served(7.0 * per_day) + served(6.0 * per_day);
    REQUIRE(share(std::log(per_day)) == Approx(expected / (20.0 * per_day)).epsilon(1e-4));
  }
}

TEST_CASE("without a cap everything is served", "[scenario][served]") {
  const ServedShare share{{}};
  REQUIRE(share.is_all());
  REQUIRE(share(3.0) == 1.0);
}

TEST_CASE("a cap takes most from those who are exposed most", "[scenario][served]") {
  // x exponential of mean 1: E[1 - e^(-m x)] / m = 1 / (1 + m).
  const InverseTable table = gamma_table(1.0);
  const Nodes exposure = trait_nodes(TraitQuantile{table}, Resolution::fine);
  const ServedResponse served{ServedShare{one_a_week}, {}, exposure, {0.3, 0.0}};
  for (const double weight : {0.1, 1.0, 5.0}) {
    REQUIRE(served(std::log(weight)) == Approx(1.0 / (1.0 + 2.1 * weight)).epsilon(1e-4));
  }
}

TEST_CASE("served impressions wear out, those held back do not", "[scenario][served]") {
  // r(K) = 1 / (1 + K): E[r] = (1 - e^-k) / k at the mean k of what was served of 5 remembered.
  const LogTable by_mean = response_by_mean({.wear_out = 1.0, .wear_in = 0.0});
  const ServedResponse served{ServedShare{one_a_week}, by_mean, alike, {0.3, 5.0}};
  const double share = (1.0 - std::exp(-2.1)) / 2.1;
  const double k = 5.0 * share;
  REQUIRE(served(0.0) == Approx(share * (1.0 - std::exp(-k)) / k).epsilon(1e-4));
}

}  // namespace flywheel::test
