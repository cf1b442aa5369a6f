#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "random/binomial.hpp"
#include "random/stream.hpp"

namespace flywheel {

/// How often each of n outcomes comes in `trials` independent ones, in proportion to weights that
/// are not negative and not all zero: each takes a binomial of those left, the last one the rest
/// (Devroye, Non-Uniform Random Variate Generation, XI.1.2). Each has a stream of its own, 2^20
/// ordinals from the next one's, so that another weight moves only what follows.
template <std::size_t n>
[[nodiscard]] std::array<std::int64_t, n> draw_multinomial(Key key, const Address& first,
                                                           std::int64_t trials,
                                                           std::span<const double, n> weights) {
  double weight_left = 0.0;
  for (const double weight : weights) weight_left += weight;
  std::array<std::int64_t, n> counts{};
  for (std::size_t k = 0; k < n && trials > 0; ++k) {
    const bool last = k + 1 == n || weights[k] >= weight_left;
    Stream draws{key, first.purpose, first.entity,
                 first.ordinal + (static_cast<std::uint64_t>(k) << 20U)};
    counts[k] = last ? trials
                     : static_cast<std::int64_t>(draw_binomial(
                           draws, static_cast<std::uint64_t>(trials), weights[k] / weight_left));
    weight_left -= weights[k];
    trials -= counts[k];
  }
  return counts;
}

}  // namespace flywheel
