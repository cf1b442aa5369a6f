#include "scenario/trait_table.hpp"

#include <cmath>

#include "random/hash.hpp"
#include "scenario/draw_traits.hpp"
#include "scenario/quadrature.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

Number certain(double value) {
  Number number;
  number.value = fixed(value);
  return number;
}

DrawnNumbers shape_of(std::uint64_t identity, double value) {
  return DrawnNumbers{{{identity, value}}};
}

double moment(const TablePointer& table, double power) {
  return expectation(trait_nodes(TraitQuantile{*table}, Resolution::fine),
                     [=](double value) { return std::pow(value, power); });
}

}  // namespace

TEST_CASE("every family of traits has mean 1 and the spread of its shape", "[scenario][traits]") {
  const DrawnNumbers nothing{{}};
  const auto square = [&](TraitFamily family, double first, double second) {
    const TraitPlan plan{
        .family = family, .shape = certain(first), .second_shape = certain(second)};
    const TablePointer table = trait_table(plan).at(nothing);
    REQUIRE(moment(table, 1.0) == Approx(1.0).epsilon(1e-6));
    return moment(table, 2.0);
  };
  REQUIRE(square(TraitFamily::gamma, 2.5, 0.0) == Approx(1.0 + 1.0 / 2.5).epsilon(1e-6));
  REQUIRE(square(TraitFamily::lognormal, 0.7, 0.0) == Approx(std::exp(0.49)).epsilon(1e-6));
  // Beta(2, 98): E[a^2] = 2 * 3 / (100 * 101), over the square of the mean 1/50
  REQUIRE(square(TraitFamily::beta, 2.0, 98.0) == Approx(2500.0 * 6.0 / 10100.0).epsilon(1e-6));
}

TEST_CASE("a constant trait and a spread of 0 have no table", "[scenario][traits]") {
  const DrawnNumbers nothing{{}};
  REQUIRE(
      trait_table({.family = TraitFamily::constant, .shape = {}, .second_shape = {}}).at(nothing) ==
      nullptr);
  REQUIRE(trait_table({.family = TraitFamily::lognormal, .shape = certain(0.0), .second_shape = {}})
              .at(nothing) == nullptr);
}

TEST_CASE("an uncertain shape gives each future its own table, near the tables or not",
          "[scenario][traits]") {
  Number shape;
  shape.value = interval90(1.0, 4.0, Domain::positive);
  shape.identity = 99;
  const TraitTable tables =
      trait_table({.family = TraitFamily::gamma, .shape = shape, .second_shape = {}});
  for (const double drawn : {1.3, 3.9, 0.02, 60.0}) {
    const TablePointer table = tables.at(shape_of(99, drawn));
    REQUIRE(moment(table, 2.0) == Approx(1.0 + 1.0 / drawn).epsilon(1e-4));
  }
}

TEST_CASE("Spearman's correlation becomes Pearson's of the normal scores", "[scenario][traits]") {
  for (const double rank : {-0.9, -0.2, 0.0, 0.5, 0.95}) {
    REQUIRE(normal_score_correlation(rank) ==
            Approx(2.0 * std::sin(3.14159265358979324 * rank / 6.0)).epsilon(1e-14));
  }
}

}  // namespace flywheel::test
