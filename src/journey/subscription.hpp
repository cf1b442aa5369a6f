#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// At a first order: a subscription, or the repeat process.
void begin_custom(Block& block, std::uint32_t person, Days time);

/// A renewal date: the subscriber may leave, pause, fail to pay, or orders.
void play_renewal(Block& block, const Event& event);

/// Loyalty after an order: the upper tier, and at a second order the membership.
void reward_loyalty(Block& block, std::uint32_t person, Days time);

/// The fee of a further year.
void play_membership_fee(Block& block, const Event& event);

}  // namespace flywheel
