#pragma once

#include <cstdint>

#include "journey/block.hpp"

namespace flywheel {

/// Share of an audience that stays away when so many were told to, each told one taken uniformly
/// from all: 1 - exp(-told / size).
[[nodiscard]] double put_off_share(double told, double size);

/// A detractor's answer about an order of this number: a Poisson number of people are put off.
void put_friends_off(Block& block, PersonId detractor, std::uint64_t order);

/// Whether the shopper stays away since the beginning of this rotation or before. The share of
/// those who do only grows, and everybody has one threshold of their own: so nobody comes back.
[[nodiscard]] bool is_put_off(const Block& block, PersonId person);

}  // namespace flywheel
