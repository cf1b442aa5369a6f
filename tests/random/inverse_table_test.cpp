#include "random/inverse_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/inverse_gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss.hpp>

#include "core/check.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

constexpr double largest_uniform = 1.0 - 0x1p-53;

/// Visits uniforms of all sizes: geometric towards both ends, none of them on a node.
template <class Visit>
void for_uniforms(Visit visit) {
  for (double tail = 0.4999; tail > 0x1p-53; tail *= 0.9137) {
    visit(tail);
    visit(1.0 - tail);  // exactly what a stream can give: a multiple of 2^-53
  }
  visit(0.5);
  visit(0.5 - 1e-9);
  visit(0x1p-53);
  visit(largest_uniform);
}

/// Largest relative error against the quantiles of a distribution of Boost.Math. Quantiles below
/// 1e-290 are left out: the lower ends of small shapes, which nothing can tell from zero.
template <class Distribution>
double worst_error(const InverseTable& table, const Distribution& exact) {
  double worst = 0.0;
  for_uniforms([&](double u) {
    const double right = u < 0.5 ? quantile(exact, u) : quantile(complement(exact, 1.0 - u));
    if (std::abs(right) < 1e-290) return;
    worst = std::max(worst, std::abs(table(u) - right) / std::abs(right));
  });
  return worst;
}

/// Integral of the table over (0, 1): by Gauss's rule in each of the octaves of both tails.
double mean_of(const InverseTable& table) {
  using Rule = boost::math::quadrature::gauss<double, 10>;
  double mean = 0.0;
  for (double top = 0.5; top > 0x1p-50; top *= 0.5) {
    for (int part = 0; part < 8; ++part) {
      const double from = top * (0.5 + part / 16.0);
      const double to = top * (0.5 + (part + 1) / 16.0);
      mean +=
          Rule::integrate([&](double tail) { return table(tail) + table(1.0 - tail); }, from, to);
    }
  }
  return mean;
}

TEST_CASE("gamma tables agree with the exact quantiles in both tails", "[random][inverse_table]") {
  for (const double shape : {0.05, 0.3, 0.5, 0.9, 1.0, 1.258, 2.0, 5.0, 20.0, 300.0}) {
    CAPTURE(shape);
    const InverseTable table = gamma_table(shape);
    REQUIRE(worst_error(table, boost::math::gamma_distribution<>{shape, 1.0 / shape}) <
            (shape < 0.3 ? 5e-3 : 1e-7));
    REQUIRE(mean_of(table) == Approx(1.0).epsilon(1e-8));
  }
}

TEST_CASE("beta tables agree with the exact quantiles in both tails", "[random][inverse_table]") {
  const std::pair<double, double> shapes[] = {{2, 98}, {2, 60}, {0.5, 0.5}, {0.535, 1.945},
                                              {1, 1},  {30, 3}, {0.3, 40.0}};
  for (const auto& [a, b] : shapes) {
    CAPTURE(a, b);
    const InverseTable table = beta_table(a, b);
    REQUIRE(worst_error(table, boost::math::beta_distribution<>{a, b}) < 1e-7);
    REQUIRE(mean_of(table) == Approx(a / (a + b)).epsilon(1e-8));
  }
}

TEST_CASE("lognormal tables agree with the exact quantiles in both tails",
          "[random][inverse_table]") {
  for (const double sigma : {0.1, 0.5, 1.0, 1.5}) {
    CAPTURE(sigma);
    const InverseTable table = lognormal_table(-0.3, sigma);
    REQUIRE(worst_error(table, boost::math::lognormal_distribution<>{-0.3, sigma}) < 1e-7);
    REQUIRE(mean_of(table) == Approx(std::exp(-0.3 + sigma * sigma / 2)).epsilon(1e-8));
  }
}

TEST_CASE("normal tables agree with the exact quantiles in both tails", "[random][inverse_table]") {
  const InverseTable table = normal_table(0.0, 1.0);
  REQUIRE(worst_error(table, boost::math::normal_distribution<>{}) < 1e-7);
  REQUIRE(std::abs(mean_of(table)) < 1e-12);
  REQUIRE(normal_table(2.5, 0.75)(0.3) ==
          Approx(boost::math::quantile(boost::math::normal_distribution<>{2.5, 0.75}, 0.3))
              .epsilon(1e-7));
}

TEST_CASE("inverse gamma tables agree with the exact quantiles in both tails",
          "[random][inverse_table]") {
  for (const double shape : {1.5, 3.0, 8.0}) {
    CAPTURE(shape);
    const InverseTable table = inverse_gamma_table(shape, 2.0);
    REQUIRE(worst_error(table, boost::math::inverse_gamma_distribution<>{shape, 2.0}) < 1e-7);
  }
  REQUIRE(mean_of(inverse_gamma_table(8.0, 2.0)) == Approx(2.0 / 7.0).epsilon(1e-8));
}

TEST_CASE("tables rise with the uniform and are finite at the ends", "[random][inverse_table]") {
  for (const InverseTable& table :
       {gamma_table(0.3), gamma_table(4.0), beta_table(2, 98), beta_table(0.5, 0.5),
        lognormal_table(0.0, 1.5), inverse_gamma_table(1.5, 1.0), normal_table(0.0, 1.0)}) {
    REQUIRE(std::isfinite(table(0.0)));
    REQUIRE(std::isfinite(table(largest_uniform)));
    double last = table(0.0);
    bool rising = true;
    for (double tail = 0x1p-53; tail < 0.5; tail *= 1.0013) {
      rising = rising && table(tail) >= last;
      last = table(tail);
    }
    for (double tail = 0.5; tail > 0x1p-53; tail *= 0.9987) {
      // Neighbors in the last place may be turned round by rounding, no more.
      rising = rising && table(1.0 - tail) >= last - std::abs(last) * 1e-15;
      last = table(1.0 - tail);
    }
    REQUIRE(rising);
  }
}

TEST_CASE("a constant table gives its value at every uniform", "[random][inverse_table]") {
  for_uniforms([table = constant_table(7.25)](double u) { REQUIRE(table(u) == 7.25); });
}

TEST_CASE("a table for an uncertain gamma shape is right at every shape of its range",
          "[random][inverse_table]") {
  const InverseTable2 tables = gamma_tables(0.2, 20.0);
  for (const double shape : {0.2, 0.233, 0.5, 1.0, 1.31, 7.7, 19.0, 20.0}) {
    CAPTURE(shape);
    REQUIRE(worst_error(tables.at(shape), boost::math::gamma_distribution<>{shape, 1 / shape}) <
            1e-5);
  }
  const InverseTable2 narrow = gamma_tables(0.4, 4.0);
  for (const double shape : {0.4, 0.77, 3.9}) {
    CAPTURE(shape);
    REQUIRE(worst_error(narrow.at(shape), boost::math::gamma_distribution<>{shape, 1 / shape}) <
            1e-7);
  }
  REQUIRE_THROWS_AS(tables.at(0.19), ContractBroken);
  REQUIRE_THROWS_AS(tables.at(20.1), ContractBroken);
}

TEST_CASE("a table for uncertain beta shapes is right at every sum of its range",
          "[random][inverse_table]") {
  const InverseTable2 tables = beta_tables(0.03, 10.0, 300.0);
  for (const double sum : {10.0, 33.0, 100.0, 287.0}) {
    CAPTURE(sum);
    const boost::math::beta_distribution<> exact{0.03 * sum, 0.97 * sum};
    REQUIRE(worst_error(tables.at(sum), exact) < 1e-6);
  }
}

}  // namespace flywheel::test
