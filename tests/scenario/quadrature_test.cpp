#include "scenario/quadrature.hpp"

#include <cmath>
#include <numeric>

#include "random/trait_tables.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("intent nodes hold the moments of tilted normals", "[scenario][quadrature]") {
  const Nodes nodes = intent_nodes();
  for (const double tilt : {-0.5, 0.0, 0.7, 2.5, 5.0}) {
    const double mean = expectation(nodes, [=](double z) { return std::exp(tilt * z); });
    REQUIRE(mean == Approx(std::exp(0.5 * tilt * tilt)).epsilon(1e-9));
  }
}

TEST_CASE("intent nodes integrate a steep logistic", "[scenario][quadrature]") {
  // E[1 / (1 + e^(-3 z))] is 1/2 by symmetry; the range of nodes is not symmetric.
  const double mean =
      expectation(intent_nodes(), [](double z) { return 1.0 / (1.0 + std::exp(-3.0 * z)); });
  REQUIRE(mean == Approx(0.5).epsilon(1e-7));
}

TEST_CASE("without intent everybody has intent 0", "[scenario][quadrature]") {
  const Nodes nodes = no_intent_node();
  REQUIRE(nodes.values == std::vector<double>{0.0});
  REQUIRE(nodes.weights == std::vector<double>{1.0});
}

TEST_CASE("trait nodes hold the powers of gamma traits", "[scenario][quadrature]") {
  for (const double shape : {0.3, 1.0, 2.0, 20.0}) {
    const InverseTable table = gamma_table(shape);
    for (const double power : {0.25, 1.0, 1.5, 4.0}) {
      // E[a^p] = Gamma(k + p) / Gamma(k) / k^p
      const double exact =
          std::exp(std::lgamma(shape + power) - std::lgamma(shape)) / std::pow(shape, power);
      const auto value = [=](double a) { return std::pow(a, power); };
      REQUIRE(expectation(trait_nodes(TraitQuantile{table}, Resolution::fine), value) ==
              Approx(exact).epsilon(1e-6));
      REQUIRE(expectation(trait_nodes(TraitQuantile{table}, Resolution::coarse), value) ==
              Approx(exact).epsilon(6e-3));
    }
  }
}

TEST_CASE("trait nodes weigh 1 and rise", "[scenario][quadrature]") {
  const InverseTable table = beta_table(2.0, 98.0);
  const Nodes nodes = trait_nodes(TraitQuantile{table}, Resolution::fine);
  REQUIRE(std::accumulate(nodes.weights.begin(), nodes.weights.end(), 0.0) ==
          Approx(1.0).epsilon(1e-8));
  REQUIRE(std::is_sorted(nodes.values.begin(), nodes.values.end()));
  REQUIRE(trait_nodes(TraitQuantile{}, Resolution::fine).values == std::vector<double>{1.0});
}

}  // namespace flywheel::test
