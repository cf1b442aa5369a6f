#include "random/binomial.hpp"

#include <cmath>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/deviance.hpp"

namespace flywheel {

namespace {

/// Sequential search of the distribution function; trials * chance below 10, chance up to 1/2.
std::uint64_t invert(double uniform, std::uint64_t trials, double chance) {
  // Beyond 120 lies less than 1e-80; the search could only get there by rounding.
  const std::uint64_t last = trials < 120 ? trials : 120;
  const double odds = chance / (1.0 - chance);
  double probability = portable_exp(static_cast<double>(trials) * portable_log1p(-chance));
  std::uint64_t count = 0;
  while (uniform >= probability && count < last) {
    uniform -= probability;
    probability *= odds * static_cast<double>(trials - count);
    ++count;
    probability /= static_cast<double>(count);
  }
  return count;
}

/// BTRS; the names of the constants are Hoermann's.
std::uint64_t reject(Stream& stream, double trials, double chance) {
  const double root = std::sqrt(trials * chance * (1.0 - chance));
  const double b = 1.15 + 2.53 * root;
  const double a = -0.0873 + 0.0248 * b + 0.01 * chance;
  const double c = trials * chance + 0.5;
  const double squeeze = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * root;
  const double mode = std::floor((trials + 1.0) * chance);
  const double log_mode = log_binomial_probability(mode, trials, chance);
  for (;;) {
    const double u = stream.open_uniform() - 0.5;
    const double v = stream.open_uniform();
    const double us = 0.5 - std::abs(u);
    const double count = std::floor((2.0 * a / us + b) * u + c);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::uint64_t>(count);
    if (count < 0.0 || count > trials) continue;
    const double height = v * alpha / (a / (us * us) + b);
    if (portable_log(height) <= log_binomial_probability(count, trials, chance) - log_mode) {
      return static_cast<std::uint64_t>(count);
    }
  }
}

/// For a chance up to 1/2.
std::uint64_t draw_rarer(Stream& stream, std::uint64_t trials, double chance) {
  const auto size = static_cast<double>(trials);
  return size * chance < 10.0 ? invert(stream.uniform(), trials, chance)
                              : reject(stream, size, chance);
}

}  // namespace

std::uint64_t draw_binomial(Stream& stream, std::uint64_t trials, double probability) {
  expect(probability >= 0.0 && probability <= 1.0, "a probability lies between 0 and 1");
  expect(trials <= 1'000'000'000'000U, "a binomial count has at most 1e12 trials");
  if (probability <= 0.5) return draw_rarer(stream, trials, probability);
  return trials - draw_rarer(stream, trials, 1.0 - probability);
}

}  // namespace flywheel
