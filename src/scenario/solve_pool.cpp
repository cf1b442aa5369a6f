#include "scenario/solve_pool.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "core/elementary.hpp"
#include "scenario/pool_members.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

double total(const ByType& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Windows of retargeting that are open, by type, on average over the flight.
struct OpenWindows {
  ByType shares;               ///< of the audience
  ByType of_prospects;         ///< share of prospects of the type who have one
  ByType affinity;             ///< mean a^q over a type's
  double mean_affinity{1};     ///< a^q over them, times their pools' factor on clicks a day
  double mean_impressions{1};  ///< their pools' factor on impressions
};

/// A window is open for `days` after the latest visit left: first visits, and own returns which
/// follow them.
OpenWindows open_windows(const IntentWorld& world, const PoolMembers& pool, double days) {
  const double returning = world.second().return_probability;
  const double flight = world.setting().flight_days;
  const ByType ones(pool.paid.size(), 1.0);
  OpenWindows open{ByType(pool.paid.size()), ones, ones};
  double affinity = 0.0;
  double impressions = 0.0;
  for (std::size_t type = 0; type < pool.paid.size(); ++type) {
    if (!world.matters(type)) continue;
    const double leave = returning * world.returned().leaves[type];
    const double often = 1.0 / (flight * (1.0 - leave));
    const ProspectTime& time = world.prospect_time(type);
    const ActivityCells& values = world.activity().values;
    const WindowOpening opening{often * pool.active[type], often * pool.steady[type], days, flight};
    const double soon = time_in_window(time, values, opening);
    open.shares[type] = world.types().shares()[type] * soon;
    open.of_prospects[type] = soon / std::accumulate(time.shares.begin(), time.shares.end(), 0.0);
    open.affinity[type] =
        pool.affinity[type] * window_mean(time, values, opening, world.retargeting_affinity());
    affinity += open.shares[type] * open.affinity[type] * pool.clicks[type];
    impressions += open.shares[type] * pool.impressions[type];
  }
  const double all = total(open.shares);
  if (all <= 0.0) return open;
  open.mean_affinity = affinity / all;
  open.mean_impressions = impressions / all;
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
  const double count = total(open.shares) * setting.shoppers * open.mean_impressions;
  if (retargeting.affordable_per_day > 0.0 && count > 0.0) {
    window.impressions_per_day =
        std::min(window.impressions_per_day, retargeting.affordable_per_day / count);
  }
  window.impressions_per_day *= open.mean_impressions;
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
  if (world.setting().window.credit.first_click) {
    credit.by_chance.assign(credit.by_chance.size(), 0.0);
    return credit;
  }
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

/// Those who click, by type and, where pools differ, by pool; types of one pool follow another.
struct Clickers {
  ByType weights;
  std::vector<double> odds;  ///< factor of each pool there is
};

Clickers clickers_of(const OpenWindows& open, const PoolMembers& pool,
                     const std::array<PoolTraits, leaver_pool_count>& traits) {
  const std::size_t types = open.shares.size();
  Clickers clickers{ByType(types), {1.0}};
  for (std::size_t type = 0; type < types; ++type) {
    clickers.weights[type] = open.shares[type] * open.affinity[type] * pool.clicks[type];
  }
  if (are_alike(traits)) return clickers;
  ByType by_pool;
  clickers.odds.clear();
  for (std::size_t end = 0; end < leaver_pool_count; ++end) {
    clickers.odds.push_back(traits[end].conversion_odds);
    for (std::size_t type = 0; type < types; ++type) {
      const double members = pool.count(type);
      const double share = members > 0.0 ? pool.ends[end][type] / members : 0.0;
      const double rate = traits[end].impressions * traits[end].clicks / pool.clicks[type];
      by_pool.push_back(clickers.weights[type] * share * rate);
    }
  }
  clickers.weights = std::move(by_pool);
  return clickers;
}

/// The values of all types, once for each pool.
ByType repeated(const ByType& values, std::size_t pools) {
  ByType all;
  for (std::size_t pool = 0; pool < pools; ++pool) {
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

/// Means over pools, by type.
ByType over_pools(const ByType& values, const ByType& weights, std::size_t types) {
  if (values.size() == types) return values;
  ByType means(types, 0.0);
  ByType sums(types, 0.0);
  for (std::size_t at = 0; at < values.size(); ++at) {
    means[at % types] += weights[at] * values[at];
    sums[at % types] += weights[at];
  }
  for (std::size_t type = 0; type < types; ++type) {
    means[type] = sums[type] > 0.0 ? means[type] / sums[type] : values[type];
  }
  return means;
}

SourceView retargeted_by_propensity(const IntentWorld& world) {
  const RetargetingSetting& retargeting = world.setting().retargeting;
  const double factor = retargeting.conversion_uplift * retargeting.pools.back().conversion_odds;
  SourceView source;
  source.orders = propensity_orders(world.types(), world.setting().mean_propensity, factor);
  source.leaves = engaged_leaves(ByType(source.orders.size(), 1.0), source.orders);
  return source;
}

/// Retargeted visits, solved for those who click.
SourceView solve_retargeted(const IntentWorld& world, const Clickers& clickers,
                            const VisitCredit& credit, double start) {
  const BaseRateSetting& setting = world.setting();
  const RetargetingSetting& retargeting = setting.retargeting;
  if (!setting.uses_steps) return retargeted_by_propensity(world);
  const std::size_t types = world.types().size();
  const std::size_t pools = clickers.odds.size();
  ByType decays = repeated(world.decays(), pools);
  for (std::size_t at = 0; at < decays.size(); ++at) decays[at] /= clickers.odds[at / types];
  const VisitCredit all{repeated(credit.own_order, pools), repeated(credit.own_return, pools),
                        repeated(credit.by_chance, pools)};
  const OrderCurve curve{world.steps()};
  const double uplifted = times_odds(cold_rate(setting), retargeting.conversion_uplift);
  const Solution found =
      solve_credited_source(curve, {.weights = clickers.weights, .decays = decays}, all,
                            {retargeting.mobile_share, std::min(largest_order_rate, uplifted)},
                            {.start = start, .most_steps = 3});
  const double factor = portable_exp(-found.value);
  const ByType orders = curve.orders(decays, factor, retargeting.mobile_share).values;
  const ByType leaves =
      engaged_leaves(curve.engaged(decays, factor, retargeting.mobile_share).values, orders);
  SourceView source;
  source.log_odds = found.value;
  source.reached = found.reached;
  source.orders = over_pools(orders, clickers.weights, types);
  source.leaves = over_pools(leaves, clickers.weights, types);
  return source;
}

/// Those who leave, and what awaits them.
Leavers leavers_of(const IntentWorld& world, const PoolMembers& pool, const OpenWindows& open,
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
    const double members = pool.count(type);
    if (members > 0.0) leavers.engaged_share[type] = std::min(1.0, pool.engaged[type] / members);
    leavers.affinity[type] = open.affinity[type] * pool.clicks[type] / open.mean_affinity;
    leavers.retargeted_order[type] += retargeted.leaves[type] * credit.own_return[type];
  }
  return leavers;
}

/// What those who left can expect of retargeting, by type.
SecondChances second_chances(const Leavers& leavers, const WindowSetting& window,
                             const PoolMembers& pool, const OpenWindows& open,
                             const SourceView& retargeted) {
  const std::size_t size = leavers.paid.size();
  SecondChances second{0.0, ByType(size), ByType(size), ByType(size)};
  for (std::size_t type = 0; type < size; ++type) {
    const double engaged = pool.engaged[type];
    const double in_pool = engaged > 0.0 ? std::min(1.0, pool.count(type) / engaged) : 0.0;
    const double clicks = window.clicks_per_day * leavers.affinity[type];
    const double of_any = open.of_prospects[type] * clicks;
    second.retargeting_clicks_per_day[type] = in_pool * clicks;
    second.retargeted_orders_per_day[type] = of_any * leavers.retargeted_order[type];
    second.retargeted_leaves_per_day[type] = of_any * retargeted.leaves[type];
  }
  return second;
}

/// Windows opened, each as many times as its pool gets impressions.
WindowOpenings openings_of(const PoolMembers& pool) {
  const auto weighted = [&](const ByType& members) {
    return std::inner_product(members.begin(), members.end(), pool.impressions.begin(), 0.0);
  };
  return {weighted(pool.paid), weighted(pool.unpaid)};
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
  const PoolMembers pool = pool_members(world, traits);
  OpenWindows open = open_windows(world, pool, setting.window.window_days);
  const WindowSetting window = window_of(setting, open);
  if (window.window_days < setting.window.window_days) {
    open = open_windows(world, pool, window.window_days);
  }
  const Clickers clickers = clickers_of(open, pool, setting.retargeting.pools);
  const VisitCredit credit = retargeting_credit(world, open);
  const SourceView retargeted =
      solve_retargeted(world, clickers, credit, start.retargeted_log_odds);
  const Leavers leavers = leavers_of(world, pool, open, retargeted, credit);
  const RetargetingCredit share{window, leavers};
  const Solution returning = return_probability(setting.retargeting, share);
  // U is solved with ads, whether they run or not; clicks of ads that do not run take no credit.
  WindowSetting played = window;
  if (!setting.retargeting.enabled) played.clicks_per_day = 0.0;
  PoolSolution solution{
      .retargeted_log_odds = retargeted.log_odds,
      .retargeted_reached = retargeted.reached,
      .incremental_share = share.incremental_share(returning.value),
      .incremental_reached = returning.reached,
      .click_rate = setting.retargeting.click_rate / (open.mean_affinity / open.mean_impressions),
      .openings = openings_of(pool),
      .second = second_chances(leavers, played, pool, open, retargeted)};
  solution.second.return_probability = returning.value;
  return solution;
}

}  // namespace flywheel
