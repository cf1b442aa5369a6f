#include "scenario/intent_world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/elementary.hpp"
#include "scenario/exhaustion.hpp"

namespace flywheel {

namespace {

/// Intent as far as anybody's visits or orders can reach: L shifts the normal law of those who see
/// an ad, click and order upwards. What lies beyond 5.5 standard deviations is left out.
Nodes reached_intent(const BaseRateSetting& setting) {
  if (!setting.has_intent) return no_intent_node();
  const Nodes all = intent_nodes();
  double targeting = 0.0;
  for (const ChannelSetting& channel : setting.channels) {
    targeting = std::max(targeting, channel.intent_targeting * setting.loadings.targeting);
  }
  const Loadings& loads = setting.loadings;
  const double shift =
      setting.loading_limit * (std::max(targeting + loads.click, loads.organic) + loads.funnel);
  Nodes reached;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (all.values[at] < -5.5 || all.values[at] > shift + 5.5) continue;
    reached.values.push_back(all.values[at]);
    reached.weights.push_back(all.weights[at]);
  }
  return reached;
}

double largest_change(const std::vector<double>& before, const std::vector<double>& after) {
  double change = 0.0;
  for (std::size_t at = 0; at < after.size(); ++at) {
    change = std::max(change, std::abs(after[at] - before[at]));
  }
  return change;
}

}  // namespace

ByType propensity_orders(const ShopperTypes& types, double mean_propensity, double factor) {
  ByType orders(types.size());
  for (std::size_t type = 0; type < types.size(); ++type) {
    const double conversion = portable_exp(types.segment_log_odds()[type]);
    orders[type] =
        std::min(1.0, mean_propensity * types.propensities()[type] * conversion * factor);
  }
  return orders;
}

ByType engaged_leaves(const ByType& engaged, const ByType& orders) {
  ByType leaves(orders.size());
  for (std::size_t type = 0; type < leaves.size(); ++type) {
    leaves[type] = std::max(0.0, engaged[type] - orders[type]);
  }
  return leaves;
}

IntentWorld::IntentWorld(const BaseRateSetting& setting, const std::vector<SegmentShare>& segments,
                         const TraitNodes& traits)
    : setting_{setting},
      types_{segments, reached_intent(setting),
             setting.uses_steps ? Nodes{{1.0}, {1.0}} : traits.propensity} {
  double clicks = 0.0;
  double power = 0.0;
  channels_.reserve(setting.channels.size());
  for (const ChannelSetting& channel : setting.channels) {
    channels_.emplace_back(channel.clicks, traits.exposure, traits.affinity);
    clicks += channel.expected_clicks;
    power +=
        channel.expected_clicks * (channel.clicks.sharpness + channel.clicks.affinity_exponent);
  }
  const double mean_power = clicks > 0.0 ? power / clicks : 1.0;
  activity_ = activity_of(traits.exposure, traits.affinity, {mean_power, mean_power});
  for (const ChannelSetting& channel : setting.channels) {
    const double own = channel.clicks.sharpness + channel.clicks.affinity_exponent;
    channel_activity_.push_back(activity_of(traits.exposure, traits.affinity, {own, mean_power}));
    capped_.emplace_back();
    if (channel.clicks.cap.impressions == 0) continue;
    is_capped_ = true;
    capped_.back() = {traits.exposure, traits.affinity, ActivityPowers{own, mean_power},
                      channel.clicks.sharpness};
  }
  retargeting_affinity_ = activity_of(traits.exposure, traits.affinity,
                                      {setting.retargeting.affinity_exponent, mean_power, 0.0});
  all_alike_.fill(1.0);
  const ByType nothing(types_.size(), 0.0);
  organic_ = {.visits = nothing,
              .orders = nothing,
              .leaves = nothing,
              .left = ByType(types_.size(), 1.0),
              .clicked = ByType(types_.size(), 1.0)};
  returned_ = organic_;
  paid_.assign(channels_.size(), organic_);
  spread_.assign(channels_.size(), 1.0);
  clickers_.assign(types_.size(), {ClickerGroup{1.0, 1.0}});
  time_.assign(types_.size(), {{}, activity_.weights});
  matters_.assign(types_.size(), true);
  credit_ = {ByType(types_.size(), 1.0), nothing, nothing};
  finds_window_ = nothing;
  give({0.0, nothing, nothing, nothing});
}

void IntentWorld::give(SecondChances second) { second_ = std::move(second); }

void IntentWorld::place_visits(double loading, double organic_factor) {
  loading_ = loading;
  organic_factor_ = organic_factor;
  const Loadings& loads = setting_.loadings;
  const double tilt = setting_.has_intent ? loading * loads.organic : 0.0;
  decays_.resize(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double z = types_.intents()[type];
    decays_[type] = portable_exp(-loading * loads.funnel * z - types_.segment_log_odds()[type]);
    organic_.visits[type] = organic_factor * setting_.unpaid.organic_visits_per_day *
                            setting_.flight_days * portable_exp(tilt * z - 0.5 * tilt * tilt);
  }
  clicks_.resize(channels_.size());
  worn_.resize(channels_.size());
  for (std::size_t channel = 0; channel < channels_.size(); ++channel) place_clicks(channel);
  find_who_matters();
}

void IntentWorld::place_clicks(std::size_t channel) {
  const ChannelSetting& one = setting_.channels[channel];
  const Loadings& loads = setting_.loadings;
  clicks_[channel] =
      channels_[channel].solve(loading_ * loads.targeting * one.intent_targeting,
                               loading_ * loads.click, types_, growth_under_cap(channel));
  const ClickSolution& solution = clicks_[channel];
  worn_[channel] = activity_by_intent(channel);
  const double clicks = impressions_bought(channel) * solution.expected_rate;
  paid_[channel].views = one.clicks.view_rate * solution.served_share / solution.expected_rate;
  ByType& visits = paid_[channel].visits;
  visits.resize(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    visits[type] = clicks * solution.clicks[type] / (setting_.shoppers * types_.shares()[type]);
  }
}

/// Impressions bought over those that money alone tells, of a channel whose cap is asked about.
double IntentWorld::growth_under_cap(std::size_t channel) const {
  return grows_under_cap(channel) ? spread_[channel] : 1.0;
}

/// Whether more impressions are bought for clicks that a cap takes away, of which it takes a part.
bool IntentWorld::grows_under_cap(std::size_t channel) const {
  return setting_.channels[channel].pays_per_click && channels_[channel].is_capped();
}

/// Types beyond the reach of any audience: their visits are fewer than one in a hundred million.
void IntentWorld::find_who_matters() {
  constexpr double hardly = 1e-8;
  double organic = 0.0;
  for (std::size_t type = 0; type < types_.size(); ++type) {
    organic += types_.shares()[type] * organic_.visits[type];
  }
  for (std::size_t type = 0; type < types_.size(); ++type) {
    bool matters = types_.shares()[type] * organic_.visits[type] > hardly * organic;
    for (const ClickSolution& channel : clicks_) {
      matters = matters || channel.clicks[type] > hardly;
    }
    matters_[type] = matters;
  }
}

std::vector<ActivityCells> IntentWorld::activity_by_intent(std::size_t channel) const {
  const ChannelSetting& one = setting_.channels[channel];
  const Nodes& intent = types_.intent_nodes();
  const double zeta = loading_ * setting_.loadings.targeting * one.intent_targeting;
  const double tilt = expectation(intent, [=](double z) { return portable_exp(zeta * z); });
  std::vector<ActivityCells> activity;
  activity.reserve(intent.size());
  const double growth = growth_under_cap(channel);
  Activity unworn = channel_activity_[channel];
  for (const double z : intent.values) {
    const double seen = portable_exp(zeta * z) / tilt;
    double served = 1.0;
    if (channels_[channel].is_capped()) {
      const double bought = one.clicks.volume * growth * one.clicks.cap.bought_per_day * seen;
      const CappedActivity::Cells cells = capped_[channel].at(channels_[channel].served(), bought);
      unworn.values = cells.values;
      served = growth * cells.served;
    }
    std::array<double, 2> frequencies = one.clicks.flight_frequencies;
    for (double& frequency : frequencies) frequency *= seen * served;
    activity.push_back(worn_values(unworn, frequencies, one.clicks.response.wear_out));
  }
  return activity;
}

void IntentWorld::settle(SourceView& source, const Solution& found, double mobile_share) const {
  const OrderCurve curve{steps_.steps};
  const double factor = portable_exp(-found.value);
  source.log_odds = found.value;
  source.reached = found.reached;
  source.orders = curve.orders(decays_, factor, mobile_share).values;
  source.leaves =
      engaged_leaves(curve.engaged(decays_, factor, mobile_share).values, source.orders);
}

void IntentWorld::use_propensities() {
  const ByType all(types_.size(), 1.0);
  organic_.orders = propensity_orders(types_, setting_.mean_propensity, 1.0);
  organic_.leaves = engaged_leaves(all, organic_.orders);
  const auto order_alike = [&](SourceView& source) {
    source.orders = organic_.orders;
    source.leaves = organic_.leaves;
  };
  order_alike(returned_);
  for (SourceView& source : paid_) order_alike(source);
  place_returns();
}

void IntentWorld::solve_site(int most_steps) {
  ByType site = types_.shares();
  // Who would visit is the same when nobody does: the rate counts in proportion only.
  const bool visited = setting_.unpaid.organic_visits_per_day > 0.0;
  for (std::size_t type = 0; visited && type < types_.size(); ++type) {
    site[type] *= organic_.visits[type] * organic_.left[type];
  }
  const Visitors visitors{.weights = site, .decays = decays_};
  steps_ =
      solve_steps(step_reach(setting_.site), setting_.site, visitors, steps_.steps, most_steps);
  const UnpaidSetting& unpaid = setting_.unpaid;
  settle(organic_,
         solve_source(OrderCurve{steps_.steps}, visitors,
                      {unpaid.mobile_share, unpaid.organic_conversion_rate}, organic_.log_odds,
                      most_steps),
         unpaid.mobile_share);
}

void IntentWorld::solve_channels(int most_steps) {
  const OrderCurve curve{steps_.steps};
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const ChannelSetting& one = setting_.channels[channel];
    SourceView& source = paid_[channel];
    ByType clickers = clicks_[channel].clicks;
    for (std::size_t type = 0; type < types_.size(); ++type) clickers[type] *= source.left[type];
    settle(source,
           solve_credited_source(
               curve, {.weights = clickers, .decays = decays_}, credit_among_channels(channel),
               {one.mobile_share, one.conversion_rate}, {source.log_odds, most_steps}),
           one.mobile_share);
  }
}

void IntentWorld::place_returns() {
  for (std::size_t type = 0; type < types_.size(); ++type) {
    double leavers = organic_.all_visits(type) * organic_.leaves[type];
    for (const SourceView& source : paid_) {
      leavers += source.all_visits(type) * source.leaves[type];
    }
    returned_.visits[type] = leavers;
  }
}

void IntentWorld::solve_returns(int most_steps) {
  place_returns();
  ByType leavers = types_.shares();
  for (std::size_t type = 0; type < types_.size(); ++type) leavers[type] *= returned_.visits[type];
  const UnpaidSetting& unpaid = setting_.unpaid;
  const double rate =
      std::min(largest_order_rate, unpaid.return_ratio * unpaid.organic_conversion_rate);
  settle(returned_,
         solve_source(OrderCurve{steps_.steps}, {.weights = leavers, .decays = decays_},
                      {unpaid.mobile_share, rate}, returned_.log_odds, most_steps),
         unpaid.mobile_share);
}

void IntentWorld::solve_rates(int most_steps) {
  if (!setting_.uses_steps) return use_propensities();
  solve_site(most_steps);
  solve_channels(most_steps);
  solve_returns(most_steps);
}

/// Share of the flight, times that of shoppers, from deciding to order until the order is placed.
ActivityCells IntentWorld::time_until_placed(const ProspectTime& time) const {
  const OrderDelay& delay = setting_.order_delay;
  const double soon = delay.immediate_days / setting_.flight_days;
  const double later = delay.later_days / setting_.flight_days;
  ActivityCells waiting{};
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    const double orders = time.orders[cell];
    waiting[cell] =
        activity_.weights[cell] * (delay.immediate_share * pending_share(orders, soon) +
                                   (1.0 - delay.immediate_share) * pending_share(orders, later));
  }
  return waiting;
}

void IntentWorld::exhaust() {
  std::vector<VisitLoad> loads(paid_.size() + 1);
  CreditTerms terms = credit_terms();
  terms.brand_share = 0.0;
  const CreditLaw law{terms};
  for (std::size_t type = 0; type < types_.size(); ++type) {
    if (!matters_[type]) continue;
    const double later = law.order_by_return(return_visit(type), company(type, 1.0));
    const auto orders = [&](const SourceView& source) {
      return (1.0 + source.views) * source.visits[type] *
             (source.orders[type] + source.leaves[type] * later);
    };
    for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
      loads[channel] = {orders(paid_[channel]), &worn_[channel][types_.intent_number(type)]};
    }
    loads.back() = {
        orders(organic_) + second_.retargeted_orders_per_day[type] * setting_.flight_days,
        &all_alike_};
    time_[type] = time_before_order(loads, activity_.weights);
    const ActivityCells& time = time_[type].shares;
    const auto seen_in = [](const ActivityCells& shares, const VisitLoad& load) {
      return std::inner_product(shares.begin(), shares.end(), load.activity->begin(), 0.0);
    };
    const ActivityCells waiting = time_until_placed(time_[type]);
    for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
      paid_[channel].left[type] = seen_in(time, loads[channel]);
      paid_[channel].clicked[type] = paid_[channel].left[type] + seen_in(waiting, loads[channel]);
    }
    organic_.left[type] = seen_in(time, loads.back());
    clickers_[type] = clicker_groups(time, clicking(type));
  }
}

/// Who clicks how often; a cap makes those alike who are shown most.
ActivityCells IntentWorld::clicking(std::size_t type) const {
  if (!is_capped_) return activity_.values;
  ActivityCells cells{};
  double clicks = 0.0;
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const double visits = paid_[channel].visits[type];
    const ActivityCells& own = worn_[channel][types_.intent_number(type)];
    for (std::size_t cell = 0; cell < cells.size(); ++cell) cells[cell] += visits * own[cell];
    clicks += visits;
  }
  if (!(clicks > 0.0)) return activity_.values;
  for (double& cell : cells) cell /= clicks;
  return cells;
}

double IntentWorld::click_rate_of_flight(std::size_t channel) const {
  const ClickSolution& clicks = clicks_[channel];
  return clicks.expected_rate * std::inner_product(clicks.clicks.begin(), clicks.clicks.end(),
                                                   paid_[channel].clicked.begin(), 0.0);
}

double IntentWorld::impressions_bought(std::size_t channel) const {
  const ChannelSetting& one = setting_.channels[channel];
  const double rate = clicks_[channel].expected_rate;
  if (!one.pays_per_click || rate <= 0.0) return one.expected_impressions;
  if (channels_[channel].is_capped()) return spread_[channel] * one.expected_impressions;
  return spread_[channel] * one.expected_clicks / rate;
}

double IntentWorld::paid_share(std::size_t channel) const {
  if (!channels_[channel].is_capped()) return 1.0;
  if (!grows_under_cap(channel)) return clicks_[channel].served_share;
  if (setting_.channels[channel].expected_clicks <= 0.0) return 1.0;
  const double clicks = impressions_bought(channel) * click_rate_of_flight(channel);
  return std::min(1.0, clicks / setting_.channels[channel].expected_clicks);
}

/// Where clicks are bought, more impressions make up for those who have ordered, as far as there
/// are others and a cap lets them through.
void IntentWorld::spread_clicks() {
  constexpr double most = 10.0;
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    const double expected = clicks_[channel].expected_rate;
    const ChannelSetting& one = setting_.channels[channel];
    if (!one.pays_per_click || expected <= 0.0 || one.expected_clicks <= 0.0) continue;
    if (channels_[channel].is_capped()) {
      const double clicks = impressions_bought(channel) * click_rate_of_flight(channel);
      spread_[channel] = std::min(most, spread_[channel] * one.expected_clicks / clicks);
      place_clicks(channel);
      continue;
    }
    const double spread = std::min(most, expected / click_rate_of_flight(channel));
    for (double& visits : paid_[channel].visits) visits *= spread / spread_[channel];
    spread_[channel] = spread;
  }
}

std::vector<double> IntentWorld::state() const {
  std::vector<double> values{organic_.log_odds, returned_.log_odds};
  for (const double spread : spread_) values.push_back(portable_log(spread));
  for (const auto& device : steps_.steps) {
    values.insert(values.end(), device.begin(), device.end());
  }
  for (const SourceView& source : paid_) values.push_back(source.log_odds);
  return values;
}

double IntentWorld::sweep() {
  const std::vector<double> before = state();
  solve_rates(swept_ ? 1 : thorough);
  swept_ = true;
  find_who_is_left();
  return largest_change(before, state());
}

void IntentWorld::find_who_is_left() {
  exhaust();
  spread_clicks();
  credit_ = click_credit();
}

void IntentWorld::take_rates(const IntentWorld& solved) {
  const auto take = [](SourceView& source, const SourceView& from) {
    source.orders = from.orders;
    source.leaves = from.leaves;
    source.log_odds = from.log_odds;
    source.reached = from.reached;
  };
  take(organic_, solved.organic_);
  take(returned_, solved.returned_);
  for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
    take(paid_[channel], solved.paid_[channel]);
  }
  steps_ = solved.steps_;
  second_ = solved.second_;
  spread_ = solved.spread_;
  swept_ = true;
  place_visits(solved.loading_, solved.organic_factor_);
}

double IntentWorld::replay() {
  const auto rates = [this] {
    std::vector<double> values;
    for (std::size_t channel = 0; channel < paid_.size(); ++channel) {
      values.push_back(portable_log(std::max(click_rate_of_flight(channel), 1e-300)));
      values.push_back(portable_log(spread_[channel]));
    }
    return values;
  };
  const std::vector<double> before = rates();
  find_who_is_left();
  place_returns();
  return largest_change(before, rates());
}

ByType IntentWorld::organic_orders_per_day() const {
  ByType orders(types_.size());
  for (std::size_t type = 0; type < types_.size(); ++type) {
    const double later = eventual_return(second_.return_probability, return_visit(type));
    orders[type] = organic_.visits[type] / setting_.flight_days *
                   (organic_.orders[type] + organic_.leaves[type] * later);
  }
  return orders;
}

bool IntentWorld::rates_reached() const {
  const auto reached = [](const SourceView& source) { return source.reached; };
  const auto clicked = [](const ClickSolution& clicks) { return clicks.click_rate.reached; };
  return steps_.reached && organic_.reached && returned_.reached &&
         std::all_of(paid_.begin(), paid_.end(), reached) &&
         std::all_of(clicks_.begin(), clicks_.end(), clicked);
}

}  // namespace flywheel
