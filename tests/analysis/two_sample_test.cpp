#include "analysis/two_sample.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/sampling.hpp"
#include "core/check.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {
namespace {

/// p-values of a comparison over studies in which both samples come from one law.
template <typename Compare, typename Draw>
std::vector<double> null_p_values(std::uint64_t seed, Compare compare, Draw draw) {
  std::vector<double> p_values;
  for (std::uint64_t study = 0; study < 1000; ++study) {
    Stream stream = study_stream(seed, study);
    const auto first = sample_of(300, [&] { return draw(stream); });
    const auto second = sample_of(500, [&] { return draw(stream); });
    p_values.push_back(compare(first, second).p_value);
  }
  return p_values;
}

std::size_t count_at_most(const std::vector<double>& p_values, double level) {
  return static_cast<std::size_t>(
      std::count_if(p_values.begin(), p_values.end(), [=](double p) { return p <= level; }));
}

double draw_normal(Stream& stream) { return stream.normal(); }
double draw_exponential(Stream& stream) { return stream.exponential(); }

}  // namespace

TEST_CASE("a difference of means is Welch's, by hand", "[analysis][two_sample]") {
  // Means 2 and 6; variances 1 and 10 over 3 and 5: error^2 = 1/3 + 2, degrees of freedom
  // (7/3)^2 / ((1/9) / 2 + 4 / 4) = 5.16; t = -4 / sqrt(7/3).
  const SampleDifference difference =
      compare_means(std::vector{1.0, 2.0, 3.0}, std::vector{2.0, 4.0, 6.0, 8.0, 10.0});
  REQUIRE(difference.value == Approx(-4.0));
  REQUIRE(difference.standard_error == Approx(std::sqrt(7.0 / 3.0)));
  REQUIRE(difference.in_errors == Approx(-4.0 / std::sqrt(7.0 / 3.0)));
  // Between the table's t for 5 degrees: 2.571 (0.05) and 3.365 (0.02).
  REQUIRE(difference.p_value > 0.02);
  REQUIRE(difference.p_value < 0.05);
}

TEST_CASE("Student's p-value is that of the table", "[analysis][two_sample]") {
  // Equal variances and sizes: 2 (n - 1) = 8 degrees of freedom, where t = 2.306 has p = 0.05.
  const std::vector first{-2.0, -1.0, 0.0, 1.0, 2.0};
  std::vector<double> second;
  for (const double value : first) second.push_back(value + 2.306004 * std::sqrt(2.0 * 2.5 / 5.0));
  REQUIRE(compare_means(first, second).p_value == Approx(0.05).epsilon(1e-4));
}

TEST_CASE("equal constants do not differ and unequal ones differ for certain",
          "[analysis][two_sample]") {
  const std::vector<double> three(4, 3.0);
  const std::vector<double> four(4, 4.0);
  REQUIRE(compare_means(three, three).p_value == 1.0);
  REQUIRE(compare_means(three, three).in_errors == 0.0);
  REQUIRE(compare_means(three, four).p_value == 0.0);
  REQUIRE(compare_means(three, four).in_errors < -1e300);
}

TEST_CASE("spreads are compared on the log scale, whatever the unit", "[analysis][two_sample]") {
  const std::vector first{1.0, 2.0, 4.0, 8.0, 9.0};
  std::vector<double> second;
  for (const double value : first) second.push_back(100.0 - 3.0 * value);
  const SampleDifference difference = compare_spreads(first, second);
  REQUIRE(difference.value == Approx(-std::log(3.0)));
}

TEST_CASE("the error of a log spread is known for two-point values", "[analysis][two_sample]") {
  // Two equally likely points have kurtosis 1: Var(log s) = (1 - (n - 3) / (n - 1)) / (4 n)
  // = 1 / (2 n (n - 1)).
  const std::vector coins{0.0, 0.0, 0.0, 1.0, 1.0, 1.0};
  const SampleDifference difference = compare_spreads(coins, coins);
  REQUIRE(difference.standard_error == Approx(std::sqrt(2.0 / 60.0)));
  REQUIRE(difference.p_value == 1.0);
}

TEST_CASE("comparisons of equal laws raise as many false alarms as they say",
          "[analysis][two_sample][statistical]") {
  const auto means = null_p_values(71, compare_means, draw_exponential);
  const auto distances = null_p_values(72, compare_distributions, draw_exponential);
  for (const double level : {0.01, 0.05, 0.5}) {
    CAPTURE(level);
    REQUIRE(plausible_count(count_at_most(means, level), 1000, level));
    REQUIRE(plausible_count(count_at_most(distances, level), 1000, level));
  }
}

TEST_CASE("a comparison of spreads keeps its level for skewed values",
          "[analysis][two_sample][statistical]") {
  // The F test would reject equal exponential spreads about a third of the time at 5 %.
  const auto normal = null_p_values(73, compare_spreads, draw_normal);
  const auto skewed = null_p_values(74, compare_spreads, draw_exponential);
  REQUIRE(plausible_count(count_at_most(normal, 0.05), 1000, 0.05));
  REQUIRE(plausible_count(count_at_most(skewed, 0.05), 1000, 0.05));
}

TEST_CASE("a comparison finds a spread one tenth wider", "[analysis][two_sample][statistical]") {
  Stream stream = study_stream(75, 0);
  const auto narrow = sample_of(5000, [&] { return stream.normal(); });
  const auto wide = sample_of(5000, [&] { return 1.1 * stream.normal(); });
  // log 1.1 = 0.0953 at an error of 0.0141: 6.7 errors expected.
  REQUIRE(compare_spreads(wide, narrow).in_errors > 4.0);
  REQUIRE(std::abs(compare_means(wide, narrow).in_errors) < standard_errors_allowed);
}

TEST_CASE("the distance of two samples is the one counted by hand", "[analysis][two_sample]") {
  const std::vector low{1.0, 2.0, 3.0, 4.0};
  const std::vector high{3.0, 4.0, 5.0, 6.0};
  REQUIRE(compare_distributions(low, high).statistic == 0.5);
  REQUIRE(compare_distributions(high, low).statistic == 0.5);
  REQUIRE(compare_distributions(low, std::vector{7.0, 8.0}).statistic == 1.0);
  // After 1: 1/4 and 0; after 2 (tied): 3/4 and 2/3; after 3: 1 and 1.
  const std::vector tied{1.0, 2.0, 2.0, 3.0};
  REQUIRE(compare_distributions(tied, std::vector{2.0, 2.0, 3.0}).statistic == 0.25);
  REQUIRE(compare_distributions(tied, tied).statistic == 0.0);
  REQUIRE(compare_distributions(tied, tied).p_value == 1.0);
}

TEST_CASE("the Kolmogorov tail is that of the tables on both of its branches",
          "[analysis][two_sample]") {
  REQUIRE(kolmogorov_tail(0.30) == Approx(0.999991).margin(1e-6));  // Smirnov 1948
  REQUIRE(kolmogorov_tail(0.40) == Approx(0.997192).margin(1e-6));
  REQUIRE(kolmogorov_tail(0.82757) == Approx(0.5).margin(1e-5));
  REQUIRE(kolmogorov_tail(1.22385) == Approx(0.10).margin(1e-5));
  REQUIRE(kolmogorov_tail(1.35810) == Approx(0.05).margin(1e-5));
  REQUIRE(kolmogorov_tail(1.62762) == Approx(0.01).margin(1e-6));
  REQUIRE(kolmogorov_tail(std::nextafter(1.18, 0.0)) ==
          Approx(kolmogorov_tail(1.18)).epsilon(1e-12));
  REQUIRE(kolmogorov_tail(0.0) == 1.0);
  REQUIRE(kolmogorov_tail(0.1) == Approx(1.0));
}

TEST_CASE("a family of p-values is adjusted as Holm says", "[analysis][two_sample]") {
  const auto adjusted = holm_adjusted(std::vector{0.01, 0.04, 0.03, 0.005});
  // Sorted: 4 * 0.005, 3 * 0.01, 2 * 0.03, then 0.04 raised to the one before.
  const std::vector wanted{0.03, 0.06, 0.06, 0.02};
  for (std::size_t index = 0; index < wanted.size(); ++index) {
    REQUIRE(adjusted[index] == Approx(wanted[index]));
  }
  REQUIRE(holm_adjusted(std::vector{0.7, 0.9}) == std::vector{1.0, 1.0});
  REQUIRE(holm_adjusted({}).empty());
}

TEST_CASE("comparisons refuse samples too small to compare", "[analysis][two_sample]") {
  const std::vector<double> one(1, 1.0);
  const std::vector<double> equal(5, 1.0);
  REQUIRE_THROWS_AS(compare_means(one, equal), ContractBroken);
  REQUIRE_THROWS_AS(compare_spreads(equal, equal), ContractBroken);
  REQUIRE_THROWS_AS(compare_distributions({}, equal), ContractBroken);
}

}  // namespace flywheel::test
