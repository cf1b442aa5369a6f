#pragma once

#include <vector>

#include "journey/block.hpp"
#include "journey/landing.hpp"

namespace flywheel {

/// Stage 6, retargeting of non-converters: a visit ended without an order. It may open a window of
/// retargeting, bring the visitor back by themselves, and start abandonment messages.
void leave(Block& block, const Event& event, const VisitOutcome& visit);

/// A retargeting ad is clicked, if its window still stands and the cap allows.
void play_retargeting_click(Block& block, const Event& event);

/// Counts what a shopper's window served until `time` and closes it: an order ends it.
void close_window(Block& block, std::uint32_t person, Days time);

/// Impressions per open window on each day of the rotation, as far as the budget buys them.
void set_retargeting_rates(Block& block);

/// Clicks of this rotation in windows that were open before it.
[[nodiscard]] std::vector<Event> seek_clicks_of_open_windows(Block& block);

/// Counts what open windows served in this rotation and forgets those that ended.
void settle_open_windows(Block& block);

/// Impressions that were only expected so far become counts; after the last rotation.
void draw_retargeting_impressions(Block& block);

/// Latest retargeting impression of a shopper within [from, to), as far as one was served.
[[nodiscard]] Touch latest_retargeting_view(const Block& block, const Record& record, Days from,
                                            Days to);

}  // namespace flywheel
