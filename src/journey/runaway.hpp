#pragma once

#include <cstdint>

#include "core/runaway_future.hpp"
#include "journey/block.hpp"

namespace flywheel {

/// Friends who are invited in one segment of one future. Measured with everybody sharing at once
/// (a number of friends per customer of 4, no delay): 1.1 GB and 23 s.
inline constexpr std::uint64_t most_invitations{5'000'000};

/// Orders of one customer in one future: 65 a day over the longest horizon.
inline constexpr std::uint32_t most_orders_of_one{100'000};

/// Throws RunawayFuture where more friends are invited than most_invitations.
void expect_invitations_end(const Block& block);

/// Throws RunawayFuture where a customer has placed more orders than most_orders_of_one.
void expect_orders_end(const Block& block, const Customer& customer);

}  // namespace flywheel
