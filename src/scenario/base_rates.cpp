#include "scenario/base_rates.hpp"

#include "scenario/intent_world.hpp"

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

}  // namespace

BaseRates solve_base_rates(const BaseRateSetting& setting,
                           const std::vector<SegmentShare>& segments, const TraitNodes& traits) {
  if (only_clicks(setting)) return solve_clicks_alone(setting, segments, traits);
  IntentWorld world{setting, segments, traits};
  const bool solves_loading = setting.has_intent && setting.incremental_share < 1.0;
  Solution loading{0.0, true};
  if (solves_loading) {
    loading = solve_falling([&](double at) { return world.solve_at(at); },
                            setting.incremental_share, 0.0, setting.loading_limit);
  }
  world.solve_at(loading.value);
  BaseRates rates = world.base_rates();
  rates.solved.incremental_reached = loading.reached;
  return rates;
}

}  // namespace flywheel
