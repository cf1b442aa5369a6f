#pragma once

#include <cstdint>
#include <vector>

#include "random/key.hpp"

namespace flywheel {

/// The creatives of one channel: most are ordinary, a few are winners.
struct CreativeTraits {
  double hit_rate{0};      ///< h, chance that a creative is a winner
  double hit_strength{1};  ///< g, a winner's click probability over an ordinary one's; above 0
  int count{1};            ///< shown one after the other over the flight
};

/// Days for which a creative is shown, to the nearest whole day and at least one; 0: for ever.
[[nodiscard]] int creative_life(double refresh_days);

/// How many creatives a flight shows, each for `refresh_days` (0: one for ever).
[[nodiscard]] int creative_count(int flight_days, int refresh_days);

/// Strengths of creative 0, 1, 2, ...: g / (1 - h + h g) for a winner and 1 / (1 - h + h g)
/// otherwise, so that the mean is 1. One draw each, keyed by the channel.
[[nodiscard]] std::vector<double> draw_strengths(const CreativeTraits& creatives, Key market,
                                                 std::uint64_t channel);

}  // namespace flywheel
