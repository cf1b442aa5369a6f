#pragma once

#include <cstdint>

#include "random/hash.hpp"

namespace flywheel {

/// The three levels of randomness; each can be frozen while the others vary.
enum class Level : std::uint8_t {
  parameters = 1,  ///< what the planner does not know; drawn once per replication
  market = 2,      ///< prices, demand, shocks; one path per replication
  shoppers = 3,    ///< traits and decisions of every shopper
};

/// Key of the counter-based generator: who has it has one level of one replication.
struct Key {
  std::uint32_t low{0};
  std::uint32_t high{0};

  friend constexpr bool operator==(Key, Key) = default;
};

/// The key of one level of one replication of the run with this seed.
///
/// Hashed, never added: with an addition, replication k of seed s would be replication 0 of seed
/// s + k. For a fixed seed and level no two replications share a key; across seeds and levels two
/// of a million keys agree with a chance of 3e-8.
[[nodiscard]] constexpr Key make_key(std::uint64_t seed, Level level, std::uint64_t replication) {
  const std::uint64_t word = mix(mix(seed, static_cast<std::uint64_t>(level)), replication);
  return {static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> 32U)};
}

}  // namespace flywheel
