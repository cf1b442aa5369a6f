#include "analysis/risk.hpp"

#include <cmath>
#include <vector>

#include "analysis/quantiles.hpp"
#include "analysis/sampling.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

const std::vector ten_contributions{-10.0, -8.0, -6.0, -1.0, 0.0, 2.0, 3.0, 5.0, 9.0, 12.0};

double normal_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

/// A law of contributions with its 5 % risk in closed form.
struct Case {
  double sign;    ///< 1: gains are skewed, -1: losses are
  double log_sd;  ///< zero: standard normal, else contribution = sign * exp(log_sd Z)

  [[nodiscard]] double draw(Stream& stream) const {
    const double normal = stream.normal();
    return log_sd > 0.0 ? sign * std::exp(log_sd * normal) : normal;
  }
  [[nodiscard]] double value_at_risk() const {
    return log_sd > 0.0 ? -sign * std::exp(-sign * log_sd * z) : z;
  }
  [[nodiscard]] double expected_shortfall() const {
    if (log_sd <= 0.0) return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::acos(-1.0)) / 0.05;
    // E(e^(sX); X beyond its 5 % point) = e^(s^2 / 2) P(Z beyond that point shifted by s).
    const double mass = normal_below(-z - sign * log_sd);
    return -sign * std::exp(0.5 * log_sd * log_sd) * mass / 0.05;
  }

  static constexpr double z = 1.6448536269514722;
};

}  // namespace

TEST_CASE("risk of ten contributions with a whole number in the tail is found by hand",
          "[analysis][risk]") {
  const RiskEstimate at_risk = value_at_risk(ten_contributions, 0.2);
  const RiskEstimate shortfall = expected_shortfall(ten_contributions, 0.2);
  REQUIRE(at_risk.value == Approx(6.4).epsilon(1e-14));  // 0.8 of the way from 8 to 6
  REQUIRE(shortfall.value == Approx(9.0).epsilon(1e-14));
  // Manistre & Hancock of the worst half: losses 10, 8, 6, 1, 0 with mean 5 and variance 15.2, VaR
  // 0: (15.2 + 0.5 * (5 - 0)^2) / (10 * 0.5) = 5.54, times 10 / 9 for n - 1.
  const RiskEstimate half = expected_shortfall(ten_contributions, 0.5);
  REQUIRE(half.value == Approx(5.0).epsilon(1e-14));
  REQUIRE(half.standard_error == Approx(std::sqrt(55.4 / 9.0)).epsilon(1e-14));
}

TEST_CASE("the observation on the boundary counts with its part in the tail", "[analysis][risk]") {
  REQUIRE(value_at_risk(ten_contributions, 0.25).value == Approx(4.75).epsilon(1e-14));
  REQUIRE(expected_shortfall(ten_contributions, 0.25).value ==
          Approx((10.0 + 8.0 + 0.5 * 6.0) / 2.5).epsilon(1e-14));
  REQUIRE(expected_shortfall(ten_contributions, 0.05).value == Approx(10.0).epsilon(1e-14));
}

TEST_CASE("risk moves with money added and scales with money multiplied", "[analysis][risk]") {
  std::vector<double> moved;
  for (const double contribution : ten_contributions) moved.push_back(2.0 * contribution + 3.0);
  for (const auto measure : {value_at_risk, expected_shortfall}) {
    const RiskEstimate before = measure(ten_contributions, 0.53);
    const RiskEstimate after = measure(moved, 0.53);
    REQUIRE(after.value == Approx(2.0 * before.value - 3.0).epsilon(1e-12));
    REQUIRE(after.standard_error == Approx(2.0 * before.standard_error).epsilon(1e-9));
  }
}

TEST_CASE("a single value has a shortfall of unknown error", "[analysis][risk]") {
  const RiskEstimate shortfall = expected_shortfall(std::array{-7.0});
  CHECK(shortfall.value == 7.0);
  CHECK(std::isinf(shortfall.standard_error));
  CHECK((std::isinf(shortfall.interval.low) && std::isinf(shortfall.interval.high)));
  CHECK(std::isinf(expected_shortfall(ten_contributions, 0.05).standard_error));
}

TEST_CASE("a shortfall of fewer than five values has a value and no error", "[analysis][risk]") {
  // 20 futures: one lies in the tail; 99: four and most of a fifth; 100: five.
  const auto futures = GENERATE(20U, 99U, 100U);
  std::vector<double> sorted;
  for (unsigned row = 0; row < futures; ++row) sorted.push_back(static_cast<double>(row * row));
  const RiskEstimate shortfall = expected_shortfall(sorted);
  CAPTURE(futures);
  CHECK(std::isfinite(shortfall.value));
  CHECK(std::isfinite(shortfall.standard_error) == (futures == 100));
  CHECK(std::isfinite(shortfall.interval.low) == (futures == 100));
  CHECK(std::isfinite(shortfall.interval.high) == (futures == 100));
  CHECK(tail_count(futures) == (futures == 20 ? 1U : futures == 99 ? 4U : 5U));
}

TEST_CASE("the shortfall of two plans together never exceeds the sum of both", "[analysis][risk]") {
  // Subadditivity, which the value at risk lacks: it must hold in every sample, fractions included.
  for (std::uint64_t study = 0; study < 200; ++study) {
    Stream stream = study_stream(21, study);
    const auto skewed = [&] { return 1.0 - std::exp(1.5 * stream.normal()); };
    const std::vector<double> one = sample_of(37, skewed);
    const std::vector<double> two = sample_of(37, skewed);
    std::vector<double> both;
    for (std::size_t row = 0; row < one.size(); ++row) both.push_back(one[row] + two[row]);
    const auto shortfall = [](const std::vector<double>& values) {
      return expected_shortfall(sorted_sample(values), 0.11).value;
    };
    REQUIRE(shortfall(both) <= (shortfall(one) + shortfall(two)) * (1.0 + 1e-12) + 1e-12);
    REQUIRE(shortfall(both) >= value_at_risk(sorted_sample(both), 0.11).value);
  }
}

TEST_CASE("the ends of the shortfall's interval solve Hall's equation", "[analysis][risk]") {
  // sqrt(n) (t + c t^2 / 3 + c^2 t^3 / 27 + c / (6 n)) = +-z at t = (ES - end) / sd.
  const RiskEstimate estimate = expected_shortfall(ten_contributions, 0.5);
  // Pseudo-values: losses over 0.5, 20, 16, 12, 2 and six times 0; mean 5, squares 554, cubes 4272.
  const double sd = std::sqrt(554.0 / 9.0);
  const double skewness = 427.2 / std::pow(55.4, 1.5);
  const auto transform = [&](double end) {
    const double t = (5.0 - end) / sd;
    return std::sqrt(10.0) *
           (t + skewness * t * t / 3.0 + skewness * skewness * t * t * t / 27.0 + skewness / 60.0);
  };
  REQUIRE(transform(estimate.interval.low) == Approx(1.959963984540054).epsilon(1e-9));
  REQUIRE(transform(estimate.interval.high) == Approx(-1.959963984540054).epsilon(1e-9));
}

TEST_CASE("intervals of risk cover the truth in 93 to 97 of 100 studies",
          "[analysis][risk][statistical]") {
  const auto law = GENERATE(Case{1.0, 0.0}, Case{1.0, 0.75}, Case{-1.0, 0.75});
  std::size_t at_risk_covered = 0;
  std::size_t shortfall_covered = 0;
  std::vector<double> shortfalls;
  std::vector<double> errors;
  for (std::uint64_t study = 0; study < 1000; ++study) {
    Stream stream = study_stream(22, study);
    const auto sorted = sorted_sample(sample_of(2000, [&] { return law.draw(stream); }));
    const RiskEstimate shortfall = expected_shortfall(sorted);
    at_risk_covered += value_at_risk(sorted).interval.contains(law.value_at_risk()) ? 1 : 0;
    shortfall_covered += shortfall.interval.contains(law.expected_shortfall()) ? 1 : 0;
    shortfalls.push_back(shortfall.value);
    errors.push_back(shortfall.standard_error);
  }
  CAPTURE(law.sign, law.log_sd, at_risk_covered, shortfall_covered);
  REQUIRE(at_risk_covered >= 930);
  REQUIRE(at_risk_covered <= 970);
  REQUIRE(shortfall_covered >= 930);
  REQUIRE(shortfall_covered <= 970);
  // The stated error is the spread over studies (whose own error is 2 to 5 % here).
  REQUIRE(moments_of(errors).mean == Approx(moments_of(shortfalls).deviation).epsilon(0.08));
}

TEST_CASE("a future that breaks even is no loss", "[analysis][risk]") {
  const ProbabilityEstimate loss = probability_of_loss(ten_contributions);
  REQUIRE(loss.tries.successes == 4);
  REQUIRE(loss.value == Approx(0.4));
}

TEST_CASE("the value at risk of a small sample has no upper bound", "[analysis][risk]") {
  const RiskEstimate estimate = value_at_risk(ten_contributions, 0.05);
  REQUIRE(std::isinf(estimate.interval.high));
  REQUIRE(std::isfinite(estimate.interval.low));
}

}  // namespace flywheel::test
