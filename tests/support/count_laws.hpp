#pragma once

#include <cmath>

namespace flywheel::test {

/// P(n) of the Poisson distribution with this mean.
inline double poisson(double n, double mean) {
  return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0));
}

/// P(n) of the negative binomial distribution with this mean and shape k.
inline double negative_binomial(double n, double mean, double k) {
  return std::exp(std::lgamma(n + k) - std::lgamma(k) - std::lgamma(n + 1.0) +
                  k * std::log(k / (k + mean)) + n * std::log(mean / (k + mean)));
}

}  // namespace flywheel::test
