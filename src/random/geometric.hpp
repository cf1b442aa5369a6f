#pragma once

#include <cmath>
#include <cstdint>

#include "core/check.hpp"
#include "random/stream.hpp"

namespace flywheel {

/// Number of failures before the first success of this probability in (0, 1]; exactly one draw.
/// floor(log U / log(1 - p)); counts above 2^62 (probabilities below 1e-17) end there.
[[nodiscard]] inline std::uint64_t draw_geometric(Stream& stream, double probability) {
  expect(probability > 0.0 && probability <= 1.0, "a geometric probability lies in (0, 1]");
  const double count = std::floor(-stream.exponential() / portable_log1p(-probability));
  return count < 0x1p62 ? static_cast<std::uint64_t>(count) : std::uint64_t{1} << 62U;
}

}  // namespace flywheel
