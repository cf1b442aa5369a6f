#include "scenario/draw_market_traits.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/date.hpp"
#include "market/creatives.hpp"
#include "random/hash.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t retargeting_entity = 1;

template <std::size_t size>
std::array<double, size> values_of(const std::array<Number, size>& numbers,
                                   const DrawnNumbers& drawn) {
  std::array<double, size> values{};
  std::transform(numbers.begin(), numbers.end(), values.begin(), drawn);
  return values;
}

std::vector<ChannelMarketTraits> draw_channels(const Plan& plan, const DrawnNumbers& drawn) {
  std::vector<ChannelMarketTraits> channels;
  MeanReversion mean;
  const double weight = 1.0 / static_cast<double>(std::max<std::size_t>(1, plan.channels.size()));
  for (const ChannelPlan& channel : plan.channels) {
    const MeanReversion price{.volatility = drawn(channel.price_volatility),
                              .reversion = drawn(channel.price_reversion)};
    const int refresh_days = creative_life(drawn(channel.creative.refresh_days));
    mean.volatility += weight * price.volatility;
    mean.reversion += weight * price.reversion;
    channels.push_back(
        {.identity = hash_text(channel.name),
         .price = price,
         .creatives = {.hit_rate = drawn(channel.creative.hit_rate),
                       .hit_strength = drawn(channel.creative.hit_strength),
                       .count = creative_count(plan.campaign.flight_days, refresh_days)}});
  }
  channels.push_back({.identity = retargeting_entity, .price = mean, .creatives = {}});
  return channels;
}

/// Which channels a shock names; none means all.
std::vector<bool> felt_by(const Plan& plan, const ShockPlan& shock) {
  const auto named = [&](const std::string& name) {
    const auto& names = shock.channels;
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<bool> channels;
  for (const ChannelPlan& channel : plan.channels) channels.push_back(named(channel.name));
  channels.push_back(named("retargeting"));
  return channels;
}

NamedShock draw_named_shock(const Plan& plan, const ShockPlan& shock, const DrawnNumbers& drawn) {
  return {.identity = hash_text(shock.name),
          .first_day = days_since_epoch(shock.start) - days_since_epoch(plan.campaign.start),
          .days = shock.days,
          .probability = drawn(shock.probability),
          .price = drawn(shock.price),
          .click = drawn(shock.click),
          .conversion = drawn(shock.conversion),
          .demand = drawn(shock.demand),
          .tracking = drawn(shock.tracking),
          .channels = felt_by(plan, shock)};
}

/// Ideas whose tests begin within the horizon; none where nothing is tested.
TestIdeaTraits draw_idea_traits(const Plan& plan, const DrawnNumbers& drawn, int horizon_days) {
  const int length = plan.campaign.rotation_days;
  const int rotations = (horizon_days + length - 1) / length;
  return {.count = plan.loops.page_tests != 0 ? rotations * plan.page_tests.ideas_per_rotation : 0,
          .effect_scale = drawn(plan.page_tests.effect_scale),
          .checkout_share = drawn(plan.page_tests.checkout_share)};
}

}  // namespace

MarketTraits draw_market_traits(const Plan& plan, const DrawnNumbers& drawn, int horizon_days) {
  const MarketPlan& market = plan.market;
  MarketTraits traits{
      .start = plan.campaign.start,
      .days = horizon_days,
      .channels = draw_channels(plan, drawn),
      .price_season = {values_of(market.price_months, drawn),
                       values_of(market.price_weekdays, drawn)},
      .demand_season = {values_of(market.demand_months, drawn),
                        values_of(market.demand_weekdays, drawn)},
      .demand = {.volatility = drawn(market.demand_volatility),
                 .reversion = drawn(market.demand_reversion)},
      .price_correlation = drawn(market.price_correlation),
      .price_demand_correlation = drawn(market.price_demand_correlation),
      .competitors = {.per_day = drawn(market.competitor_shocks_per_year) / 365.0,
                      .mean_jump = drawn(market.competitor_shock_size),
                      .decay_days = std::max(1e-3, drawn(market.competitor_shock_days))},
      .shocks = {},
      .ideas = draw_idea_traits(plan, drawn, horizon_days),
      .rivals = {.volatility =
                     plan.loops.marketplace != 0 ? drawn(plan.marketplace.rival_volatility) : 0.0,
                 .reversion = drawn(plan.marketplace.rival_reversion)},
      .demand_elasticity = drawn(plan.funnel.demand_elasticity)};
  for (const ShockPlan& shock : plan.shocks) {
    traits.shocks.push_back(draw_named_shock(plan, shock, drawn));
  }
  return traits;
}

}  // namespace flywheel
