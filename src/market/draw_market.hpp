#pragma once

#include <cstdint>
#include <vector>

#include "core/date.hpp"
#include "market/competitor_shocks.hpp"
#include "market/creatives.hpp"
#include "market/market_path.hpp"
#include "market/mean_reversion.hpp"
#include "market/named_shock.hpp"
#include "market/season.hpp"
#include "market/test_ideas.hpp"
#include "random/key.hpp"

namespace flywheel {

/// What one channel's auction is like.
struct ChannelMarketTraits {
  std::uint64_t identity{0};  ///< hash of the channel's name: adding a channel moves no other
  MeanReversion price;
  CreativeTraits creatives;
};

/// The outside world as a law: parameters known, future open.
struct MarketTraits {
  Date start;
  int days{0};
  std::vector<ChannelMarketTraits> channels;  ///< in the plan's order, then retargeting
  Season price_season;
  Season demand_season;
  MeanReversion demand;
  double price_correlation{0};         ///< between every two channels' daily shocks
  double price_demand_correlation{0};  ///< between a channel's and demand's daily shocks
  CompetitorShocks competitors;
  std::vector<NamedShock> shocks;
  TestIdeaTraits ideas;
  MeanReversion rivals;         ///< prices of other shops
  double demand_elasticity{0};  ///< odds of every step go with demand to this power
};

/// One future of the outside world (docs/model.md 7.1), a pure function of the market's key.
[[nodiscard]] MarketPath draw_market(const MarketTraits& traits, Key market);

/// The expected path: what the market is when that level is frozen. Prices, demand, strengths and
/// named factors at their means; log-odds at the logarithm of the mean factor.
[[nodiscard]] MarketPath expected_market(const MarketTraits& traits);

}  // namespace flywheel
