#include "scenario/solve_pool.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "core/elementary.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

double total(const ByType& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Who left first visits of the flight, by type, as shares of the audience. Who left twice counts
/// twice.
struct Pool {
  ByType paid;      ///< after a click or a view
  ByType unpaid;    ///< after an organic visit
  ByType engaged;   ///< of both, engaged: who may return by themselves
  ByType affinity;  ///< mean a^q
  ByType active;    ///< visits left over the flight by a shopper of activity 1, were nobody to buy
  ByType steady;    ///< likewise, by anybody

  [[nodiscard]] double members(std::size_t type) const { return paid[type] + unpaid[type]; }
};

/// Windows of retargeting that are open, by type, on average over the flight.
struct OpenWindows {
  ByType shares;            ///< of the audience
  ByType of_prospects;      ///< share of prospects of the type who have one
  double mean_affinity{1};  ///< a^q over them
};

/// Chance of leaving a visit at the pool's depth or deeper, by type.
ByType leaves_to_pool(const IntentWorld& world, const SourceView& source, double mobile_share) {
  const Depth depth = world.setting().retargeting.pool;
  if (!world.setting().uses_steps || depth == Depth::engaged) return source.leaves;
  ByType leaves(source.orders.size());
  const OrderCurve curve{world.steps()};
  const double added = portable_exp(-source.log_odds);
  for (std::size_t type = 0; type < leaves.size(); ++type) {
    const double come = curve.reach(added * world.decays()[type], mobile_share, depth);
    leaves[type] = std::max(0.0, come - source.orders[type]);
  }
  return leaves;
}

double mean_power(const Nodes& affinity, double exponent) {
  return expectation(affinity,
                     [&](double a) { return portable_pow(std::max(a, 1e-300), exponent); });
}

void add_channel(Pool& pool, const IntentWorld& world, std::size_t channel) {
  const SourceView& source = world.paid()[channel];
  const ByType leaves =
      leaves_to_pool(world, source, world.setting().channels[channel].mobile_share);
  for (std::size_t type = 0; type < leaves.size(); ++type) {
    if (!world.matters(type)) continue;
    const double members = world.types().shares()[type] * source.all_visits(type) * leaves[type];
    pool.paid[type] += members;
    pool.affinity[type] += members * world.clicks()[channel].retargeting_affinity[type];
    pool.active[type] += (1.0 + source.views) * source.visits[type] * leaves[type];
  }
}

void add_organic(Pool& pool, const IntentWorld& world, double mean_affinity) {
  const SourceView& source = world.organic();
  const ByType leaves = leaves_to_pool(world, source, world.setting().unpaid.mobile_share);
  for (std::size_t type = 0; type < leaves.size(); ++type) {
    if (!world.matters(type)) continue;
    pool.unpaid[type] = world.types().shares()[type] * source.all_visits(type) * leaves[type];
    pool.affinity[type] += pool.unpaid[type] * mean_affinity;
    pool.steady[type] = source.visits[type] * leaves[type];
  }
}

Pool pool_of(const IntentWorld& world, const TraitNodes& traits) {
  const ByType nobody(world.types().size(), 0.0);
  Pool pool{nobody, nobody, world.types().shares(), nobody, nobody, nobody};
  for (std::size_t channel = 0; channel < world.paid().size(); ++channel) {
    add_channel(pool, world, channel);
  }
  const double affinity =
      mean_power(traits.affinity, world.setting().retargeting.affinity_exponent);
  add_organic(pool, world, affinity);
  for (std::size_t type = 0; type < nobody.size(); ++type) {
    pool.engaged[type] *= world.returned().visits[type];
    const double members = pool.members(type);
    pool.affinity[type] = members > 0.0 ? pool.affinity[type] / members : affinity;
  }
  return pool;
}

/// A window is open for `days` after the latest visit left: first visits, and own returns which
/// follow them.
OpenWindows open_windows(const IntentWorld& world, const Pool& pool, double days) {
  const double returning = world.second().return_probability;
  const double flight = world.setting().flight_days;
  OpenWindows open{ByType(pool.paid.size()), ByType(pool.paid.size(), 1.0), 1.0};
  double affinity = 0.0;
  for (std::size_t type = 0; type < pool.paid.size(); ++type) {
    if (!world.matters(type)) continue;
    const double leave = returning * world.returned().leaves[type];
    const double often = 1.0 / (flight * (1.0 - leave));
    const ProspectTime& time = world.prospect_time(type);
    const double soon =
        time_in_window(time, world.activity().values,
                       {often * pool.active[type], often * pool.steady[type], days, flight});
    open.shares[type] = world.types().shares()[type] * soon;
    open.of_prospects[type] = soon / std::accumulate(time.shares.begin(), time.shares.end(), 0.0);
    affinity += open.shares[type] * pool.affinity[type];
  }
  const double all = total(open.shares);
  if (all > 0.0) open.mean_affinity = affinity / all;
  return open;
}

/// Mean order rate of the channels' clicks.
double cold_rate(const BaseRateSetting& setting) {
  double orders = 0.0;
  double clicks = 0.0;
  for (const ChannelSetting& channel : setting.channels) {
    orders += channel.expected_clicks * channel.conversion_rate;
    clicks += channel.expected_clicks;
  }
  return clicks > 0.0 ? orders / clicks : setting.unpaid.organic_conversion_rate;
}

/// Impressions as far as the budget goes when it spreads over the windows that are open at a time,
/// and days until a window closes or its cap is reached on average.
WindowSetting window_of(const BaseRateSetting& setting, const OpenWindows& open) {
  const RetargetingSetting& retargeting = setting.retargeting;
  WindowSetting window = setting.window;
  const double count = total(open.shares) * setting.shoppers;
  if (retargeting.affordable_per_day > 0.0 && count > 0.0) {
    window.impressions_per_day =
        std::min(window.impressions_per_day, retargeting.affordable_per_day / count);
  }
  if (retargeting.cap_per_window > 0.0 && window.impressions_per_day > 0.0) {
    window.window_days =
        std::min(window.window_days, retargeting.cap_per_window / window.impressions_per_day);
  }
  window.clicks_per_day = window.impressions_per_day * retargeting.click_rate;
  window.anyway_days = setting.horizon_days - 0.5 * setting.flight_days;
  return window;
}

/// The credit of retargeting clicks: that of any click, but those who click have an open window, so
/// more of them are on their way back. A rule of first clicks leaves such returns to the channel.
VisitCredit retargeting_credit(const IntentWorld& world, const OpenWindows& open) {
  VisitCredit credit = world.credit();
  if (world.setting().window.credit.first_click) return credit;
  const CreditLaw law{world.credit_terms()};
  for (std::size_t type = 0; type < open.shares.size(); ++type) {
    if (open.shares[type] <= 0.0) continue;
    const Company company = world.company(type, 1.0);
    const double on_their_way =
        company.leavers / law.ending_per_day(world.return_visit(type), company);
    credit.by_chance[type] +=
        on_their_way * credit.own_return[type] * (1.0 / open.of_prospects[type] - 1.0);
  }
  return credit;
}

/// Retargeted visits, solved for those who click.
SourceView solve_retargeted(const IntentWorld& world, const ByType& clickers,
                            const VisitCredit& credit, double start) {
  const BaseRateSetting& setting = world.setting();
  const RetargetingSetting& retargeting = setting.retargeting;
  SourceView source;
  if (!setting.uses_steps) {
    source.orders =
        propensity_orders(world.types(), setting.mean_propensity, retargeting.conversion_uplift);
    source.leaves = engaged_leaves(ByType(source.orders.size(), 1.0), source.orders);
    return source;
  }
  const OrderCurve curve{world.steps()};
  const double uplifted = times_odds(cold_rate(setting), retargeting.conversion_uplift);
  const Solution found =
      solve_credited_source(curve, {.weights = clickers, .decays = world.decays()}, credit,
                            {retargeting.mobile_share, std::min(largest_order_rate, uplifted)},
                            {.start = start, .most_steps = 3});
  const double factor = portable_exp(-found.value);
  source.log_odds = found.value;
  source.reached = found.reached;
  source.orders = curve.orders(world.decays(), factor, retargeting.mobile_share).values;
  source.leaves = engaged_leaves(
      curve.engaged(world.decays(), factor, retargeting.mobile_share).values, source.orders);
  return source;
}

/// Those who leave, and what awaits them.
Leavers leavers_of(const IntentWorld& world, const Pool& pool, const OpenWindows& open,
                   const SourceView& retargeted, const VisitCredit& credit) {
  const std::size_t size = pool.paid.size();
  Leavers leavers{.paid = pool.paid,
                  .unpaid = pool.unpaid,
                  .engaged_share = ByType(size, 1.0),
                  .affinity = ByType(size, 1.0),
                  .retargeted_order = retargeted.orders,
                  .returned_order = world.returned().orders,
                  .returned_leave = world.returned().leaves,
                  .organic_per_day = world.organic_orders_per_day()};
  for (std::size_t type = 0; type < size; ++type) {
    const double members = pool.members(type);
    if (members > 0.0) leavers.engaged_share[type] = std::min(1.0, pool.engaged[type] / members);
    leavers.affinity[type] = pool.affinity[type] / open.mean_affinity;
    leavers.retargeted_order[type] += retargeted.leaves[type] * credit.own_return[type];
  }
  return leavers;
}

/// What those who left can expect of retargeting, by type.
SecondChances second_chances(const Leavers& leavers, const WindowSetting& window, const Pool& pool,
                             const OpenWindows& open, const SourceView& retargeted) {
  const std::size_t size = leavers.paid.size();
  SecondChances second{0.0, ByType(size), ByType(size), ByType(size)};
  for (std::size_t type = 0; type < size; ++type) {
    const double engaged = pool.engaged[type];
    const double in_pool = engaged > 0.0 ? std::min(1.0, pool.members(type) / engaged) : 0.0;
    const double clicks = window.clicks_per_day * leavers.affinity[type];
    const double of_any = open.of_prospects[type] * clicks;
    second.retargeting_clicks_per_day[type] = in_pool * clicks;
    second.retargeted_orders_per_day[type] = of_any * leavers.retargeted_order[type];
    second.retargeted_leaves_per_day[type] = of_any * retargeted.leaves[type];
  }
  return second;
}

/// U that stands, or the one at which retargeting's incremental share is its target.
Solution return_probability(const RetargetingSetting& setting, const RetargetingCredit& credit) {
  if (setting.return_given) return {setting.return_probability, true};
  return solve_return(credit, setting.incremental_share, setting.return_limit);
}

}  // namespace

PoolSolution solve_pool(const IntentWorld& world, const TraitNodes& traits,
                        const PoolSolution& start) {
  const BaseRateSetting& setting = world.setting();
  const Pool pool = pool_of(world, traits);
  OpenWindows open = open_windows(world, pool, setting.window.window_days);
  const WindowSetting window = window_of(setting, open);
  if (window.window_days < setting.window.window_days) {
    open = open_windows(world, pool, window.window_days);
  }
  ByType clickers = open.shares;
  for (std::size_t type = 0; type < clickers.size(); ++type) clickers[type] *= pool.affinity[type];
  const VisitCredit credit = retargeting_credit(world, open);
  const SourceView retargeted =
      solve_retargeted(world, clickers, credit, start.retargeted_log_odds);
  const Leavers leavers = leavers_of(world, pool, open, retargeted, credit);
  const RetargetingCredit share{window, leavers};
  const Solution returning = return_probability(setting.retargeting, share);
  // U is solved with ads, whether they run or not; clicks of ads that do not run take no credit.
  WindowSetting played = window;
  if (!setting.retargeting.enabled) played.clicks_per_day = 0.0;
  PoolSolution solution{.retargeted_log_odds = retargeted.log_odds,
                        .retargeted_reached = retargeted.reached,
                        .incremental_share = share.incremental_share(returning.value),
                        .incremental_reached = returning.reached,
                        .click_rate = setting.retargeting.click_rate / open.mean_affinity,
                        .entries = total(pool.paid) + total(pool.unpaid),
                        .second = second_chances(leavers, played, pool, open, retargeted)};
  solution.second.return_probability = returning.value;
  return solution;
}

}  // namespace flywheel
