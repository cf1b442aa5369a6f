#pragma once

namespace flywheel {

/// Distribution function of the standard normal distribution, by functions of our own only.
///
/// Hart 1968, algorithm 5666, as in West 2005, "Better approximations to cumulative normal
/// functions": absolute error below 1e-15.
[[nodiscard]] double normal_probability(double x);

}  // namespace flywheel
