#pragma once

#include "random/inverse_table.hpp"

namespace flywheel {

/// Tables of the distributions that traits of shoppers have. Made in about half a millisecond.

/// Gamma of mean 1: variance 1 / shape.
[[nodiscard]] inline InverseTable gamma_table(double shape) {
  return InverseTable{gamma_law(shape, 1.0 / shape)};
}

/// Gamma of mean 1 with an uncertain shape.
[[nodiscard]] inline InverseTable2 gamma_tables(double lowest_shape, double highest_shape) {
  return {[](double shape) { return gamma_law(shape, 1.0 / shape); }, lowest_shape, highest_shape};
}

/// Beta of mean a / (a + b).
[[nodiscard]] inline InverseTable beta_table(double a, double b) {
  return InverseTable{beta_law(a, b)};
}

/// Beta of a given mean with an uncertain sum of its shapes (how alike the shoppers are).
[[nodiscard]] inline InverseTable2 beta_tables(double mean, double lowest_sum, double highest_sum) {
  return {[mean](double sum) { return beta_law(mean * sum, (1.0 - mean) * sum); }, lowest_sum,
          highest_sum};
}

/// e^(mu + sigma Z): mean e^(mu + sigma^2 / 2).
[[nodiscard]] inline InverseTable lognormal_table(double mu, double sigma) {
  return InverseTable{lognormal_law(mu, sigma)};
}

/// scale / G, G gamma of this shape: mean scale / (shape - 1) where shape is above 1.
[[nodiscard]] inline InverseTable inverse_gamma_table(double shape, double scale) {
  return InverseTable{inverse_gamma_law(shape, scale)};
}

[[nodiscard]] inline InverseTable normal_table(double mean, double deviation) {
  return InverseTable{normal_law(mean, deviation)};
}

[[nodiscard]] inline InverseTable constant_table(double value) {
  return InverseTable::constant(value);
}

}  // namespace flywheel
