#include "scenario/pool_members.hpp"

#include <algorithm>

#include "core/elementary.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

/// Chances of leaving a visit at the pool's depth or deeper, by type.
struct Leaves {
  ByType any;
  std::array<ByType, leaver_pool_count> ends;  ///< by where; only if pools differ
};

/// Chance that a visit comes to this depth and ends before `next`, by type.
ByType leaves_between(const IntentWorld& world, const SourceView& source, double mobile_share,
                      std::array<Depth, 2> depths) {
  const OrderCurve curve{world.steps()};
  const double added = portable_exp(-source.log_odds);
  ByType leaves(source.orders.size());
  for (std::size_t type = 0; type < leaves.size(); ++type) {
    const double decay = added * world.decays()[type];
    const double further = depths[1] == Depth::ordered
                               ? source.orders[type]
                               : curve.reach(decay, mobile_share, depths[1]);
    leaves[type] = std::max(0.0, curve.reach(decay, mobile_share, depths[0]) - further);
  }
  return leaves;
}

/// The same visits by where they end; in the propensity model all go as far as checkout.
std::array<ByType, leaver_pool_count> leaves_by_end(const IntentWorld& world,
                                                    const SourceView& source, double mobile_share,
                                                    const ByType& any) {
  const ByType nobody(any.size(), 0.0);
  if (!world.setting().uses_steps) return {nobody, nobody, any};
  constexpr std::array<Depth, leaver_pool_count> next{Depth::cart, Depth::checkout, Depth::ordered};
  std::array<ByType, leaver_pool_count> ends{nobody, nobody, nobody};
  Depth from = world.setting().retargeting.pool;
  for (std::size_t pool = 0; pool < leaver_pool_count; ++pool) {
    if (from >= next[pool]) continue;
    ends[pool] = leaves_between(world, source, mobile_share, {from, next[pool]});
    from = next[pool];
  }
  return ends;
}

Leaves leaves_to_pool(const IntentWorld& world, const SourceView& source, double mobile_share) {
  const RetargetingSetting& setting = world.setting().retargeting;
  Leaves leaves;
  leaves.any = !world.setting().uses_steps || setting.pool == Depth::engaged
                   ? source.leaves
                   : leaves_between(world, source, mobile_share, {setting.pool, Depth::ordered});
  if (!are_alike(setting.pools)) {
    leaves.ends = leaves_by_end(world, source, mobile_share, leaves.any);
  }
  return leaves;
}

double mean_power(const Nodes& affinity, double exponent) {
  return expectation(affinity,
                     [&](double a) { return portable_pow(std::max(a, 1e-300), exponent); });
}

/// Where visits of a source end that are left, as far as pools differ.
void add_ends(PoolMembers& pool, const IntentWorld& world, const SourceView& source,
              const Leaves& leaves) {
  for (std::size_t end = 0; end < leaver_pool_count; ++end) {
    for (std::size_t type = 0; type < leaves.ends[end].size(); ++type) {
      if (!world.matters(type)) continue;
      pool.ends[end][type] +=
          world.types().shares()[type] * source.all_visits(type) * leaves.ends[end][type];
    }
  }
}

void add_channel(PoolMembers& pool, const IntentWorld& world, std::size_t channel) {
  const SourceView& source = world.paid()[channel];
  const Leaves leaves =
      leaves_to_pool(world, source, world.setting().channels[channel].mobile_share);
  for (std::size_t type = 0; type < leaves.any.size(); ++type) {
    if (!world.matters(type)) continue;
    const double left = leaves.any[type];
    const double members = world.types().shares()[type] * source.all_visits(type) * left;
    pool.paid[type] += members;
    pool.affinity[type] += members * world.clicks()[channel].retargeting_affinity[type];
    pool.active[type] += (1.0 + source.views) * source.visits[type] * left;
  }
  add_ends(pool, world, source, leaves);
}

void add_organic(PoolMembers& pool, const IntentWorld& world, double mean_affinity) {
  const SourceView& source = world.organic();
  const Leaves leaves = leaves_to_pool(world, source, world.setting().unpaid.mobile_share);
  for (std::size_t type = 0; type < leaves.any.size(); ++type) {
    if (!world.matters(type)) continue;
    const double left = leaves.any[type];
    pool.unpaid[type] = world.types().shares()[type] * source.all_visits(type) * left;
    pool.affinity[type] += pool.unpaid[type] * mean_affinity;
    pool.steady[type] = source.visits[type] * left;
  }
  add_ends(pool, world, source, leaves);
}

/// Means over where a type's members left; 1 where pools are alike.
void average_pools(PoolMembers& pool, const std::array<PoolTraits, leaver_pool_count>& traits) {
  for (std::size_t type = 0; type < pool.paid.size(); ++type) {
    double impressions = 0.0;
    double clicks = 0.0;
    double all = 0.0;
    for (std::size_t end = 0; end < leaver_pool_count; ++end) {
      const double members = pool.ends[end][type];
      all += members;
      impressions += members * traits[end].impressions;
      clicks += members * traits[end].impressions * traits[end].clicks;
    }
    if (all <= 0.0) continue;
    pool.impressions[type] = impressions / all;
    pool.clicks[type] = clicks / all;
  }
}

}  // namespace

bool are_alike(const std::array<PoolTraits, leaver_pool_count>& pools) {
  return std::all_of(pools.begin(), pools.end(), [](const PoolTraits& pool) {
    return pool.impressions == 1.0 && pool.clicks == 1.0 && pool.conversion_odds == 1.0;
  });
}

PoolMembers pool_members(const IntentWorld& world, const TraitNodes& traits) {
  const ByType nobody(world.types().size(), 0.0);
  const ByType alike(world.types().size(), 1.0);
  PoolMembers pool{nobody, nobody, world.types().shares(),   nobody,
                   nobody, nobody, {nobody, nobody, nobody}, alike,
                   alike};
  for (std::size_t channel = 0; channel < world.paid().size(); ++channel) {
    add_channel(pool, world, channel);
  }
  const double affinity =
      mean_power(traits.affinity, world.setting().retargeting.affinity_exponent);
  add_organic(pool, world, affinity);
  for (std::size_t type = 0; type < nobody.size(); ++type) {
    pool.engaged[type] *= world.returned().visits[type];
    const double members = pool.count(type);
    pool.affinity[type] = members > 0.0 ? pool.affinity[type] / members : affinity;
  }
  average_pools(pool, world.setting().retargeting.pools);
  return pool;
}

}  // namespace flywheel
