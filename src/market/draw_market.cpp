#include "market/draw_market.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t shared_entity = 0;  ///< of the common factor and of demand itself

using Factors = std::vector<double>;

void multiply(Factors& path, const Factors& by) {
  std::transform(path.begin(), path.end(), by.begin(), path.begin(), std::multiplies<>{});
}

/// The random parts of a future, factor by factor, each of mean 1 but the competitors'.
struct RandomParts {
  std::vector<Factors> prices;  ///< by channel; empty where nothing varies
  Factors demand;
  Factors competitors;
  std::vector<Factors> strengths;
  std::vector<NamedShock> shocks;
};

/// One mean-reverting factor; empty when its volatility is 0, since keyed draws need no keeping up.
Factors reverting(const MeanReversion& process, const Stream& own, double own_loading,
                  const Factors& common, double loading) {
  if (process.volatility <= 0.0) return {};
  const int days = static_cast<int>(common.size());
  return mean_reverting_factor(process,
                               blend(normal_path(own, days), own_loading, common, loading));
}

bool anything_reverts(const MarketTraits& traits) {
  return traits.demand.volatility > 0.0 ||
         std::any_of(traits.channels.begin(), traits.channels.end(),
                     [](const auto& channel) { return channel.price.volatility > 0.0; });
}

RandomParts draw_parts(const MarketTraits& traits, Key market) {
  const FactorLoadings loadings =
      factor_loadings(traits.price_correlation, traits.price_demand_correlation);
  const Factors common = anything_reverts(traits)
                             ? normal_path({market, Purpose::price, shared_entity}, traits.days)
                             : Factors{};
  RandomParts parts;
  for (const ChannelMarketTraits& channel : traits.channels) {
    const Stream own{market, Purpose::price, channel.identity};
    parts.prices.push_back(
        reverting(channel.price, own, loadings.own_price, common, loadings.price));
    parts.strengths.push_back(draw_strengths(channel.creatives, market, channel.identity));
  }
  parts.demand = reverting(traits.demand, {market, Purpose::demand, shared_entity},
                           loadings.own_demand, common, loadings.demand);
  parts.competitors = competitor_log_price(traits.competitors, market, traits.days);
  for (double& value : parts.competitors) value = portable_exp(value);
  for (const NamedShock& shock : traits.shocks) parts.shocks.push_back(draw_shock(shock, market));
  return parts;
}

RandomParts expected_parts(const MarketTraits& traits) {
  RandomParts parts;
  for (const ChannelMarketTraits& channel : traits.channels) {
    parts.prices.emplace_back();
    parts.strengths.emplace_back(static_cast<std::size_t>(channel.creatives.count), 1.0);
  }
  parts.competitors = expected_competitor_factor(traits.competitors, traits.days);
  for (const NamedShock& shock : traits.shocks) parts.shocks.push_back(expected_shock(shock));
  return parts;
}

/// Applies a function to each day on which a shock is felt.
template <typename Function>
void on_days_of(const NamedShock& shock, int days, Function&& function) {
  const int end = std::min(days, shock.first_day + shock.days);
  for (int day = std::max(0, shock.first_day); day < end; ++day) {
    function(static_cast<std::size_t>(day));
  }
}

/// Demand, and what demand and named shocks do to conversion.
void assemble_demand(const MarketTraits& traits, const RandomParts& parts, MarketPath& path) {
  path.demand = season_path(traits.demand_season, traits.start, traits.days);
  path.season = relative_season(traits.demand_season, path.demand);
  if (!parts.demand.empty()) multiply(path.demand, parts.demand);
  Factors conversion(path.demand.size(), 1.0);
  for (const NamedShock& shock : parts.shocks) {
    on_days_of(shock, traits.days, [&](std::size_t day) {
      path.demand[day] *= shock.demand;
      conversion[day] *= shock.conversion;
    });
  }
  for (std::size_t day = 0; day < conversion.size(); ++day) {
    path.conversion_log_odds.push_back(traits.demand_elasticity * portable_log(path.demand[day]) +
                                       portable_log(conversion[day]));
    path.conversion_factor.push_back(portable_exp(path.conversion_log_odds.back()));
  }
}

ChannelMarket assemble_channel(const MarketTraits& traits, const RandomParts& parts,
                               const Factors& price_season, std::size_t channel) {
  ChannelMarket market{.price = price_season,
                       .click = Factors(price_season.size(), 1.0),
                       .tracking_loss = Factors(price_season.size(), 0.0),
                       .strength = parts.strengths[channel]};
  multiply(market.price, parts.competitors);
  if (!parts.prices[channel].empty()) multiply(market.price, parts.prices[channel]);
  for (const NamedShock& shock : parts.shocks) {
    if (!shock.channels[channel]) continue;
    on_days_of(shock, traits.days, [&](std::size_t day) {
      market.price[day] *= shock.price;
      market.click[day] *= shock.click;
      market.tracking_loss[day] += shock.tracking;
    });
  }
  return market;
}

MarketPath assemble(const MarketTraits& traits, const RandomParts& parts) {
  MarketPath path;
  const Factors price_season = season_path(traits.price_season, traits.start, traits.days);
  for (std::size_t channel = 0; channel < traits.channels.size(); ++channel) {
    path.channels.push_back(assemble_channel(traits, parts, price_season, channel));
  }
  assemble_demand(traits, parts, path);
  return path;
}

}  // namespace

MarketPath draw_market(const MarketTraits& traits, Key market) {
  MarketPath path = assemble(traits, draw_parts(traits, market));
  path.ideas = draw_ideas(traits.ideas, market);
  if (traits.rivals.volatility > 0.0) {
    path.rival_price = mean_reverting_factor(
        traits.rivals, normal_path({market, Purpose::rival, shared_entity}, traits.days));
  }
  return path;
}

MarketPath expected_market(const MarketTraits& traits) {
  MarketPath path = assemble(traits, expected_parts(traits));
  path.ideas = expected_ideas(traits.ideas);
  return path;
}

}  // namespace flywheel
