#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Stage 1, targeted advertising: an impression that may be clicked, by the response to those that
/// the shopper saw before; a click is a visit.
void play_impression(Block& block, const Event& event);

/// An impression that is not clicked and leads to a visit later (the cause of adstock).
void play_view(Block& block, const Event& event);

/// Books the price of a click.
void pay_click(Block& block, std::uint8_t channel, Days time);

/// Counts clicks on a channel's ads.
inline void count_clicks(Block& block, std::size_t channel, std::int64_t clicks) {
  block.tally.clicks[block.tally.cell(channel, block.world.number)] += clicks;
  block.tally.add(Count::events, clicks);
}

/// Counts a click on a channel's ad, and books it where clicks are paid.
inline void bill_click(Block& block, std::uint8_t channel, Days time) {
  count_clicks(block, channel, 1);
  if ((*block.world.channels)[channel].pays_per_click) pay_click(block, channel, time);
}

/// Remembers a click that is no impression of a prospecting channel: a touch that may earn credit.
void remember_click(Block& block, Record& record, const Touch& touch);

}  // namespace flywheel
