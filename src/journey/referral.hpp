#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// Stage 5, referral: a customer decides once whether to bring friends, who come later.
void ask_for_friends(Block& block, std::uint32_t person, Days time);

/// A friend comes, as a new shopper at no media cost, unless they are a customer already.
void play_invitation(Block& block, const Event& event);

}  // namespace flywheel
