#pragma once

#include <cstdint>
#include <vector>

#include "journey/crowd.hpp"
#include "journey/world.hpp"

namespace flywheel {

/// A time from which, and one before which.
struct Period {
  Days from{0};
  Days to{0};
};

/// Times of the impressions of one channel that were served to a shopper within the period, rising:
/// remembered candidates and those that nobody had looked at before. With a frequency cap only the
/// first ones of a rotation are served.
[[nodiscard]] std::vector<Days> seen_impressions(const World& world, const Crowd& crowd,
                                                 const Record& record, std::uint8_t channel,
                                                 const Period& period);

/// K: how many impressions of the creative now shown the shopper remembers at `time`.
[[nodiscard]] std::uint64_t remembered_impressions(const World& world, const Crowd& crowd,
                                                   const Record& record, std::uint8_t channel,
                                                   Days time);

/// Whether the cap still lets the impression at `time` be served.
[[nodiscard]] bool is_served(const World& world, const Crowd& crowd, const Record& record,
                             std::uint8_t channel, Days time);

}  // namespace flywheel
