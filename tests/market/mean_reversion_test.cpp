#include "market/mean_reversion.hpp"

#include <cmath>
#include <cstddef>

#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr int paths = 4000;
constexpr int days = 40;
constexpr MeanReversion process{.volatility = 0.3, .reversion = 0.2};
constexpr double half_variance = 0.045;

/// The logarithms X of one path, undoing the correction of the mean.
std::vector<double> logarithms(std::uint64_t replication) {
  const Stream stream{make_key(11, Level::market, replication), Purpose::price, 5};
  std::vector<double> path = mean_reverting_factor(process, normal_path(stream, days));
  for (double& value : path) value = std::log(value) + half_variance;
  return path;
}

/// Values of X on two days over all paths.
struct TwoDays {
  std::vector<double> first;
  std::vector<double> second;
  std::vector<double> product;
};

TwoDays on_days(std::size_t first, std::size_t second) {
  TwoDays values;
  for (std::uint64_t replication = 0; replication < paths; ++replication) {
    const auto path = logarithms(replication);
    values.first.push_back(path[first]);
    values.second.push_back(path[second]);
    values.product.push_back(path[first] * path[second]);
  }
  return values;
}

}  // namespace

TEST_CASE("a mean-reverting logarithm is stationary from its first day",
          "[market][price][statistical]") {
  const auto values = on_days(0, days - 1);
  REQUIRE(plausible_mean(values.first, 0.0));
  REQUIRE(plausible_mean(values.second, 0.0));
  REQUIRE(plausible_variance(values.first, 0.09));
  REQUIRE(plausible_variance(values.second, 0.09));
}

TEST_CASE("its autocovariance falls by e^-reversion a day", "[market][price][statistical]") {
  REQUIRE(plausible_mean(on_days(10, 11).product, 0.09 * std::exp(-0.2)));
  REQUIRE(plausible_mean(on_days(20, 27).product, 0.09 * std::exp(-1.4)));
}

TEST_CASE("its factor has mean 1", "[market][price][statistical]") {
  std::vector<double> factors;
  for (std::uint64_t replication = 0; replication < paths; ++replication) {
    factors.push_back(std::exp(logarithms(replication)[7] - half_variance));
  }
  REQUIRE(plausible_mean(factors, 1.0));
}

TEST_CASE("a longer path begins with the shorter one", "[market][price]") {
  const Stream stream{make_key(3, Level::market, 1), Purpose::price, 5};
  auto longer = mean_reverting_factor(process, normal_path(stream, 30));
  longer.resize(12);
  REQUIRE(longer == mean_reverting_factor(process, normal_path(stream, 12)));
}

TEST_CASE("one factor gives prices and demand their correlations", "[market][price][statistical]") {
  constexpr int samples = 20'000;
  const FactorLoadings loadings = factor_loadings(0.5, 0.3);
  const auto normals = [](std::uint64_t entity) {
    return normal_path({make_key(5, Level::market, 0), Purpose::price, entity}, samples);
  };
  const auto common = normals(1);
  const auto first = blend(normals(2), loadings.own_price, common, loadings.price);
  const auto second = blend(normals(3), loadings.own_price, common, loadings.price);
  const auto demand = blend(normals(4), loadings.own_demand, common, loadings.demand);
  std::vector<double> prices;
  std::vector<double> with_demand;
  for (std::size_t at = 0; at < samples; ++at) {
    prices.push_back(first[at] * second[at]);
    with_demand.push_back(second[at] * demand[at]);
  }
  REQUIRE(plausible_mean(prices, 0.5));
  REQUIRE(plausible_mean(with_demand, 0.3));
  REQUIRE(plausible_variance(first, 1.0));
  REQUIRE(plausible_variance(demand, 1.0));
}

TEST_CASE("demand cannot hang more on the common factor than wholly", "[market][price]") {
  const FactorLoadings loadings = factor_loadings(0.04, 0.9);
  REQUIRE(loadings.demand == 1.0);
  REQUIRE(loadings.own_demand == 0.0);
  REQUIRE(factor_loadings(0.0, 0.9).demand == 0.0);
}

}  // namespace flywheel::test
