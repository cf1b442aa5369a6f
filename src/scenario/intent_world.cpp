#include "scenario/intent_world.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/elementary.hpp"
#include "scenario/exhaustion.hpp"

namespace flywheel {

ByType propensity_orders(const ShopperTypes& types, double mean_propensity, double factor) {
  ByType orders(types.size());
  for (std::size_t type = 0; type < types.size(); ++type) {
    const double conversion = portable_exp(types.segment_log_odds()[type]);
    orders[type] =
        std::min(1.0, mean_propensity * types.propensities()[type] * conversion * factor);
  }
  return orders;
}

IntentWorld::IntentWorld(const BaseRateSetting& setting, const std::vector<SegmentShare>& segments,
                         const TraitNodes& traits)
    : setting_{setting},
      types_{segments, intent_nodes(setting.has_intent),
             setting.uses_steps ? Nodes{{1.0}, {1.0}} : traits.propensity},
      left_clickers_(types_.size(), 1.0),
      left_shoppers_(types_.size(), 1.0) {
  double clicks = 0.0;
  channels_.reserve(setting.channels.size());
  for (const ChannelSetting& channel : setting.channels) {
    channels_.emplace_back(channel.clicks, traits.exposure, traits.affinity);
    activity_variance_ += channel.expected_clicks * channels_.back().activity_variance();
    clicks += channel.expected_clicks;
  }
  if (clicks > 0.0) activity_variance_ /= clicks;
  paid_.resize(channels_.size());
}

void IntentWorld::place_visits(double loading) {
  loading_ = loading;
  const Loadings& loads = setting_.loadings;
  const double tilt = setting_.has_intent ? loading * loads.organic : 0.0;
  decays_.clear();
  organic_.visits.clear();
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double z = types_.intents()[type];
    decays_.push_back(portable_exp(-loading * loads.funnel * z - types_.segment_log_odds()[type]));
    organic_.visits.push_back(setting_.unpaid.organic_visits_per_day * setting_.flight_days *
                              portable_exp(tilt * z - 0.5 * tilt * tilt));
  }
  clicks_.clear();
  for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
    const ChannelSetting& one = setting_.channels[channel];
    clicks_.push_back(channels_[channel].solve(loading * loads.targeting * one.intent_targeting,
                                               loading * loads.click, types_));
    ByType& visits = paid_[channel].visits;
    visits.resize(types_.size());
    for (std::size_t type = 0; type < types_.size(); ++type) {
      visits[type] = one.expected_clicks * clicks_.back().clicks[type] /
                     (setting_.shoppers * types_.shares()[type]);
    }
  }
}

void IntentWorld::solve_source_rate(SourceView& source, const ByType& weights,
                                    const SourceTarget& target, int most_steps) {
  const OrderCurve curve{steps_.steps};
  const Solution found = solve_source(curve, {.weights = weights, .decays = decays_}, target,
                                      source.log_odds, most_steps);
  source.log_odds = found.value;
  source.reached = found.reached;
  source.orders = curve.orders(decays_, portable_exp(-source.log_odds), target.mobile_share).values;
}

void IntentWorld::solve_rates(int most_steps) {
  if (!setting_.uses_steps) {
    organic_.orders = propensity_orders(types_, setting_.mean_propensity, 1.0);
    for (SourceView& source : paid_) source.orders = organic_.orders;
    return;
  }
  ByType site = types_.shares();
  // Who would visit is the same when nobody does: the rate counts in proportion only.
  const bool visited = setting_.unpaid.organic_visits_per_day > 0.0;
  for (std::size_t type = 0; visited && type < types_.size(); ++type) {
    site[type] *= organic_.visits[type] * left_shoppers_[type];
  }
  steps_ = solve_steps(step_reach(setting_.site), setting_.site,
                       {.weights = site, .decays = decays_}, steps_.steps, most_steps);
  const UnpaidSetting& unpaid = setting_.unpaid;
  solve_source_rate(organic_, site, {unpaid.mobile_share, unpaid.organic_conversion_rate},
                    most_steps);
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const ChannelSetting& one = setting_.channels[channel];
    ByType clickers = clicks_[channel].clicks;
    for (std::size_t type = 0; type < types_.size(); ++type) clickers[type] *= left_clickers_[type];
    solve_source_rate(paid_[channel], clickers, {one.mobile_share, one.conversion_rate},
                      most_steps);
  }
}

void IntentWorld::exhaust() {
  for (std::size_t type = 0; type < types_.size(); ++type) {
    double by_ads = 0.0;
    for (const SourceView& source : paid_) by_ads += source.visits[type] * source.orders[type];
    const Survival left =
        survival(by_ads, organic_.visits[type] * organic_.orders[type], activity_variance_);
    left_clickers_[type] = left.of_clicks;
    left_shoppers_[type] = left.of_shoppers;
  }
}

double IntentWorld::sweep(int most_steps) {
  const auto state = [this] {
    std::vector<double> values{organic_.log_odds};
    for (const auto& device : steps_.steps)
      values.insert(values.end(), device.begin(), device.end());
    for (const SourceView& source : paid_) values.push_back(source.log_odds);
    return values;
  };
  const std::vector<double> before = state();
  solve_rates(most_steps);
  exhaust();
  const std::vector<double> after = state();
  double change = 0.0;
  for (std::size_t at = 0; at < after.size(); ++at) {
    change = std::max(change, std::abs(after[at] - before[at]));
  }
  return change;
}

double IntentWorld::solve_at(double loading, double tolerance) {
  constexpr int most_sweeps = 200;
  place_visits(loading);
  if (!started_) sweep(thorough);
  started_ = true;
  for (int count = 0; count < most_sweeps; ++count) {
    if (sweep(1) < tolerance) break;
  }
  return incremental_share();
}

ByType IntentWorld::organic_orders_per_day() const {
  ByType orders(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    orders[type] = organic_.visits[type] / setting_.flight_days * organic_.orders[type];
  }
  return orders;
}

double IntentWorld::touches(std::size_t type) const {
  const CreditWindows& credit = setting_.window.credit;
  double rate = 0.0;
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const double shoppers = setting_.shoppers * types_.shares()[type];
    const double impressions = setting_.channels[channel].expected_impressions *
                               clicks_[channel].impressions[type] / shoppers;
    rate += paid_[channel].visits[type] * credit.click_days + impressions * credit.view_days;
  }
  return rate / setting_.flight_days;
}

double IntentWorld::incremental_share() const {
  const double days_left = setting_.horizon_days - 0.5 * setting_.flight_days;
  const ByType organic = organic_orders_per_day();
  double made = 0.0;
  double credited = 0.0;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double share = types_.shares()[type];
    double by_clicks = 0.0;
    for (const SourceView& source : paid_) {
      by_clicks += share * source.visits[type] * left_clickers_[type] * source.orders[type];
    }
    const double by_chance = share * organic[type] * setting_.flight_days * left_shoppers_[type] *
                             (1.0 - untouched_share(touches(type), activity_variance_));
    made += by_clicks * portable_exp(-organic[type] * days_left);
    credited += by_clicks + by_chance;
  }
  return credited > 0.0 ? made / credited : 1.0;
}

bool IntentWorld::rates_reached() const {
  const auto reached = [](const SourceView& source) { return source.reached; };
  const auto clicked = [](const ClickSolution& clicks) { return clicks.click_rate.reached; };
  return steps_.reached && organic_.reached && std::all_of(paid_.begin(), paid_.end(), reached) &&
         std::all_of(clicks_.begin(), clicks_.end(), clicked);
}

}  // namespace flywheel
