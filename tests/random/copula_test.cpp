#include "random/copula.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "support/catch.hpp"
#include "support/goodness_of_fit.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

using Names = std::vector<std::string>;

constexpr int draws = 200'000;

/// The draws of each parameter over many replications.
std::vector<std::vector<double>> columns_of(const GaussianCopula& copula) {
  std::vector<std::vector<double>> columns;
  for (std::uint64_t number = 0; number < draws; ++number) {
    const auto row = copula.uniforms(make_key(12, Level::parameters, number));
    columns.resize(row.size());
    for (std::size_t at = 0; at < row.size(); ++at) columns[at].push_back(row[at]);
  }
  return columns;
}

std::vector<double> products_of(const std::vector<double>& left, const std::vector<double>& right) {
  std::vector<double> products;
  for (std::size_t at = 0; at < left.size(); ++at) {
    products.push_back(12.0 * (left[at] - 0.5) * (right[at] - 0.5));
  }
  return products;
}

TEST_CASE("draws are uniform and have the rank correlations wished for",
          "[random][copula][statistical]") {
  const GaussianCopula copula{{"price", "rate", "basket", "lag"},
                              {{"price", "rate", 0.6}, {"basket", "rate", -0.4}}};
  const auto columns = columns_of(copula);
  for (const auto& column : columns) {
    REQUIRE(fits_distribution(column, [](double x) { return x; }));
  }
  // For uniform numbers Spearman's rho is 12 E(u - 1/2)(v - 1/2).
  REQUIRE(plausible_mean(products_of(columns[0], columns[1]), 0.6));
  REQUIRE(plausible_mean(products_of(columns[2], columns[1]), -0.4));
  REQUIRE(plausible_mean(products_of(columns[0], columns[2]), 0.0));
  REQUIRE(plausible_independence(columns[3], columns[0]));
}

TEST_CASE("a parameter that is added moves no other", "[random][copula][crn]") {
  const std::vector<RankCorrelation> wishes = {{"price", "rate", 0.6}};
  const Key key = make_key(12, Level::parameters, 8);
  const auto before = GaussianCopula{{"price", "rate"}, wishes}.uniforms(key);
  const auto after = GaussianCopula{{"new", "price", "newer", "rate"}, wishes}.uniforms(key);
  REQUIRE(after[1] == before[0]);
  REQUIRE(after[3] == before[1]);
}

TEST_CASE("strong correlations are held up to almost one", "[random][copula][statistical]") {
  const auto columns = columns_of({{"a", "b"}, {{"a", "b", 0.999}}});
  REQUIRE(plausible_mean(products_of(columns[0], columns[1]), 0.999));
  for (const double u : columns[1]) REQUIRE((u > 0.0 && u < 1.0));
}

TEST_CASE("impossible correlations are refused with the names", "[random][copula]") {
  using Catch::Matchers::Contains;
  const auto made = [](const std::vector<RankCorrelation>& wishes) {
    return GaussianCopula{Names{"a", "b", "c"}, wishes};
  };
  REQUIRE_THROWS_WITH(made({{"a", "b", 0.9}, {"a", "c", 0.9}, {"b", "c", -0.9}}),
                      Contains("'c' with 'a', 'b'") && Contains("not positive definite"));
  REQUIRE_THROWS_WITH(made({{"a", "d", 0.1}}), Contains("'d'"));
  for (const RankCorrelation& wish :
       {RankCorrelation{"a", "a", 0.5}, {"a", "b", 1.0}, {"a", "b", -1.2}}) {
    REQUIRE_THROWS_AS(made({wish}), ImpossibleCorrelations);
  }
  REQUIRE_THROWS_AS(made({{"a", "b", 0.5}, {"b", "a", 0.4}}), ImpossibleCorrelations);
}

}  // namespace flywheel::test
