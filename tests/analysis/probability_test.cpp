#include "analysis/probability.hpp"

#include <cmath>
#include <vector>

#include "core/check.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

double binomial_mass(std::size_t successes, std::size_t trials, double share) {
  const auto k = static_cast<double>(successes);
  const auto n = static_cast<double>(trials);
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(share) + (n - k) * std::log1p(-share));
}

template <typename MakeInterval>
double coverage(std::size_t trials, double share, MakeInterval make_interval) {
  double covered = 0.0;
  for (std::size_t successes = 0; successes <= trials; ++successes) {
    const Interval interval = make_interval(Tries{successes, trials});
    if (interval.contains(share)) covered += binomial_mass(successes, trials, share);
  }
  return covered;
}

}  // namespace

TEST_CASE("intervals of a proportion are those of Newcombe's table", "[analysis][probability]") {
  // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, methods 3 and 5.
  struct Row {
    Tries tries;
    Interval wilson;
    Interval exact;
  };
  const auto row = GENERATE(Row{{81, 263}, {0.2553, 0.3662}, {0.2527, 0.3676}},
                            Row{{15, 148}, {0.0624, 0.1605}, {0.0578, 0.1617}},
                            Row{{0, 20}, {0.0, 0.1611}, {0.0, 0.1684}},
                            Row{{1, 29}, {0.0061, 0.1718}, {0.0009, 0.1776}});
  const ProbabilityEstimate estimate = estimate_probability(row.tries);
  REQUIRE(estimate.wilson.low == Approx(row.wilson.low).margin(5.1e-5));
  REQUIRE(estimate.wilson.high == Approx(row.wilson.high).margin(5.1e-5));
  REQUIRE(estimate.clopper_pearson.low == Approx(row.exact.low).margin(5.1e-5));
  REQUIRE(estimate.clopper_pearson.high == Approx(row.exact.high).margin(5.1e-5));
}

TEST_CASE("quantiles of Student's t are those of the table", "[analysis][probability]") {
  CHECK(two_sided_student_quantile(0.95, 1) == Approx(12.706).epsilon(1e-4));
  CHECK(two_sided_student_quantile(0.95, 19) == Approx(2.0930).epsilon(1e-4));
  CHECK(two_sided_student_quantile(0.99, 4) == Approx(4.6041).epsilon(1e-4));
  CHECK(two_sided_student_quantile(0.95, 1'000'000) ==
        Approx(two_sided_normal_quantile(0.95)).epsilon(1e-5));
  CHECK_THROWS_AS(two_sided_student_quantile(0.95, 0), ContractBroken);
}

TEST_CASE("intervals at no and at every success mirror each other", "[analysis][probability]") {
  for (const auto make_interval : {wilson_interval, clopper_pearson_interval}) {
    const Interval none = make_interval({0, 50}, 0.9);
    const Interval all = make_interval({50, 50}, 0.9);
    REQUIRE(none.low == 0.0);
    REQUIRE(all.high == 1.0);
    REQUIRE(all.low == Approx(1.0 - none.high).epsilon(1e-12));
  }
  // Clopper-Pearson at zero: (1 - p)^n = tail.
  REQUIRE(clopper_pearson_interval({0, 50}, 0.9).high ==
          Approx(1.0 - std::pow(0.05, 0.02)).epsilon(1e-12));
}

TEST_CASE("the exact interval covers whatever the truth and the score interval on average",
          "[analysis][probability]") {
  double sum = 0.0;
  int shares = 0;
  for (double share = 0.005; share < 1.0; share += 0.01) {
    const auto exact = [](Tries tries) { return clopper_pearson_interval(tries); };
    const auto wilson = [](Tries tries) { return wilson_interval(tries); };
    REQUIRE(coverage(30, share, exact) >= 0.95);
    sum += coverage(30, share, wilson);
    ++shares;
  }
  REQUIRE(sum / shares == Approx(0.95).margin(0.01));
}

TEST_CASE("the normal quantile is that of the tables", "[analysis][probability]") {
  REQUIRE(two_sided_normal_quantile(0.95) == Approx(1.959963984540054).epsilon(1e-13));
  REQUIRE(two_sided_normal_quantile(0.99) == Approx(2.5758293035489004).epsilon(1e-13));
  REQUIRE_THROWS_AS(two_sided_normal_quantile(1.0), ContractBroken);
}

TEST_CASE("a future on the target reaches it and a failed one does not",
          "[analysis][probability]") {
  const std::vector values{2.9, 3.0, 3.1, std::nan("")};
  REQUIRE(count_at_least(values, 3.0) == 2);
  const ProbabilityEstimate estimate = probability_at_least(values, 3.0);
  REQUIRE(estimate.value == 0.5);
  REQUIRE(estimate.standard_error == Approx(0.25));
}

TEST_CASE("trials for a half-width follow Wilson's formula solved by hand",
          "[analysis][probability]") {
  // At p = 1/2: n = z^2 / 4h^2 - z^2 = 9599.8; at p = 0: n = z^2 / 2h - z^2 = 188.2.
  const PrecisionGoal goal{.half_width = 0.01};
  REQUIRE(trials_for(goal, 0.5) == 9600);
  REQUIRE(trials_for(goal, 0.0) == 189);
  REQUIRE(trials_still_needed({500, 1000}, goal) == 8600);
  REQUIRE(trials_still_needed({8000, 16000}, goal) == 0);
}

TEST_CASE("trials for a half-width are the fewest that meet it", "[analysis][probability]") {
  const double half_width = GENERATE(0.003, 0.02, 0.11);
  for (const std::size_t percent : {1, 7, 30, 62, 95}) {
    const double share = static_cast<double>(percent) / 100.0;
    const std::size_t needed = trials_for({.half_width = half_width}, share);
    // Hundreds of trials at an exact share on either side of the answer.
    const std::size_t hundreds = needed / 100;
    if (hundreds == 0) continue;
    REQUIRE(wilson_interval({hundreds * percent, hundreds * 100}).half_width() >=
            half_width * (1.0 - 1e-9));
    REQUIRE(wilson_interval({(hundreds + 1) * percent, (hundreds + 1) * 100}).half_width() <=
            half_width);
  }
}

TEST_CASE("a probability needs trials and no more successes than those",
          "[analysis][probability]") {
  REQUIRE_THROWS_AS(estimate_probability({0, 0}), ContractBroken);
  REQUIRE_THROWS_AS(wilson_interval({3, 2}), ContractBroken);
  REQUIRE_THROWS_AS(clopper_pearson_interval({3, 2}), ContractBroken);
}

}  // namespace flywheel::test
