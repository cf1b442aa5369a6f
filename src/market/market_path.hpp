#pragma once

#include <vector>

namespace flywheel {

/// What the outside world does to one channel, by day from day 0 to the horizon.
struct ChannelMarket {
  std::vector<double> price;          ///< G: factor on the price level, slope of the budget apart
  std::vector<double> click;          ///< factor on the click probability (named shocks)
  std::vector<double> tracking_loss;  ///< added to the channel's own
  std::vector<double> strength;       ///< of creative 0, 1, 2, ...; mean 1
};

/// An idea for a better page, as it truly is.
struct TestIdea {
  double effect{0};         ///< on the logarithm of the conversion rate
  bool at_checkout{false};  ///< else on the pages before
};

/// One future's outside world: paths by day from day 0 to the last day of the horizon.
struct MarketPath {
  std::vector<ChannelMarket>
      channels;                ///< prospecting channels in the plan's order, then retargeting
  std::vector<double> demand;  ///< M: factor on organic visits
  std::vector<double> conversion_log_odds;  ///< added to every funnel step: demand and named shocks
  std::vector<double> conversion_factor;    ///< the same on a propensity
  std::vector<double> rival_price;          ///< index of prices elsewhere; empty: 1 on all days
  std::vector<TestIdea> ideas;              ///< in the order of their tests
  std::vector<double> season;               ///< month and weekday factor of demand over its mean
};

}  // namespace flywheel
