#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Stage 1, targeted advertising: an impression that may be clicked, by the response to those that
/// the shopper saw before; a click is a visit.
void play_impression(Block& block, const Event& event);

/// An impression that is not clicked and leads to a visit later (the cause of adstock).
void play_view(Block& block, const Event& event);

/// Remembers a click as a touch; some touches the platform cannot see.
void touch(Block& block, Record& record, const Touch& touch, std::uint64_t luck);

/// Whether a platform can see something that happened on a channel at a time.
[[nodiscard]] bool is_visible(const World& world, const Record& record, const Touch& touch,
                              std::uint64_t luck);

}  // namespace flywheel
