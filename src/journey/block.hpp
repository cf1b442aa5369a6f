#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "journey/crowd.hpp"
#include "journey/event.hpp"
#include "journey/parties.hpp"
#include "journey/visit_counts.hpp"
#include "journey/world.hpp"
#include "outcome/books.hpp"
#include "outcome/tally.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// Retargeting windows that are open from some time of a day on; those that end count below zero.
struct OpenWindows {
  double count{0};
  double click_chances{0};       ///< sum over windows
  double late_count{0};          ///< sum of the part of the day before they opened
  double late_click_chances{0};  ///< the same, each times its chance
};

/// Retargeting by day: rates of this rotation and before, and what is only expected so far.
struct RetargetingDays {
  explicit RetargetingDays(std::size_t days);

  std::vector<double> rate;         ///< impressions per open window
  std::vector<double> click;        ///< factor on the click probability
  std::vector<double> impressions;  ///< sum of `rate` over the days before
  std::vector<double> clicks;       ///< sum of `rate` times `click` over the days before
  double most_clicks_per_day{0};    ///< expected of a window, were its click chance 1
  std::vector<OpenWindows> open;    ///< by the day from which on; what is not drawn yet

  /// Expected impressions of a window between the start and `time`.
  [[nodiscard]] double impressions_until(Days time) const;
  /// The same, weighted with the day's factor on clicks.
  [[nodiscard]] double clicks_until(Days time) const;
  /// Adds windows that are open from `time` on, all of which have this chance of a click.
  void open_from(double windows, double chance, Days time) {
    const auto day = day_index(time);
    if (day >= rate.size()) return;
    const double late = windows * (time - start_of(day));
    OpenWindows& here = open[day];
    here.count += windows;
    here.click_chances += windows * chance;
    here.late_count += late;
    here.late_click_chances += late * chance;
  }
};

/// What playing needs for a while.
struct WorkingMemory {
  std::vector<std::array<std::uint64_t, 2>> visit_words;  ///< random bits made early
  Parties parties;                                        ///< who has several candidates
  std::vector<std::uint32_t> alone;    ///< candidates of shoppers who have no other
  std::vector<std::uint32_t> records;  ///< by candidate: of whom it is, as far as passers-by tell
  std::vector<Event> ordered;          ///< a stretch's events by shopper
  std::vector<std::uint32_t> places;   ///< where a shopper's events begin
  std::vector<Event> now;              ///< heap: what is still to happen to the shopper in play
};

/// Memory that is handed from one replication to the next.
struct BlockMemory {
  Crowd crowd;
  WorkingMemory work;
};

/// The shop as its visitors and customers meet it in this rotation.
struct ShopFront {
  StepOdds steps{};         ///< odds against each step
  double chance_factor{1};  ///< on the chance of an order (propensity model)
  double availability{1};   ///< chance that an order finds its goods in stock
  OrderTraits order;        ///< what becomes of orders that arrive
};

/// The shoppers of one segment in one replication: what they live in, who was touched, and what is
/// counted and booked of them. Blocks share nothing but the Snapshot, so they run in parallel.
struct Block {
  Block(const World& of, const DimensionSizes& sizes, BlockMemory&& memory);

  [[nodiscard]] std::size_t rotation_of(Days time) const { return rotations[day_index(time)]; }
  /// The customer's life in the rotation of this time.
  [[nodiscard]] LifeStages& life(Days time) { return tally.life[rotation_of(time)]; }

  World world;
  Crowd crowd;
  Tally tally;
  VisitCounts visits;
  Books books;
  Snapshot snapshot;
  ShopFront front;
  std::vector<OrderTerms> terms;         ///< by the number of the snapshot
  std::vector<std::uint16_t> rotations;  ///< number of the rotation, by day
  std::vector<std::vector<std::int64_t>>
      served;  ///< impressions by [channel][day], uncapped channels
  RetargetingDays retargeting;
  double highest_chance{1};         ///< of a retargeting click before the day's factor
  std::vector<std::uint32_t> open;  ///< records whose window may be open
  std::uint64_t invitations{0};     ///< of friends, so far
  WorkingMemory work;
};

/// Keeps something that is to happen: within this rotation to the shopper in play, or later.
void schedule(Block& block, const Event& event);

/// Seed of the random numbers of what follows from `luck`: a child that no sibling shares.
[[nodiscard]] std::uint64_t child_luck(std::uint64_t luck, std::uint64_t which);

}  // namespace flywheel
