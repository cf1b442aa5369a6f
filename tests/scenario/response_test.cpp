#include "scenario/response.hpp"

#include <cmath>

#include "random/trait_tables.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("response falls with wear-out and rises with wear-in", "[scenario][response]") {
  const ResponseTraits traits{.wear_out = 0.5, .wear_in = 0.4};
  REQUIRE(response(traits, 0) == Approx(0.6));
  REQUIRE(response(traits, 3) == Approx(0.95 / 2.0));  // (1 - 0.4 / 8) 4^-0.5
  REQUIRE(response({}, 5) == 1.0);
}

TEST_CASE("the largest response is that of the best exposure", "[scenario][response]") {
  REQUIRE(largest_response({.wear_out = 0.43, .wear_in = 0.0}) == 1.0);
  REQUIRE(largest_response({.wear_out = 0.0, .wear_in = 0.4}) == 1.0);
  // With e = 0.5, omega = 0.8: r(0) = .2, r(1) = .6 / 2^.5, r(2) = .8 / 3^.5, r(3) = .9 / 2,
  // r(4) = .95 / 5^.5: the third is the best.
  REQUIRE(largest_response({.wear_out = 0.5, .wear_in = 0.8}) == Approx(0.8 / std::sqrt(3.0)));
}

TEST_CASE("mean responses over Poisson exposures have their closed forms", "[scenario][response]") {
  for (const double mean : {0.01, 0.7, 3.0, 30.0, 63.0, 65.0, 400.0}) {
    // E[1 / (1 + K)] = (1 - e^-m) / m, E[2^-K] = e^(-m / 2)
    REQUIRE(mean_response({.wear_out = 1.0, .wear_in = 0.0}, mean) ==
            Approx((1.0 - std::exp(-mean)) / mean).epsilon(1e-6));
    REQUIRE(mean_response({.wear_out = 0.0, .wear_in = 0.3}, mean) ==
            Approx(1.0 - 0.3 * std::exp(-0.5 * mean)).epsilon(1e-9));
  }
}

TEST_CASE("responses over impressions of unlike shoppers have their closed forms",
          "[scenario][response]") {
  const InverseTable table = gamma_table(1.0);
  const Nodes exposure = trait_nodes(TraitQuantile{table}, Resolution::fine);
  const ExposureResponse worn{{.wear_out = 1.0, .wear_in = 0.0}, exposure};
  const ExposureResponse rising{{.wear_out = 0.0, .wear_in = 0.3}, exposure};
  for (const double frequency : {0.02, 0.5, 3.0, 11.0, 120.0}) {
    // x exponential: E[(1 - e^(-f x)) / f] = 1 / (1 + f), E[x e^(-f x / 2)] = 1 / (1 + f / 2)^2
    REQUIRE(worn(std::log(frequency)) == Approx(1.0 / (1.0 + frequency)).epsilon(1e-5));
    const double not_yet = std::pow(1.0 + 0.5 * frequency, -2.0);
    REQUIRE(rising(std::log(frequency)) == Approx(1.0 - 0.3 * not_yet).epsilon(1e-5));
  }
  REQUIRE(ExposureResponse{{}, exposure}(1.0) == 1.0);
}

}  // namespace flywheel::test
