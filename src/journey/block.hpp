#pragma once

#include <vector>

#include "journey/crowd.hpp"
#include "journey/event.hpp"
#include "journey/world.hpp"
#include "outcome/books.hpp"
#include "outcome/tally.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// The shoppers of one segment in one replication: what they live in, who was touched, and what is
/// counted and booked of them. Blocks share nothing but the Snapshot, so they run in parallel.
struct Block {
  Block(const World& of, const DimensionSizes& sizes);

  World world;
  Crowd crowd;
  Tally tally;
  Books books;
  Snapshot snapshot;
  std::vector<double> retargeting_rate;  ///< impressions per open window on each day
  std::vector<double> retargeting_mean;  ///< expected unclicked impressions not yet drawn, by day
  std::vector<std::uint32_t> open;       ///< records whose window may be open
  std::vector<Event> now;                ///< heap: what is still to happen to the shopper in play
};

/// Keeps something that is to happen: within this rotation to the shopper in play, or later.
void schedule(Block& block, const Event& event);

/// Seed of the random numbers of what follows from `luck`: a child that no sibling shares.
[[nodiscard]] std::uint64_t child_luck(std::uint64_t luck, std::uint64_t which);

}  // namespace flywheel
