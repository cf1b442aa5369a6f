#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "journey/funnel_traits.hpp"
#include "outcome/outcome.hpp"

namespace flywheel {

/// Where the visit ended that a shopper left last: browsing, in the cart, at checkout.
enum class LeaverPool : std::uint8_t { browse, cart, checkout };

/// The pool of who leaves a visit at this depth without an order.
[[nodiscard]] inline LeaverPool leaver_pool(Depth depth) {
  if (depth < Depth::cart) return LeaverPool::browse;
  return depth < Depth::checkout ? LeaverPool::cart : LeaverPool::checkout;
}

/// What sets a pool apart from the others; factors, 1: nothing.
struct PoolTraits {
  double impressions{1};      ///< on impressions per day
  double clicks{1};           ///< on clicks per impression
  double conversion_odds{1};  ///< of a retargeted visit; propensity model: on its chance
};

/// Ads to visitors who left (docs/model.md 7.5).
struct RetargetingTraits {
  bool enabled{false};
  bool pays_per_click{false};
  double impressions_per_day{0};  ///< per open window
  double window_days{0};
  int cap_per_window{0};                              ///< 0: none
  Depth pool{Depth::engaged};                         ///< least depth that opens a window
  std::array<PoolTraits, leaver_pool_count> pools{};  ///< by LeaverPool
  double click_rate{0};  ///< solved base, times affinity^affinity_exponent
  double affinity_exponent{0};
  double return_probability{0};  ///< U
  double return_delay_days{0};
  double mobile_share{0};
  double tracking_loss{0};
  double last_day{0};  ///< no impressions from this day on
  /// Windows opened a day in the first rotation, weighted with their pools' impressions: as if
  /// evenly, for as many to be open on average.
  double expected_entries_per_day{0};
  std::vector<double> price;  ///< money per impression or click, by day up to last_day
  std::vector<double>
      affordable_per_day;  ///< impressions the budget buys, by day; empty: unlimited
};

}  // namespace flywheel
