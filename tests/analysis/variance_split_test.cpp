#include "analysis/variance_split.hpp"

#include <cmath>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

/// y = P + M + 0.7 P M + S with sds 2, 1, 1.5: shoppers 2.25; market 1 + 0.49 * 4 = 2.96 (the
/// interaction is the market's, as the parameters are drawn first); parameters 4.
constexpr double shoppers_variance = 2.25;
constexpr double market_variance = 2.96;
constexpr double parameters_variance = 4.0;

std::vector<FutureTriple> draw_triples(std::uint64_t study, std::size_t count) {
  Stream stream = study_stream(41, study);
  std::vector<FutureTriple> triples;
  for (std::size_t draw = 0; draw < count; ++draw) {
    const double parameter = 2.0 * stream.normal();
    const double market_1 = stream.normal();
    const double market_2 = stream.normal();
    const auto future = [&](double market) {
      return parameter + market + 0.7 * parameter * market + 1.5 * stream.normal();
    };
    const double y11 = future(market_1);
    const double y12 = future(market_1);
    triples.push_back({.y11 = y11, .y12 = y12, .y23 = future(market_2)});
  }
  return triples;
}

}  // namespace

TEST_CASE("the split of three triples is found by hand", "[analysis][variance_split]") {
  // Shoppers: (4 + 0 + 4) / 6. Across: pair (y11, y23) (1 + 4 + 1) / 6, pair (y12, y23)
  // (1 + 4 + 9) / 6, mean 10 / 6. Covariances with y23: 5 / 2 and 6 / 2, mean 2.75.
  const std::vector<FutureTriple> triples{{1, 3, 2}, {5, 5, 3}, {6, 8, 5}};
  const VarianceSplit split = split_variance(triples);
  REQUIRE(split.shoppers.value == Approx(8.0 / 6.0));
  REQUIRE(split.market.value == Approx(10.0 / 6.0 - 8.0 / 6.0));
  // y11 about 4: -3 1 2; y12 about 16/3: -7/3 -1/3 8/3; y23 about 10/3: -4/3 -1/3 5/3.
  const double cov_11 = (4.0 - 1.0 / 3.0 + 10.0 / 3.0) / 2.0;
  const double cov_12 = (28.0 + 1.0 + 40.0) / 9.0 / 2.0;
  REQUIRE(split.parameters.value == Approx(0.5 * (cov_11 + cov_12)));
  const double variances = 14.0 / 2.0 + (49.0 + 1.0 + 64.0) / 18.0 + (16.0 + 1.0 + 25.0) / 18.0;
  REQUIRE(split.total.value == Approx(variances / 3.0));
  REQUIRE(split.market_share.value == Approx(split.market.value / split.total.value));
}

TEST_CASE("each level's variance is found within its stated error",
          "[analysis][variance_split][statistical]") {
  const VarianceSplit split = split_variance(draw_triples(0, 20000));
  const auto within = [](const Estimate& estimate, double truth) {
    return std::abs(estimate.value - truth) <= standard_errors_allowed * estimate.standard_error;
  };
  const double total = shoppers_variance + market_variance + parameters_variance;
  REQUIRE(within(split.shoppers, shoppers_variance));
  REQUIRE(within(split.market, market_variance));
  REQUIRE(within(split.parameters, parameters_variance));
  REQUIRE(within(split.total, total));
  REQUIRE(within(split.shoppers_share, shoppers_variance / total));
  REQUIRE(within(split.market_share, market_variance / total));
  REQUIRE(within(split.parameters_share, parameters_variance / total));
  REQUIRE(split.adds_up());
  REQUIRE(split.market.standard_error < 0.05 * market_variance);  // and the errors are small
}

TEST_CASE("the split is unbiased and its errors are the spread over studies",
          "[analysis][variance_split][statistical]") {
  std::vector<double> market;
  std::vector<double> parameters;
  std::vector<double> parameters_errors;
  std::vector<double> shares;
  std::vector<double> share_errors;
  for (std::uint64_t study = 1; study <= 1000; ++study) {
    const VarianceSplit split = split_variance(draw_triples(study, 200));
    market.push_back(split.market.value);
    parameters.push_back(split.parameters.value);
    parameters_errors.push_back(split.parameters.standard_error);
    shares.push_back(split.shoppers_share.value);
    share_errors.push_back(split.shoppers_share.standard_error);
  }
  REQUIRE(plausible_mean(market, market_variance));
  REQUIRE(plausible_mean(parameters, parameters_variance));
  // The spread of 1,000 heavy-tailed estimates is itself known to about 3 %.
  REQUIRE(moments_of(parameters_errors).mean ==
          Approx(moments_of(parameters).deviation).epsilon(0.1));
  REQUIRE(moments_of(share_errors).mean == Approx(moments_of(shares).deviation).epsilon(0.1));
}

TEST_CASE("parts that do not belong together do not add up", "[analysis][variance_split]") {
  // A frozen level that is not frozen: the second future has another law than the first.
  std::vector<FutureTriple> triples = draw_triples(3, 5000);
  for (FutureTriple& draw : triples) draw.y12 *= 1.3;
  REQUIRE_FALSE(split_variance(triples).adds_up());
}

TEST_CASE("a common offset moves neither the split nor its errors", "[analysis][variance_split]") {
  const std::vector<FutureTriple> triples = draw_triples(4, 500);
  std::vector<FutureTriple> moved = triples;
  for (FutureTriple& draw : moved) draw = {draw.y11 + 1e8, draw.y12 + 1e8, draw.y23 + 1e8};
  const VarianceSplit before = split_variance(triples);
  const VarianceSplit after = split_variance(moved);
  REQUIRE(after.market.value == Approx(before.market.value).epsilon(1e-6));
  REQUIRE(after.market.standard_error == Approx(before.market.standard_error).epsilon(1e-6));
}

TEST_CASE("an output that never varies has no shares and no error", "[analysis][variance_split]") {
  const std::vector<FutureTriple> triples(10, {3.1, 3.1, 3.1});
  const VarianceSplit split = split_variance(triples);
  REQUIRE(split.total.value == 0.0);
  REQUIRE(split.shoppers_share.value == 0.0);
  REQUIRE(split.adds_up());
  REQUIRE_THROWS_AS(split_variance(std::span{triples}.first(2)), ContractBroken);
}

}  // namespace flywheel::test
