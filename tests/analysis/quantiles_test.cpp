#include "analysis/quantiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct BootstrapTheory {
  double expected_square;  ///< mean of the bootstrap's variance over exponential samples
  double true_variance;
};

/// P(B >= least), B ~ Binomial(count, share), summed term by term.
double binomial_at_least(std::size_t least, std::size_t count, double share) {
  if (share >= 1.0) return 1.0;
  double sum = 0.0;
  for (std::size_t k = least; share > 0.0 && k <= count; ++k) {
    const auto successes = static_cast<double>(k);
    const auto failures = static_cast<double>(count - k);
    sum += std::exp(std::lgamma(successes + failures + 1.0) - std::lgamma(successes + 1.0) -
                    std::lgamma(failures + 1.0) + successes * std::log(share) +
                    failures * std::log1p(-share));
  }
  return sum;
}

/// The exponential order statistic X_(i) is a sum of independent exponentials of mean 1 / j over
/// j = n - i + 1 .. n (Renyi 1953), which gives every E X_(i) X_(j); the bootstrap draws X_(rank)
/// as X_(i) when at least `rank` of n draws fall on the first i values and not on the first i - 1.
BootstrapTheory exponential_bootstrap(std::size_t count, std::size_t rank) {
  std::vector<double> weight(count);
  std::vector<double> mean(count);
  std::vector<double> variance(count);
  const auto n = static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = static_cast<double>(i);
    weight[i] =
        binomial_at_least(rank, count, (at + 1.0) / n) - binomial_at_least(rank, count, at / n);
    mean[i] = (i > 0 ? mean[i - 1] : 0.0) + 1.0 / (n - at);
    variance[i] = (i > 0 ? variance[i - 1] : 0.0) + 1.0 / ((n - at) * (n - at));
  }
  double expected = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    expected += weight[i] * (variance[i] + mean[i] * mean[i]);
    for (std::size_t j = 0; j < count; ++j) {
      expected -= weight[i] * weight[j] * (variance[std::min(i, j)] + mean[i] * mean[j]);
    }
  }
  return {.expected_square = expected, .true_variance = variance[rank - 1]};
}

}  // namespace

TEST_CASE("quantiles of four values are those found by hand", "[analysis][quantiles]") {
  const std::vector sorted{10.0, 20.0, 30.0, 40.0};
  REQUIRE(interpolated_quantile(sorted, 0.25) == Approx(17.5));
  REQUIRE(interpolated_quantile(sorted, 0.50) == Approx(25.0));
  REQUIRE(interpolated_quantile(sorted, 0.99) == Approx(39.7));
  REQUIRE(order_quantile(sorted, 0.25) == 10.0);
  REQUIRE(order_quantile(sorted, 0.26) == 20.0);
  REQUIRE(order_quantile(sorted, 0.50) == 20.0);
  REQUIRE(order_quantile(sorted, 0.99) == 40.0);
}

TEST_CASE("a quantile's rank is not moved by the rounding of a product", "[analysis][quantiles]") {
  REQUIRE(0.07 * 100.0 > 7.0);  // the trap: its ceiling is 8
  REQUIRE(quantile_rank(100, 0.07) == 7);
  REQUIRE(quantile_rank(100, 0.071) == 8);
  REQUIRE(quantile_rank(10, 0.01) == 1);
}

TEST_CASE("quantiles of times that never come are infinite and not NaN", "[analysis][quantiles]") {
  const std::vector sorted{1.0, infinity, infinity};
  REQUIRE(order_quantile(sorted, 0.9) == infinity);
  REQUIRE(interpolated_quantile(sorted, 0.75) == infinity);
}

TEST_CASE("ranks around a median are those of the binomial tables", "[analysis][quantiles]") {
  const RankInterval ten = quantile_rank_interval(10, 0.5, 0.95);
  REQUIRE(ten.low == 2);
  REQUIRE(ten.high == 9);
  REQUIRE(ten.coverage == Approx(1.0 - 2.0 * 11.0 / 1024.0).epsilon(1e-12));
  const RankInterval hundred = quantile_rank_interval(100, 0.5, 0.95);
  REQUIRE(hundred.low == 40);
  REQUIRE(hundred.high == 61);
  REQUIRE(hundred.coverage == Approx(0.9648).margin(5e-5));
}

TEST_CASE("a sample too small for an interval says so by an infinite end",
          "[analysis][quantiles]") {
  const RankInterval five = quantile_rank_interval(5, 0.5, 0.95);  // 1/32 lies beyond each end
  REQUIRE_FALSE(five.low.has_value());
  REQUIRE_FALSE(five.high.has_value());
  REQUIRE(five.coverage == 1.0);
  const RankInterval six = quantile_rank_interval(6, 0.5, 0.95);
  REQUIRE(six.low == 1);
  REQUIRE(six.high == 6);
  REQUIRE(six.coverage == Approx(1.0 - 2.0 / 64.0).epsilon(1e-12));
  const std::vector sorted{1.0, 2.0, 3.0, 4.0, 5.0};
  REQUIRE(quantile_interval(sorted, 0.5) == Interval{-infinity, infinity});
}

TEST_CASE("nothing is known of the error of a single value's quantile", "[analysis][quantiles]") {
  REQUIRE(order_statistic_error(std::array{3.5}, 1) == infinity);
}

TEST_CASE("the error of a middle value is Maritz and Jarrett's, by hand", "[analysis][quantiles]") {
  // Beta(2, 2): I(1/3) = 7/27, I(2/3) = 20/27, so the weights are 7/27, 13/27, 7/27.
  const std::vector sorted{-1.0, 0.0, 1.0};
  REQUIRE(order_statistic_error(sorted, 2) == Approx(std::sqrt(14.0 / 27.0)).epsilon(1e-12));
  // Beta(1, 3): 1 - (1 - x)^3 gives 19/27, 7/27, 1/27 from the smallest value up.
  const double mean = 7.0 / 27.0 + 2.0 / 27.0;
  const double square = 7.0 / 27.0 + 4.0 / 27.0;
  REQUIRE(order_statistic_error(sorted, 1) ==
          Approx(std::sqrt(square - mean * mean)).epsilon(1e-12));
}

TEST_CASE("on evenly spaced values the error is the spread of the beta law of ranks",
          "[analysis][quantiles]") {
  // The resampled order statistic is Beta(k, n - k + 1) rounded to the grid, which adds 1 / 12 n^2.
  constexpr std::size_t count = 10000;
  const std::size_t rank = GENERATE(20u, 100u, 5000u, 9990u);
  std::vector<double> sorted(count);
  for (std::size_t index = 0; index < count; ++index) {
    sorted[index] = static_cast<double>(index) / static_cast<double>(count);
  }
  const auto n = static_cast<double>(count);
  const auto k = static_cast<double>(rank);
  const double beta_variance = k * (n - k + 1.0) / ((n + 1.0) * (n + 1.0) * (n + 2.0));
  REQUIRE(order_statistic_error(sorted, rank) ==
          Approx(std::sqrt(beta_variance + 1.0 / (12.0 * n * n))).epsilon(1e-6));
}

TEST_CASE("the error of a quantile is on average the one theory expects of the exact bootstrap",
          "[analysis][quantiles][statistical]") {
  constexpr std::size_t count = 200;
  const double share = GENERATE(0.05, 0.5, 0.95);
  const std::size_t rank = quantile_rank(count, share);
  std::vector<double> squares;
  for (std::uint64_t study = 0; study < 2000; ++study) {
    Stream stream = study_stream(11, study);
    const auto sorted = sorted_sample(sample_of(count, [&] { return stream.exponential(); }));
    const double error = order_statistic_error(sorted, rank);
    squares.push_back(error * error);
  }
  const BootstrapTheory theory = exponential_bootstrap(count, rank);
  CAPTURE(share, theory.expected_square, theory.true_variance);
  REQUIRE(plausible_mean(squares, theory.expected_square));
  // The header's promise: conservative by an order n^-1/2.
  REQUIRE(theory.expected_square > theory.true_variance);
  REQUIRE(theory.expected_square < 1.4 * theory.true_variance);
}

TEST_CASE("the interval of a median covers it as often as it says",
          "[analysis][quantiles][statistical]") {
  const double log_sd = GENERATE(0.0, 0.75);  // 0 stands for the normal case
  constexpr std::size_t count = 2000;
  const double truth = log_sd > 0.0 ? 1.0 : 0.0;
  std::size_t covered = 0;
  for (std::uint64_t study = 0; study < 1000; ++study) {
    Stream stream = study_stream(12, study);
    const auto sorted = sorted_sample(sample_of(count, [&] {
      return log_sd > 0.0 ? std::exp(log_sd * stream.normal()) : stream.normal();
    }));
    covered += quantile_interval(sorted, 0.5).contains(truth) ? 1 : 0;
  }
  REQUIRE(covered >= 930);
  REQUIRE(covered <= 970);
  REQUIRE(plausible_count(covered, 1000, quantile_rank_interval(count, 0.5, 0.95).coverage));
}

TEST_CASE("a summary of the numbers 1 to 100 is what arithmetic says", "[analysis][quantiles]") {
  std::vector<double> values(100);
  std::iota(values.rbegin(), values.rend(), 1.0);
  const Summary summary = summarize(values);
  REQUIRE(summary.count == 100);
  REQUIRE(summary.mean == Approx(50.5));
  REQUIRE(summary.standard_deviation == Approx(std::sqrt(100.0 * 101.0 / 12.0)));
  REQUIRE(summary.standard_error == Approx(summary.standard_deviation / 10.0));
  REQUIRE(summary.minimum == 1.0);
  REQUIRE(summary.maximum == 100.0);
  for (std::size_t index = 0; index < summary_shares.size(); ++index) {
    const QuantileEstimate& quantile = summary.quantiles[index];
    REQUIRE(quantile.share == summary_shares[index]);
    REQUIRE(quantile.value == Approx(1.0 + 99.0 * summary_shares[index]));
    REQUIRE(quantile.interval.contains(quantile.value));
  }
  REQUIRE(summary.quantiles[4].interval == Interval{40.0, 61.0});
}

TEST_CASE("an order is refused where there is none", "[analysis][quantiles]") {
  REQUIRE_THROWS_AS(sorted_sample(std::vector{1.0, std::nan("")}), ContractBroken);
  REQUIRE_THROWS_AS(order_quantile({}, 0.5), ContractBroken);
  REQUIRE_THROWS_AS(order_quantile(std::vector{1.0}, 1.0), ContractBroken);
  REQUIRE_THROWS_AS(order_statistic_error(std::vector{1.0}, 2), ContractBroken);
}

}  // namespace flywheel::test
