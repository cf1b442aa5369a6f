#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>

namespace flywheel::test {

/// Whether a sample may have come from the law it is compared with, and a sentence that says why.
/// Usable as `REQUIRE(plausible_mean(...))`: Catch2 prints the sentence.
struct Verdict {
  bool plausible{false};
  std::string sentence;

  explicit operator bool() const { return plausible; }
};

std::ostream& operator<<(std::ostream& out, const Verdict& verdict);

/// How far from the expectation a sample may lie, in standard errors. A true law is rejected once
/// in 1.7 million tests; seeds are fixed, so a test that passes once passes always.
inline constexpr double standard_errors_allowed = 5.0;

/// The same threshold for tests that give a p-value: the two-sided normal tail beyond it.
inline constexpr double smallest_plausible_p_value = 5.733e-7;

/// Count, mean and standard deviation (divisor n - 1) of a sample.
struct Moments {
  std::uint64_t count{0};
  double mean{0.0};
  double deviation{0.0};

  [[nodiscard]] double standard_error() const;
};

[[nodiscard]] Moments moments_of(std::span<const double> sample);

/// Is the mean of the sample within five standard errors of `expected`? Needs two values or more.
[[nodiscard]] Verdict plausible_mean(const Moments& sample, double expected);
[[nodiscard]] Verdict plausible_mean(std::span<const double> sample, double expected);
[[nodiscard]] Verdict plausible_mean(double mean, double deviation, std::uint64_t count,
                                     double expected);

/// Is the sample variance within five standard errors of `expected`? The standard error is that of
/// the mean of the squared deviations, taken from the sample (it needs a fourth moment).
[[nodiscard]] Verdict plausible_variance(std::span<const double> sample, double expected);

/// Can `count` of `trials` be successes of probability `probability` (binomial, normal limit with
/// continuity correction)?
[[nodiscard]] Verdict plausible_count(std::uint64_t count, std::uint64_t trials,
                                      double probability);

/// Can two independent samples have the same mean (Welch)?
[[nodiscard]] Verdict plausible_difference(const Moments& left, const Moments& right);

/// Can two equally long samples be uncorrelated? Fisher's z of the correlation coefficient.
[[nodiscard]] Verdict plausible_independence(std::span<const double> left,
                                             std::span<const double> right);

}  // namespace flywheel::test
