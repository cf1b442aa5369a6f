#pragma once

#include <cstdint>

#include "journey/block.hpp"

namespace flywheel {

/// Whose order, and which of their orders it is.
struct AdWindow {
  std::uint32_t person{0};
  std::uint64_t order{0};
  Days ordered{0};
};

/// The ads that follow an order: a Poisson number of impressions at uniform times of its window,
/// until the horizon. None of them depends on what the customer does meanwhile, so all are drawn
/// and billed at once, each at its own date; clicks are left to happen.
void show_customer_ads(Block& block, const AdWindow& window);

/// A click, from which an order may follow at once, perhaps instead of the next purchase.
void play_customer_ad_click(Block& block, const Event& event);

}  // namespace flywheel
