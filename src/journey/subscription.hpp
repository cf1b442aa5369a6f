#pragma once

#include <cstdint>

#include "journey/block.hpp"

namespace flywheel {

/// At a first order: a subscription, or the repeat process.
void begin_custom(Block& block, std::uint32_t person, Days time);

/// At an order that takes up an offer: with this chance it begins a subscription, of somebody who
/// has none. Its end begins the repeat process anew.
void subscribe_by_offer(Block& block, std::uint32_t person, Days time, double chance);

/// How far a subscription has come that began before day 0.
struct PastSubscription {
  std::uint16_t renewals{0};  ///< dates passed
  double days_since{0};       ///< the last of them, or the first order
};

/// On day 0: goes on with a subscription. Who has passed k dates ends at the next one with a chance
/// theta ~ Beta(alpha, beta + k): the others have gone.
void resume_subscription(Block& block, std::uint32_t person, const PastSubscription& past);

/// A renewal date: the subscriber may leave, pause, fail to pay, or orders.
void play_renewal(Block& block, const Event& event);

/// Loyalty after an order: the upper tier, and at a second order the membership.
void reward_loyalty(Block& block, std::uint32_t person, Days time);

/// The fee of a further year.
void play_membership_fee(Block& block, const Event& event);

}  // namespace flywheel
