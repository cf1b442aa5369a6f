#include "scenario/intent_world.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/elementary.hpp"
#include "scenario/exhaustion.hpp"

namespace flywheel {

namespace {

constexpr double largest_order_rate = 0.95;  ///< that an uplift may lead to

double total(const ByType& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double odds_times(double probability, double factor) {
  const double odds = factor * probability / (1.0 - probability);
  return odds / (1.0 + odds);
}

}  // namespace

IntentWorld::IntentWorld(const BaseRateSetting& setting, const std::vector<SegmentShare>& segments,
                         const TraitNodes& traits)
    : setting_{setting},
      types_{segments, intent_nodes(setting.has_intent),
             setting.uses_steps ? Nodes{{1.0}, {1.0}} : traits.propensity},
      left_clickers_(types_.size(), 1.0),
      left_shoppers_(types_.size(), 1.0) {
  double clicks = 0.0;
  for (const ChannelSetting& channel : setting.channels) {
    channels_.emplace_back(channel.clicks, traits.exposure, traits.affinity);
    activity_variance_ += channel.expected_clicks * channels_.back().activity_variance();
    clicks += channel.expected_clicks;
  }
  if (clicks > 0.0) activity_variance_ /= clicks;
  affinity_mean_ = expectation(traits.affinity, [&](double a) {
    return portable_pow(std::max(a, 1e-300), setting.retargeting.affinity_exponent);
  });
  paid_.resize(channels_.size());
}

void IntentWorld::place_visits(double loading) {
  loading_ = loading;
  const Loadings& loads = setting_.loadings;
  decays_.clear();
  for (std::size_t type = 0; type < types_.size(); ++type) {
    decays_.push_back(portable_exp(-loading * loads.funnel * types_.intents()[type] -
                                   types_.segment_log_odds()[type]));
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
  const double tilt = loading * loads.organic;
  organic_.visits.clear();
  for (const double z : types_.intents()) {
    const double lift = setting_.has_intent ? portable_exp(tilt * z - 0.5 * tilt * tilt) : 1.0;
    organic_.visits.push_back(setting_.unpaid.organic_visits_per_day * setting_.flight_days * lift);
  }
}

Visitors IntentWorld::visitors(const ByType& visits, const ByType& left) const {
  Visitors who{.weights = types_.shares(), .decays = decays_};
  for (std::size_t type = 0; type < types_.size(); ++type) {
    who.weights[type] *= visits[type] * left[type];
  }
  return who;
}

void IntentWorld::fill_steps(SourceView& source, double mobile_share) const {
  const OrderCurve curve{steps_.steps};
  const double added = portable_exp(-source.log_odds);
  source.orders.resize(types_.size());
  source.pool_leaves.resize(types_.size());
  source.engaged_leaves.resize(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double decay = added * decays_[type];
    const double order = curve.order(decay, mobile_share).value;
    const auto leaves = [&](Depth depth) {
      return std::max(0.0, curve.reach(decay, mobile_share, depth) - order);
    };
    source.orders[type] = order;
    source.pool_leaves[type] = leaves(setting_.retargeting.pool);
    source.engaged_leaves[type] = leaves(Depth::engaged);
  }
}

void IntentWorld::fill_propensity(SourceView& source, double factor) const {
  source.orders.resize(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double conversion = portable_exp(types_.segment_log_odds()[type]);
    source.orders[type] =
        std::min(1.0, setting_.mean_propensity * types_.propensities()[type] * conversion * factor);
  }
  source.pool_leaves = source.orders;
  for (double& leave : source.pool_leaves) leave = 1.0 - leave;
  source.engaged_leaves = source.pool_leaves;
}

void IntentWorld::solve_order_rate(SourceView& source, const Visitors& who, double mobile_share,
                                   double target) {
  const Solution found =
      solve_source(OrderCurve{steps_.steps}, who, mobile_share, target, source.log_odds);
  source.log_odds = found.value;
  source.reached = found.reached;
  fill_steps(source, mobile_share);
}

void IntentWorld::solve_rates() {
  if (!setting_.uses_steps) {
    for (SourceView& source : paid_) fill_propensity(source, 1.0);
    fill_propensity(organic_, 1.0);
    return;
  }
  const Visitors site = visitors(organic_.visits, left_shoppers_);
  const Visitors everybody{.weights = types_.shares(), .decays = decays_};
  const bool visited = total(site.weights) > 0.0;
  steps_ = solve_steps(step_reach(setting_.site), setting_.site, visited ? site : everybody,
                       steps_.steps);
  const UnpaidSetting& unpaid = setting_.unpaid;
  solve_order_rate(organic_, visited ? site : everybody, unpaid.mobile_share,
                   unpaid.organic_conversion_rate);
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const ChannelSetting& one = setting_.channels[channel];
    // Who would click is the same without a budget: shares of clicks, not their number.
    Visitors who{.weights = clicks_[channel].clicks, .decays = decays_};
    for (std::size_t type = 0; type < types_.size(); ++type) {
      who.weights[type] *= left_clickers_[type];
    }
    solve_order_rate(paid_[channel], who, one.mobile_share, one.conversion_rate);
  }
}

IntentWorld::Leaving IntentWorld::leaving(std::size_t type) const {
  Leaving sum;
  const double share = types_.shares()[type];
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const SourceView& source = paid_[channel];
    const double visits = share * source.visits[type] * left_clickers_[type];
    const double leaves = visits * source.pool_leaves[type];
    sum.paid += leaves;
    sum.clicks += leaves * clicks_[channel].retargeting_affinity[type];
    sum.engaged += visits * source.engaged_leaves[type];
  }
  const double visits = share * organic_.visits[type] * left_shoppers_[type];
  sum.unpaid = visits * organic_.pool_leaves[type];
  sum.clicks += sum.unpaid * affinity_mean_;
  sum.engaged += visits * organic_.engaged_leaves[type];
  return sum;
}

void IntentWorld::collect_leavers() {
  const std::size_t size = types_.size();
  leavers_ = {ByType(size), ByType(size), ByType(size, 1.0), ByType(size, 1.0), {}, {}, {}, {}};
  engaged_.assign(size, 0.0);
  pool_clickers_.assign(size, 0.0);
  for (std::size_t type = 0; type < size; ++type) {
    const Leaving sum = leaving(type);
    leavers_.paid[type] = sum.paid;
    leavers_.unpaid[type] = sum.unpaid;
    engaged_[type] = sum.engaged;
    pool_clickers_[type] = sum.clicks;
    const double members = sum.paid + sum.unpaid;
    if (members > 0.0) leavers_.engaged_share[type] = std::min(1.0, sum.engaged / members);
    if (members > 0.0) leavers_.affinity[type] = sum.clicks / members;
  }
  const double members = total(leavers_.paid) + total(leavers_.unpaid);
  pool_affinity_ = members > 0.0 ? total(pool_clickers_) / members : affinity_mean_;
  for (double& affinity : leavers_.affinity) affinity /= pool_affinity_;
}

double IntentWorld::cold_rate() const {
  double orders = 0.0;
  double clicks = 0.0;
  for (const ChannelSetting& channel : setting_.channels) {
    orders += channel.expected_clicks * channel.conversion_rate;
    clicks += channel.expected_clicks;
  }
  return clicks > 0.0 ? orders / clicks : setting_.unpaid.organic_conversion_rate;
}

void IntentWorld::solve_returning_rates() {
  const RetargetingSetting& retargeting = setting_.retargeting;
  if (!setting_.uses_steps) {
    fill_propensity(retargeted_, retargeting.conversion_uplift);
    fill_propensity(returned_, 1.0);
    return;
  }
  const UnpaidSetting& unpaid = setting_.unpaid;
  solve_order_rate(
      retargeted_, {.weights = pool_clickers_, .decays = decays_}, retargeting.mobile_share,
      std::min(largest_order_rate, odds_times(cold_rate(), retargeting.conversion_uplift)));
  solve_order_rate(
      returned_, {.weights = engaged_, .decays = decays_}, unpaid.mobile_share,
      std::min(largest_order_rate, unpaid.return_ratio * unpaid.organic_conversion_rate));
}

double IntentWorld::return_orders(std::size_t type) const {
  return return_.value * returned_.orders[type] /
         (1.0 - return_.value * returned_.engaged_leaves[type]);
}

ByType IntentWorld::organic_orders_per_day() const {
  ByType orders(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    orders[type] = organic_.visits[type] / setting_.flight_days *
                   (organic_.orders[type] + organic_.engaged_leaves[type] * return_orders(type));
  }
  return orders;
}

void IntentWorld::solve_return_probability() {
  leavers_.retargeted_order = retargeted_.orders;
  leavers_.returned_order = returned_.orders;
  leavers_.returned_leave = returned_.engaged_leaves;
  leavers_.organic_per_day = organic_orders_per_day();
  WindowSetting window = setting_.window;
  window.clicks_per_day = window.impressions_per_day * setting_.retargeting.click_rate;
  window.anyway_days = setting_.horizon_days - 0.5 * setting_.flight_days;
  const RetargetingCredit credit{window, leavers_};
  return_ = setting_.retargeting.return_given
                ? Solution{setting_.retargeting.return_probability, true}
                : solve_return(credit, setting_.retargeting.incremental_share);
  retargeting_share_ = credit.incremental_share(return_.value);
}

double IntentWorld::sweep() {
  const auto state = [this] {
    std::vector<double> values{organic_.log_odds, return_.value, retargeted_.log_odds,
                               returned_.log_odds};
    for (const SourceView& source : paid_) values.push_back(source.log_odds);
    return values;
  };
  const std::vector<double> before = state();
  solve_rates();
  collect_leavers();
  solve_returning_rates();
  solve_return_probability();
  exhaust();
  const std::vector<double> after = state();
  double change = 0.0;
  for (std::size_t at = 0; at < after.size(); ++at) {
    change = std::max(change, std::abs(after[at] - before[at]));
  }
  return change;
}

void IntentWorld::exhaust() {
  const WindowSetting& window = setting_.window;
  const double window_clicks =
      window.impressions_per_day * setting_.retargeting.click_rate * window.window_days;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double retargeted =
        retargeted_.orders[type] * (1.0 - portable_exp(-window_clicks * leavers_.affinity[type]));
    const auto orders = [&](const SourceView& source) {
      return source.visits[type] *
             (source.orders[type] + source.engaged_leaves[type] * return_orders(type) +
              source.pool_leaves[type] * retargeted);
    };
    double by_ads = 0.0;
    for (const SourceView& source : paid_) by_ads += orders(source);
    const Survival left = survival(by_ads, orders(organic_), activity_variance_);
    left_clickers_[type] = left.of_clicks;
    left_shoppers_[type] = left.of_shoppers;
  }
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
  const CreditWindows& credit = setting_.window.credit;
  const double delay = std::max(setting_.window.return_delay_days, 1e-3);
  const double soon = 1.0 - portable_exp(-credit.click_days / delay);
  const double days_left = setting_.horizon_days - 0.5 * setting_.flight_days;
  const ByType organic = organic_orders_per_day();
  double made = 0.0;
  double credited = 0.0;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double share = types_.shares()[type];
    const double returned = return_.value * returned_.orders[type] * soon;
    double by_clicks = 0.0;
    for (const SourceView& source : paid_) {
      by_clicks += share * source.visits[type] * left_clickers_[type] *
                   (source.orders[type] + source.engaged_leaves[type] * returned);
    }
    const double by_chance = share * organic[type] * setting_.flight_days * left_shoppers_[type] *
                             (1.0 - untouched_share(touches(type), activity_variance_));
    made += by_clicks * portable_exp(-organic[type] * days_left);
    credited += by_clicks + by_chance;
  }
  return credited > 0.0 ? made / credited : 1.0;
}

double IntentWorld::solve_at(double loading) {
  constexpr int most_sweeps = 100;
  constexpr double tolerance = 1e-8;
  place_visits(loading);
  for (int step = 0; step < most_sweeps; ++step) {
    if (sweep() < tolerance) break;
  }
  return incremental_share();
}

double IntentWorld::referral_log_odds() const {
  std::vector<double> customers(types_.segment_count(), 0.0);
  for (std::size_t type = 0; type < types_.size(); ++type) {
    double orders = organic_.visits[type] * left_shoppers_[type] * organic_.orders[type];
    for (const SourceView& source : paid_) {
      orders += source.visits[type] * left_clickers_[type] * source.orders[type];
    }
    customers[types_.segments()[type]] += types_.shares()[type] * orders;
  }
  Visitors friends{.weights = types_.shares(), .decays = decays_};
  if (total(customers) > 0.0) {
    for (std::size_t type = 0; type < types_.size(); ++type) {
      const std::size_t segment = types_.segments()[type];
      friends.weights[type] *= customers[segment] / types_.segment_share(segment);
    }
  }
  return solve_source(OrderCurve{steps_.steps}, friends, setting_.unpaid.mobile_share,
                      setting_.unpaid.referral_conversion_rate, organic_.log_odds)
      .value;
}

bool IntentWorld::rates_reached() const {
  const auto reached = [](const SourceView& source) { return source.reached; };
  const auto clicked = [](const ClickSolution& clicks) { return clicks.click_rate.reached; };
  return steps_.reached && organic_.reached && retargeted_.reached && returned_.reached &&
         std::all_of(paid_.begin(), paid_.end(), reached) &&
         std::all_of(clicks_.begin(), clicks_.end(), clicked);
}

BaseRates IntentWorld::base_rates() const {
  BaseRates rates{.solved = {.intent_loading = loading_,
                             .incremental_share = incremental_share(),
                             .rates_reached = rates_reached(),
                             .retargeting_share = retargeting_share_,
                             .retargeting_reached = return_.reached},
                  .clicks = clicks_,
                  .steps = steps_.steps,
                  .source_log_odds = {},
                  .return_probability = return_.value,
                  .retargeting_click_rate = setting_.retargeting.click_rate / pool_affinity_};
  for (const SourceView& source : paid_) rates.source_log_odds.push_back(source.log_odds);
  const double referral = setting_.uses_steps ? referral_log_odds() : 0.0;
  rates.source_log_odds.insert(
      rates.source_log_odds.end(),
      {retargeted_.log_odds, organic_.log_odds, returned_.log_odds, referral, 0.0});
  return rates;
}

}  // namespace flywheel
