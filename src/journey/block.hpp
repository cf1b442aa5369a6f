#pragma once

#include <vector>

#include "journey/crowd.hpp"
#include "journey/event.hpp"
#include "journey/world.hpp"
#include "outcome/books.hpp"
#include "outcome/tally.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// Retargeting by day: rates of this rotation and before, and what is only expected so far.
struct RetargetingDays {
  explicit RetargetingDays(std::size_t days);

  std::vector<double> rate;         ///< impressions per open window
  std::vector<double> click;        ///< factor on the click probability
  std::vector<double> impressions;  ///< sum of `rate` over the days before
  std::vector<double> clicks;       ///< sum of `rate` times `click` over the days before
  /// Day by day differences of the time that windows were open on a day, and of the same weighted
  /// with their click chances: what of them is not drawn yet.
  std::vector<double> open_windows;
  std::vector<double> click_chances;

  /// Expected impressions of a window between the start and `time`.
  [[nodiscard]] double impressions_until(Days time) const;
  /// The same, weighted with the day's factor on clicks.
  [[nodiscard]] double clicks_until(Days time) const;
};

/// The shoppers of one segment in one replication: what they live in, who was touched, and what is
/// counted and booked of them. Blocks share nothing but the Snapshot, so they run in parallel.
struct Block {
  Block(const World& of, const DimensionSizes& sizes, Crowd&& memory);

  World world;
  Crowd crowd;
  Tally tally;
  Books books;
  Snapshot snapshot;
  std::vector<std::vector<std::int64_t>>
      served;  ///< impressions by [channel][day], uncapped channels
  RetargetingDays retargeting;
  double highest_chance{1};           ///< of a retargeting click before the day's factor
  std::vector<std::uint32_t> open;    ///< records whose window may be open
  std::vector<Event> ordered;         ///< working memory: a rotation's events by shopper
  std::vector<std::uint32_t> places;  ///< working memory: where a shopper's events begin
  std::vector<Event> now;             ///< heap: what is still to happen to the shopper in play
};

/// Keeps something that is to happen: within this rotation to the shopper in play, or later.
void schedule(Block& block, const Event& event);

/// Seed of the random numbers of what follows from `luck`: a child that no sibling shares.
[[nodiscard]] std::uint64_t child_luck(std::uint64_t luck, std::uint64_t which);

}  // namespace flywheel
