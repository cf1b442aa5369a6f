#pragma once

#include <cstdint>

#include "random/stream.hpp"

namespace flywheel {

/// Number of successes in `trials` (up to 1e12) of a probability in [0, 1].
///
/// A probability above 1/2 counts failures instead. Where trials * probability is then below 10,
/// by inversion: exactly one draw. Otherwise by transformed rejection (Hoermann 1993, "The
/// generation of binomial random variates", BTRS): two draws a trial, 1.15 to 1.5 trials on
/// average, whatever the size.
[[nodiscard]] std::uint64_t draw_binomial(Stream& stream, std::uint64_t trials, double probability);

}  // namespace flywheel
