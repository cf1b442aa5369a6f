#pragma once

#include <vector>

#include "journey/block.hpp"
#include "journey/landing.hpp"

namespace flywheel {

/// Stage 6, retargeting of non-converters: a visit ended without an order. It may open a window of
/// retargeting, bring the visitor back by themselves, and start abandonment messages.
void leave(Block& block, const Event& event, const VisitOutcome& visit);

/// Whether something may follow from a visit by somebody new to the shop, but for a window.
[[nodiscard]] bool leaves_trace(const Block& block, const VisitOutcome& visit);

/// Whether leaving at this depth opens a window of retargeting.
[[nodiscard]] bool opens_window(const Block& block, Depth depth);

/// Serves a whole window at once if no click comes in it: false, and nothing done, if one does or
/// if a cap makes impressions count one by one.
[[nodiscard]] bool serve_lone_window(Block& block, PersonId person, Days time, double uniform);

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

/// Latest retargeting impression of a shopper within [from, to), as far as one was served. With a
/// cap the window must be settled until `to`, as an order does; without one the impression is drawn
/// here, apart from those that are counted.
[[nodiscard]] Touch latest_retargeting_view(const Block& block, const Record& record, Days from,
                                            Days to);

}  // namespace flywheel
