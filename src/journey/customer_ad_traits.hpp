#pragma once

namespace flywheel {

/// Ads to customers after their orders (docs/model.md 7.8). They are bought at the price of the
/// market of retargeting.
struct CustomerAdTraits {
  bool enabled{false};
  double price{0};                ///< money per 1,000 impressions, before the market's factor
  double start_days{0};           ///< from an order until its ads begin
  double window_days{0};          ///< how long they go on
  double impressions_per_day{0};  ///< of one order
  double click_rate{0};           ///< before the market's factor
  double order_rate{0};           ///< per click of the living
  double replaced_share{0};       ///< of the orders: instead of the next purchase
};

}  // namespace flywheel
