#include "scenario/solve_pool.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "core/elementary.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

constexpr double largest_order_rate = 0.95;  ///< that an uplift may lead to

double total(const ByType& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Chances of leaving a visit, by type.
struct Leaves {
  ByType to_pool;
  ByType engaged;
};

Leaves leaves_of(const IntentWorld& world, const BaseRateSetting& setting, const SourceView& source,
                 double mobile_share) {
  const std::size_t size = source.orders.size();
  Leaves leaves{ByType(size), ByType(size)};
  const OrderCurve curve{world.steps()};
  const double added = portable_exp(-source.log_odds);
  for (std::size_t type = 0; type < size; ++type) {
    const double decay = added * world.decays()[type];
    const auto left_after = [&](Depth depth) {
      const double come = setting.uses_steps ? curve.reach(decay, mobile_share, depth) : 1.0;
      return std::max(0.0, come - source.orders[type]);
    };
    leaves.to_pool[type] = left_after(setting.retargeting.pool);
    leaves.engaged[type] = left_after(Depth::engaged);
  }
  return leaves;
}

/// Everybody who left, by type: shoppers over the flight, as shares of the audience.
struct Pool {
  ByType paid;
  ByType unpaid;
  ByType engaged;   ///< who may return by themselves
  ByType clickers;  ///< members by how readily they click: times mean a^q
};

class PoolBuilder {
 public:
  PoolBuilder(const IntentWorld& world, const BaseRateSetting& setting)
      : world_{world},
        setting_{setting},
        size_{world.types().size()},
        pool_{ByType(size_), ByType(size_), ByType(size_), ByType(size_)} {}

  void add_channel(std::size_t channel) {
    const SourceView& source = world_.paid()[channel];
    const Leaves leaves =
        leaves_of(world_, setting_, source, setting_.channels[channel].mobile_share);
    for (std::size_t type = 0; type < size_; ++type) {
      const double visits =
          world_.types().shares()[type] * source.visits[type] * world_.left_clickers()[type];
      const double members = visits * leaves.to_pool[type];
      pool_.paid[type] += members;
      pool_.clickers[type] += members * world_.clicks()[channel].retargeting_affinity[type];
      pool_.engaged[type] += visits * leaves.engaged[type];
    }
  }

  void add_organic(double mean_affinity) {
    const SourceView& source = world_.organic();
    const Leaves leaves = leaves_of(world_, setting_, source, setting_.unpaid.mobile_share);
    for (std::size_t type = 0; type < size_; ++type) {
      const double visits =
          world_.types().shares()[type] * source.visits[type] * world_.left_shoppers()[type];
      pool_.unpaid[type] = visits * leaves.to_pool[type];
      pool_.clickers[type] += pool_.unpaid[type] * mean_affinity;
      pool_.engaged[type] += visits * leaves.engaged[type];
    }
  }

  [[nodiscard]] const Pool& pool() const { return pool_; }

 private:
  const IntentWorld& world_;
  const BaseRateSetting& setting_;
  std::size_t size_;
  Pool pool_;
};

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

/// A second visit, solved for those who make it; `factor` is that of the propensity model.
SourceView solve_second_visit(const IntentWorld& world, const BaseRateSetting& setting,
                              const ByType& who, const SourceTarget& target, double factor) {
  SourceView source;
  if (!setting.uses_steps) {
    source.orders = propensity_orders(world.types(), setting.mean_propensity, factor);
    return source;
  }
  const OrderCurve curve{world.steps()};
  const Solution found = solve_source(curve, {.weights = who, .decays = world.decays()}, target,
                                      world.organic().log_odds);
  source.log_odds = found.value;
  source.reached = found.reached;
  source.orders =
      curve.orders(world.decays(), portable_exp(-found.value), target.mobile_share).values;
  return source;
}

/// Shares and relative clicks of the pool's members by type.
Leavers leavers_of(const Pool& pool, double pool_affinity) {
  const std::size_t size = pool.paid.size();
  Leavers leavers{pool.paid, pool.unpaid, ByType(size, 1.0), ByType(size, 1.0), {}, {}, {}, {}};
  for (std::size_t type = 0; type < size; ++type) {
    const double members = pool.paid[type] + pool.unpaid[type];
    if (members <= 0.0) continue;
    leavers.engaged_share[type] = std::min(1.0, pool.engaged[type] / members);
    leavers.affinity[type] = pool.clickers[type] / (members * pool_affinity);
  }
  return leavers;
}

WindowSetting window_of(const BaseRateSetting& setting) {
  WindowSetting window = setting.window;
  window.clicks_per_day = window.impressions_per_day * setting.retargeting.click_rate;
  window.anyway_days = setting.horizon_days - 0.5 * setting.flight_days;
  return window;
}

}  // namespace

PoolSolution solve_pool(const IntentWorld& world, const BaseRateSetting& setting,
                        const TraitNodes& traits) {
  const RetargetingSetting& retargeting = setting.retargeting;
  const double mean_affinity = expectation(traits.affinity, [&](double a) {
    return portable_pow(std::max(a, 1e-300), retargeting.affinity_exponent);
  });
  PoolBuilder builder{world, setting};
  for (std::size_t channel = 0; channel < world.paid().size(); ++channel) {
    builder.add_channel(channel);
  }
  builder.add_organic(mean_affinity);
  const Pool& pool = builder.pool();
  const double members = total(pool.paid) + total(pool.unpaid);
  const double pool_affinity = members > 0.0 ? total(pool.clickers) / members : mean_affinity;

  const UnpaidSetting& unpaid = setting.unpaid;
  const double uplifted = times_odds(cold_rate(setting), retargeting.conversion_uplift);
  const SourceView retargeted =
      solve_second_visit(world, setting, pool.clickers,
                         {retargeting.mobile_share, std::min(largest_order_rate, uplifted)},
                         retargeting.conversion_uplift);
  const double return_rate = unpaid.return_ratio * unpaid.organic_conversion_rate;
  const SourceView returned =
      solve_second_visit(world, setting, pool.engaged,
                         {unpaid.mobile_share, std::min(largest_order_rate, return_rate)}, 1.0);

  Leavers leavers = leavers_of(pool, pool_affinity);
  leavers.retargeted_order = retargeted.orders;
  leavers.returned_order = returned.orders;
  leavers.returned_leave = leaves_of(world, setting, returned, unpaid.mobile_share).engaged;
  leavers.organic_per_day = world.organic_orders_per_day();
  const RetargetingCredit credit{window_of(setting), leavers};
  const Solution return_probability = retargeting.return_given
                                          ? Solution{retargeting.return_probability, true}
                                          : solve_return(credit, retargeting.incremental_share);
  return {.retargeted_log_odds = retargeted.log_odds,
          .returned_log_odds = returned.log_odds,
          .return_probability = return_probability,
          .incremental_share = credit.incremental_share(return_probability.value),
          .click_rate = retargeting.click_rate / pool_affinity,
          .rates_reached = retargeted.reached && returned.reached};
}

}  // namespace flywheel
