#pragma once

#include <cstdint>

#include "random/stream.hpp"

namespace flywheel {

/// Number of events of a Poisson distribution with this mean, 0 to 1e15.
///
/// Below mean 10 by inversion: exactly one draw. From there on by transformed rejection (Hoermann
/// 1993, "The transformed rejection method for generating Poisson random variables", PTRS): two
/// draws a trial, 1.1 to 1.3 trials on average.
[[nodiscard]] std::uint64_t draw_poisson(Stream& stream, double mean);

/// The mean from which draw_poisson takes more than one draw.
inline constexpr double poisson_inversion_limit = 10.0;

}  // namespace flywheel
