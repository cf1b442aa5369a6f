#pragma once

namespace flywheel {

/// Quantile of the standard normal distribution, probability in (0, 1).
///
/// Wichura 1988, algorithm AS 241, PPND16: three rational approximations, relative error about
/// 1e-15; logarithm of our own, so the same bits everywhere. Antisymmetric: the value at 1 - p is
/// minus the value at p wherever 1 - p is exact.
[[nodiscard]] double normal_quantile(double probability);

/// The quantile whose upper tail has this probability: precise where 1 - p would round.
[[nodiscard]] double normal_upper_quantile(double tail);

}  // namespace flywheel
