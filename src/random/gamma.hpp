#pragma once

#include "random/stream.hpp"

namespace flywheel {

/// Gamma variate of this shape (above 0) and scale 1.
///
/// Marsaglia and Tsang 2000, "A simple method for generating gamma variables": two draws a trial,
/// at most 1.05 trials on average from shape 1 on. Below shape 1 the variate of shape + 1 is
/// multiplied by U^(1 / shape), one more draw first. May be 0 where that underflows (shapes below
/// 0.05).
[[nodiscard]] double draw_gamma(Stream& stream, double shape);

/// Logarithm of a gamma variate: does not underflow at any shape. Same draws as draw_gamma.
[[nodiscard]] double draw_log_gamma(Stream& stream, double shape);

/// Beta variate in [0, 1] of shapes a and b (above 0): x / (x + y) of two gamma variates, in
/// logarithms, so that small shapes give neither 0 / 0 nor a bias. Variable number of draws.
[[nodiscard]] double draw_beta(Stream& stream, double a, double b);

}  // namespace flywheel
