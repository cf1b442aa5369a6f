#include "audience/quadrature.hpp"

#include <cmath>

#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("means over bands are those of calculus", "[audience][quadrature]") {
  const std::vector<double> edges{0.0, 0.2, 0.7, 1.0};
  std::vector<double> squares;
  std::vector<double> logarithms;
  for (const double u : quadrature_points(edges)) {
    squares.push_back(u * u);
    logarithms.push_back(std::log(u) + std::log(1.0 - u));
  }
  const std::vector<double> square = band_means(edges, squares);
  const std::vector<double> logarithm = band_means(edges, logarithms);
  // Integrals of log(u) and of log(1 - u), both 0 at 0.
  const auto integral = [](double u) {
    const double low = u > 0.0 ? u * std::log(u) - u : 0.0;
    const double high = u < 1.0 ? -(1.0 - u) * std::log(1.0 - u) - u : -1.0;
    return low + high;
  };
  for (std::size_t band = 0; band + 1 < edges.size(); ++band) {
    const double from = edges[band];
    const double to = edges[band + 1];
    CHECK_THAT(square[band],
               Catch::Matchers::WithinRel((to * to + to * from + from * from) / 3.0, 1e-11));
    CHECK_THAT(logarithm[band],
               Catch::Matchers::WithinRel((integral(to) - integral(from)) / (to - from), 1e-9));
  }
}

TEST_CASE("a single band has the value at its one point", "[audience][quadrature]") {
  const std::vector<double> edges{0.0, 1.0};
  CHECK(quadrature_points(edges).size() == 1);
  CHECK(band_means(edges, std::vector{3.5}) == std::vector{3.5});
}

}  // namespace flywheel::test
