#pragma once

#include "scenario/intent_world.hpp"

namespace flywheel {

/// Share of the first orders credited to channels that would not have come without ads.
///
/// Credited: orders of clicks, own returns within the window of the click (also those that pass a
/// brand ad: search is a channel), organic orders of the flight that pass a brand ad, or find a
/// click or view of a channel by chance. Made by ads: the orders and returns of clicks by those
/// who would not have ordered organically by the horizon.
[[nodiscard]] double incremental_share(const IntentWorld& world);

}  // namespace flywheel
