#include "scenario/solve_orders.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "random/gamma.hpp"
#include "random/stream.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

TEST_CASE("trigamma has its published values", "[scenario][orders]") {
  constexpr double pi = 3.14159265358979324;
  REQUIRE(trigamma(1.0) == Approx(pi * pi / 6.0).epsilon(1e-12));
  REQUIRE(trigamma(0.5) == Approx(pi * pi / 2.0).epsilon(1e-12));
  REQUIRE(trigamma(2.0) == Approx(pi * pi / 6.0 - 1.0).epsilon(1e-12));
  REQUIRE(trigamma(1e6) == Approx(1e-6 + 0.5e-12).epsilon(1e-12));
}

TEST_CASE("the inverse of trigamma is its inverse", "[scenario][orders]") {
  for (const double x : {0.05, 0.4, 1.0, 3.7, 60.0, 1e5}) {
    REQUIRE(inverse_trigamma(trigamma(x)) == Approx(x).epsilon(1e-10));
  }
}

TEST_CASE("a gamma variate of the shape of a spread has that spread of logarithms",
          "[scenario][orders][statistical]") {
  const double shape = shape_of_spread(0.52);
  Stream stream{make_key(1, Level::shoppers, 0), Purpose::order, 9};
  std::vector<double> logarithms;
  for (int draw = 0; draw < 100'000; ++draw) logarithms.push_back(draw_log_gamma(stream, shape));
  REQUIRE(plausible_variance(logarithms, 0.52 * 0.52));
  REQUIRE(inverse_shape_of_spread(0.52) == shape);
  REQUIRE(inverse_shape_of_spread(3.0) == 1.02);
}

TEST_CASE("returns are likelier after a bad experience and right on average",
          "[scenario][orders]") {
  const ReturnRates rates = solve_return_rates(0.17, 0.08, 4.0);
  REQUIRE(0.92 * rates.good + 0.08 * rates.bad == Approx(0.17).epsilon(1e-10));
  const double odds_ratio = rates.bad / (1.0 - rates.bad) / (rates.good / (1.0 - rates.good));
  REQUIRE(odds_ratio == Approx(4.0).epsilon(1e-10));
  REQUIRE(solve_return_rates(0.0, 0.08, 4.0).bad == 0.0);
}

TEST_CASE("a bad experience is kept unless a contact repairs it", "[scenario][orders]") {
  OrderTraits order;
  order.bad_product = 0.1;
  order.bad_delivery = 0.2;
  order.contact_bad = 0.5;
  order.resolved = 0.6;
  REQUIRE(bad_experience_share(order) == Approx(0.28 * 0.7));
}

TEST_CASE("answers fall into their classes as often as they should",
          "[scenario][orders][statistical]") {
  const AnswerThresholds thresholds = solve_thresholds({0.55, 0.25, 0.2}, 0.15, 1.3);
  Stream stream{make_key(2, Level::shoppers, 0), Purpose::experience, 9};
  std::uint64_t promoters = 0;
  std::uint64_t detractors = 0;
  constexpr std::uint64_t customers = 200'000;
  for (std::uint64_t customer = 0; customer < customers; ++customer) {
    const double satisfaction = stream.normal() - (stream.bernoulli(0.15) ? 1.3 : 0.0);
    promoters += satisfaction > thresholds.promoter_above ? 1 : 0;
    detractors += satisfaction < thresholds.detractor_below ? 1 : 0;
  }
  REQUIRE(plausible_count(promoters, customers, 0.55));
  REQUIRE(plausible_count(detractors, customers, 0.2));
}

TEST_CASE("classes that nobody or everybody belongs to have thresholds at infinity",
          "[scenario][orders]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  REQUIRE(solve_thresholds({0.0, 1.0, 0.0}, 0.1, 1.0).promoter_above == infinity);
  REQUIRE(solve_thresholds({0.0, 1.0, 0.0}, 0.1, 1.0).detractor_below == -infinity);
  REQUIRE(solve_thresholds({1.0, 0.0, 0.0}, 0.1, 1.0).promoter_above == -infinity);
}

TEST_CASE("fixed reasons rescue their share and leave the others", "[scenario][orders]") {
  std::array<double, reason_count> weights{40, 20, 20, 20};
  std::array<double, reason_count> fixed{0.5, 1.0};
  const RemainingReasons remaining = remaining_reasons(weights, fixed);
  REQUIRE(remaining.rescued_share == Approx(0.4));
  REQUIRE(remaining.shares[0] == Approx(0.2 / 0.6));
  REQUIRE(remaining.shares[1] == 0.0);
  REQUIRE(remaining.shares[2] == Approx(0.2 / 0.6));
  REQUIRE(std::accumulate(remaining.shares.begin(), remaining.shares.end(), 0.0) == Approx(1.0));
}

TEST_CASE("a shop that fixed all reasons loses no checkout to them", "[scenario][orders]") {
  std::array<double, reason_count> weights{1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  const RemainingReasons remaining = remaining_reasons(weights, weights);
  REQUIRE(remaining.rescued_share == Approx(1.0));
  REQUIRE(std::accumulate(remaining.shares.begin(), remaining.shares.end(), 0.0) == Approx(1.0));
}

}  // namespace flywheel::test
