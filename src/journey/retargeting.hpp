#pragma once

#include <algorithm>
#include <vector>

#include "journey/block.hpp"
#include "journey/landing.hpp"

namespace flywheel {

/// Stage 6, retargeting of non-converters: a visit ended without an order. It may open a window of
/// retargeting, bring the visitor back by themselves, and start abandonment messages.
void leave(Block& block, const Event& event, const VisitOutcome& visit);

/// Whether something may follow from a visit by somebody new to the shop, but for a window.
[[nodiscard]] inline bool leaves_trace(const Block& block, const VisitOutcome& visit) {
  const bool may_return =
      block.world.retargeting->return_probability > 0.0 && visit.depth >= Depth::engaged;
  return visit.depth == Depth::ordered || visit.leaves_address || may_return;
}

/// Whether leaving at this depth opens a window of retargeting.
[[nodiscard]] inline bool opens_window(const Block& block, Depth depth) {
  return block.world.retargeting->enabled && depth >= block.world.retargeting->pool;
}

/// How readily the shopper clicks a retargeting impression: its chance on a day of neutral market,
/// but for pool and bounds.
[[nodiscard]] double retargeting_chance(const Block& block, PersonId person);

/// What a pool makes of such a chance; at most 1 whatever named shocks do to clicks.
[[nodiscard]] inline double chance_in_pool(const Block& block, LeaverPool pool, double chance) {
  const PoolTraits& traits = block.world.retargeting->pools[static_cast<std::size_t>(pool)];
  return std::min(chance * traits.clicks, block.highest_chance);
}

/// Impressions of a window in this pool, over those of the mean.
[[nodiscard]] inline double impressions_in_pool(const Block& block, LeaverPool pool) {
  return block.world.retargeting->pools[static_cast<std::size_t>(pool)].impressions;
}

/// Counts a window that a visit of this depth opens.
inline void count_entry(Tally& tally, Depth depth) {
  ++tally.pool_entries[static_cast<std::size_t>(leaver_pool(depth))];
}

/// Windows that may be open, each as many times as its pool gets impressions.
[[nodiscard]] double open_windows(const Block& block);

/// Waiting for the next click of a window.
struct Waiting {
  double chance{0};   ///< of a click, on a day of neutral market
  Days since{0};      ///< when it began
  Days end{0};        ///< of the window, or of what is known of its days
  double uniform{0};  ///< decides
  double weight{1};   ///< impressions of its pool, over the mean's
};

/// As next_click, for a window whose clicks are not bounded away.
[[nodiscard]] Days seek_click(const RetargetingDays& days, const Waiting& waiting);

/// When the next click comes, or `never` if that is not before the end: when the clicks expected
/// since waiting began have grown by an exponential number. It is the same one in every rotation,
/// so that rotations may be played together. Most often a bound tells that none comes: no click
/// when the exponential is beyond the hazard, and exp, 1 - x at least, is cheaper than log.
[[nodiscard]] inline Days next_click(const RetargetingDays& days, const Waiting& waiting) {
  const double most =
      waiting.chance * waiting.weight * days.most_clicks_per_day * (waiting.end - waiting.since);
  return most > 1.0 - waiting.uniform ? seek_click(days, waiting) : never;
}

/// Counts a window without a cap that is not clicked: from where waiting began to its end.
inline void serve_unclicked_window(RetargetingDays& days, const Waiting& waiting) {
  days.open_from(waiting.weight, waiting.chance, waiting.since);
  days.open_from(-waiting.weight, waiting.chance, waiting.end);
}

/// A retargeting ad is clicked, if its window still stands and the cap allows.
void play_retargeting_click(Block& block, const Event& event);

/// Counts what a shopper's window served until `time` and closes it: an order ends it.
void close_window(Block& block, std::uint32_t person, Days time);

/// Impressions per open window on each day of the rotation, as far as the budget buys them.
void set_retargeting_rates(Block& block);

/// Clicks of this rotation in windows that were open before it.
[[nodiscard]] std::vector<Event> seek_clicks_of_open_windows(Block& block);

/// Counts what windows served that ended in this rotation, and forgets them.
void settle_ended_windows(Block& block);

/// Counts what all windows served that are still open; nothing more happens in them.
void settle_all_windows(Block& block);

/// Impressions that were only expected so far become counts; after the last rotation.
void draw_retargeting_impressions(Block& block);

/// Times of a shopper's retargeting impressions within [from, to). With a cap the window must be
/// settled until `to`, as an order does; without one those that were not clicked are drawn here,
/// apart from those that are counted, and the same ones whenever one looks from the same `to`.
[[nodiscard]] std::vector<Days> retargeting_views(const Block& block, const Record& record,
                                                  Days from, Days to);

}  // namespace flywheel
