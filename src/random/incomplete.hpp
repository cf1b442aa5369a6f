#pragma once

namespace flywheel {

/// The two ends of a distribution; a tail is the probability beyond a point, counted from its end.
enum class Side { lower, upper };

/// log Gamma(x) for x > 0, error below 1.5e-14 absolute below x = 16, below 3e-15 relative above.
///
/// Stirling's series after shifting x above 16. No libm, so the same bits everywhere: tables of
/// shoppers' traits are made from the functions of this file.
[[nodiscard]] double log_gamma(double x);

/// Logarithm of the regularized incomplete gamma function: P(shape, x) for the lower side, Q for
/// the upper, x = e^log_x. Relative error of P and Q about 1e-13, in tails of any depth.
///
/// Power series below x = shape + 1, Lentz's continued fraction above (Abramowitz and Stegun
/// 6.5.29 and 6.5.31).
[[nodiscard]] double log_gamma_tail(double shape, double log_x, Side side);

/// Logarithm of the regularized incomplete beta function at x = 1 / (1 + e^-logit_x): I_x(a, b)
/// for the lower side, its complement for the upper. Relative error about 1e-12 for shapes up to
/// some hundreds. Lentz's continued fraction (Abramowitz and Stegun 26.5.8).
[[nodiscard]] double log_beta_tail(double a, double b, double logit_x, Side side);

/// Probability beyond z on one side of the standard normal distribution: P(Z < z) for the lower
/// side, P(Z > z) for the upper. Half of Q(1/2, z^2 / 2); relative error below 1e-12 down to
/// 1e-300.
[[nodiscard]] double normal_tail(double z, Side side);

/// log B(a, b).
[[nodiscard]] double log_beta(double a, double b);

}  // namespace flywheel
