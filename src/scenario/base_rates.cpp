#include "scenario/base_rates.hpp"

#include "scenario/intent_world.hpp"
#include "scenario/solve_pool.hpp"

namespace flywheel {

namespace {

/// Nothing to find but click rates: no log-odds, no loading, no own returns.
bool only_clicks(const BaseRateSetting& setting) {
  const bool return_known =
      setting.retargeting.return_given || setting.retargeting.incremental_share >= 1.0;
  return !setting.uses_steps && setting.incremental_share >= 1.0 && return_known;
}

BaseRates solve_clicks_alone(const BaseRateSetting& setting,
                             const std::vector<SegmentShare>& segments, const TraitNodes& traits) {
  const ShopperTypes types{segments, intent_nodes(setting.has_intent), Nodes{{1.0}, {1.0}}};
  BaseRates rates;
  rates.solved.incremental_share = 1.0;
  rates.solved.retargeting_share = 1.0;
  double clicks = 0.0;
  double affinity = 0.0;
  for (const ChannelSetting& channel : setting.channels) {
    rates.clicks.push_back(
        ChannelClicks{channel.clicks, traits.exposure, traits.affinity}.solve(0.0, 0.0, types));
    const ClickSolution& solution = rates.clicks.back();
    for (std::size_t type = 0; type < types.size(); ++type) {
      const double share = channel.expected_clicks * solution.clicks[type];
      clicks += share;
      affinity += share * solution.retargeting_affinity[type];
    }
  }
  rates.source_log_odds.assign(setting.channels.size() + unpaid_source_count, 0.0);
  rates.return_probability =
      setting.retargeting.return_given ? setting.retargeting.return_probability : 0.0;
  rates.retargeting_click_rate =
      setting.retargeting.click_rate * (clicks > 0.0 ? clicks / affinity : 1.0);
  return rates;
}

/// Friends: any intent, in the segments that customers come from.
double referral_log_odds(const IntentWorld& world, const BaseRateSetting& setting) {
  if (!setting.uses_steps) return 0.0;
  const ShopperTypes& types = world.types();
  std::vector<double> customers(types.segment_count(), 0.0);
  double all = 0.0;
  for (std::size_t type = 0; type < types.size(); ++type) {
    const SourceView& organic = world.organic();
    double orders = organic.visits[type] * world.left_shoppers()[type] * organic.orders[type];
    for (const SourceView& source : world.paid()) {
      orders += source.visits[type] * world.left_clickers()[type] * source.orders[type];
    }
    customers[types.segments()[type]] += types.shares()[type] * orders;
    all += types.shares()[type] * orders;
  }
  ByType friends = types.shares();
  for (std::size_t type = 0; all > 0.0 && type < types.size(); ++type) {
    const std::size_t segment = types.segments()[type];
    friends[type] *= customers[segment] / types.segment_share(segment);
  }
  return solve_source(OrderCurve{world.steps()}, {.weights = friends, .decays = world.decays()},
                      {setting.unpaid.mobile_share, setting.unpaid.referral_conversion_rate},
                      world.organic().log_odds)
      .value;
}

/// The loading at which the incremental share is the target, and the world under it.
Solution solve_loading(IntentWorld& world, const BaseRateSetting& setting) {
  constexpr double while_searching = 1e-5;
  constexpr double at_last = 1e-8;
  Solution loading{0.0, true};
  if (setting.has_intent && setting.incremental_share < 1.0) {
    loading = solve_falling([&](double at) { return world.solve_at(at, while_searching); },
                            setting.incremental_share, 0.0, setting.loading_limit, while_searching);
  }
  world.solve_at(loading.value, at_last);
  return loading;
}

}  // namespace

BaseRates solve_base_rates(const BaseRateSetting& setting,
                           const std::vector<SegmentShare>& segments, const TraitNodes& traits) {
  if (only_clicks(setting)) return solve_clicks_alone(setting, segments, traits);
  IntentWorld world{setting, segments, traits};
  const Solution loading = solve_loading(world, setting);
  const PoolSolution pool = solve_pool(world, setting, traits);
  BaseRates rates{.solved = {.intent_loading = loading.value,
                             .incremental_share = world.incremental_share(),
                             .incremental_reached = loading.reached,
                             .rates_reached = world.rates_reached() && pool.rates_reached,
                             .retargeting_share = pool.incremental_share,
                             .retargeting_reached = pool.return_probability.reached},
                  .clicks = world.clicks(),
                  .steps = world.steps(),
                  .source_log_odds = {},
                  .return_probability = pool.return_probability.value,
                  .retargeting_click_rate = pool.click_rate};
  for (const SourceView& source : world.paid()) rates.source_log_odds.push_back(source.log_odds);
  // In the order of UnpaidSource; a visit from a message always reaches the order.
  rates.source_log_odds.insert(rates.source_log_odds.end(),
                               {pool.retargeted_log_odds, world.organic().log_odds,
                                pool.returned_log_odds, referral_log_odds(world, setting), 0.0});
  return rates;
}

}  // namespace flywheel
