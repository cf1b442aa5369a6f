#include "random/poisson.hpp"

#include <cmath>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "random/deviance.hpp"

namespace flywheel {

namespace {

/// Sequential search of the distribution function, from zero upwards.
std::uint64_t invert(double uniform, double mean) {
  constexpr std::uint64_t last = 120;  // beyond it lies less than 1e-80 of a mean below 10
  double probability = portable_exp(-mean);
  std::uint64_t count = 0;
  while (uniform >= probability && count < last) {
    uniform -= probability;
    ++count;
    probability *= mean / static_cast<double>(count);
  }
  return count;
}

/// PTRS; the names of the constants are Hoermann's.
std::uint64_t reject(Stream& stream, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const double u = stream.open_uniform() - 0.5;
    const double v = stream.open_uniform();
    const double us = 0.5 - std::abs(u);
    const double count = std::floor((2.0 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::uint64_t>(count);
    if (count < 0.0 || (us < 0.013 && v > us)) continue;
    const double height = v * inverse_alpha / (a / (us * us) + b);
    if (portable_log(height) <= log_poisson_probability(count, mean)) {
      return static_cast<std::uint64_t>(count);
    }
  }
}

}  // namespace

std::uint64_t draw_poisson(Stream& stream, double mean) {
  expect(mean >= 0.0 && mean <= 1e15, "a Poisson mean lies between 0 and 1e15");
  return mean < poisson_inversion_limit ? invert(stream.uniform(), mean) : reject(stream, mean);
}

}  // namespace flywheel
