#include "scenario/base_rates.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "scenario/incremental_share.hpp"
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
  const ShopperTypes types{segments, setting.has_intent ? intent_nodes() : no_intent_node(),
                           Nodes{{1.0}, {1.0}}};
  BaseRates rates;
  rates.solved.incremental_share = 1.0;
  rates.solved.retargeting_share = 1.0;
  double clicks = 0.0;
  double affinity = 0.0;
  for (const ChannelSetting& channel : setting.channels) {
    rates.clicks.push_back(
        ChannelClicks{channel.clicks, traits.exposure, traits.affinity}.solve(0.0, 0.0, types));
    const ClickSolution& solution = rates.clicks.back();
    rates.click_rates.push_back(solution.expected_rate);
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
  rates.unpaid_visits.organic = setting.unpaid.organic_visits_per_day * setting.shoppers;
  // Nobody is known to order: a window for each visit.
  rates.pool_entries_per_day = clicks / setting.flight_days + rates.unpaid_visits.organic;
  return rates;
}

/// A friend's own returns keep the referrer's credit, unless they pass a brand ad.
VisitCredit friends_credit(const IntentWorld& world, const BaseRateSetting& setting) {
  const std::size_t size = world.types().size();
  VisitCredit credit{ByType(size, 1.0), ByType(size), ByType(size)};
  const CreditTerms terms = world.credit_terms();
  const double kept = terms.return_probability * (1.0 - terms.brand_share);
  for (std::size_t type = 0; setting.unpaid.friends_return && type < size; ++type) {
    credit.own_return[type] = eventual_return(kept, world.return_visit(type));
  }
  return credit;
}

/// Friends: any intent, in the segments that customers come from.
double referral_log_odds(const IntentWorld& world, const BaseRateSetting& setting) {
  if (!setting.uses_steps) return 0.0;
  const ShopperTypes& types = world.types();
  std::vector<double> customers(types.segment_count(), 0.0);
  double all = 0.0;
  for (std::size_t type = 0; type < types.size(); ++type) {
    const SourceView& organic = world.organic();
    double orders = organic.visits[type] * organic.left[type] * organic.orders[type];
    for (const SourceView& source : world.paid()) {
      orders += source.visits[type] * source.left[type] * source.orders[type];
    }
    customers[types.segments()[type]] += types.shares()[type] * orders;
    all += types.shares()[type] * orders;
  }
  ByType friends = types.shares();
  for (std::size_t type = 0; all > 0.0 && type < types.size(); ++type) {
    const std::size_t segment = types.segments()[type];
    friends[type] *= customers[segment] / types.segment_share(segment);
  }
  return solve_credited_source(
             OrderCurve{world.steps()}, {.weights = friends, .decays = world.decays()},
             friends_credit(world, setting),
             {setting.unpaid.mobile_share, setting.unpaid.referral_conversion_rate},
             {.start = world.organic().log_odds})
      .value;
}

/// Unpaid visits of prospects, as they come on average: returns may lead to others.
UnpaidVisits unpaid_visits(const IntentWorld& world, double return_probability) {
  UnpaidVisits visits;
  for (std::size_t type = 0; type < world.types().size(); ++type) {
    const double a_day =
        world.types().shares()[type] * world.setting().shoppers / world.setting().flight_days;
    const double again = return_probability * world.returned().leaves[type];
    visits.organic += a_day * world.organic().all_visits(type);
    visits.returns += a_day * return_probability * world.returned().visits[type] / (1.0 - again);
  }
  return visits;
}

// Changes of a number of log-odds that count as none, and of an incremental share.
constexpr double while_searching = 1e-2;
constexpr double at_last = 5e-6;
constexpr double share_tolerance = 3e-4;

/// U moves by this part of what seems right: the rest of the audience answers a round later, and a
/// whole step would overshoot.
constexpr double return_step = 0.35;

/// The audience, its retargeting and U, which depend on each other: in each round all of them move
/// towards their targets given the others, until nothing moves.
class Balance {
 public:
  Balance(IntentWorld& world, const TraitNodes& traits) : world_{world}, traits_{traits} {}

  void settle_at(double loading, double tolerance) {
    constexpr int most_rounds = 300;
    if (!placed_ || loading != world_.loading()) world_.place_visits(loading);
    placed_ = true;
    for (int round = 0; round < most_rounds; ++round) {
      const double change = world_.sweep();
      PoolSolution next = solve_pool(world_, traits_, pool_);
      double& returning = next.second.return_probability;
      const double before = pool_.second.return_probability;
      if (round > 0) returning = before + return_step * (returning - before);
      const double moved =
          std::max({change, std::abs(next.retargeted_log_odds - pool_.retargeted_log_odds),
                    std::abs(returning - before)});
      pool_ = next;
      world_.give(pool_.second);
      if (moved < tolerance) break;
    }
  }

  [[nodiscard]] const PoolSolution& pool() const { return pool_; }

 private:
  IntentWorld& world_;
  const TraitNodes& traits_;
  PoolSolution pool_;
  bool placed_{false};
};

/// L in [0, limit] at which the incremental share of channels is the target. The limit is tried
/// first: where even that leaves the share above its target, there is nothing to search.
Solution solve_loading(const IntentWorld& world, Balance& balance) {
  const double target = world.setting().incremental_share;
  const double limit = world.setting().loading_limit;
  if (!world.setting().has_intent || target >= 1.0) return {0.0, true};
  const auto share_at = [&](double loading) {
    balance.settle_at(loading, while_searching);
    return incremental_share(world);
  };
  const double least = share_at(limit) - target;
  if (least >= 0.0) return {limit, least < share_tolerance};
  // Without loading the share is near 1; where it is below the target, the search ends at 0.
  const Solution crossed =
      cross(share_at, target, {0.0, 1.0 - target}, {limit, least}, share_tolerance);
  if (crossed.value > 1e-3 * limit) return crossed;
  return {0.0, std::abs(share_at(0.0) - target) < share_tolerance};
}

}  // namespace

BaseRates solve_base_rates(const BaseRateSetting& setting,
                           const std::vector<SegmentShare>& segments, const TraitNodes& traits) {
  if (only_clicks(setting)) return solve_clicks_alone(setting, segments, traits);
  IntentWorld world{setting, segments, traits};
  Balance balance{world, traits};
  const Solution loading = solve_loading(world, balance);
  balance.settle_at(loading.value, at_last);
  const PoolSolution& pool = balance.pool();
  BaseRates rates{.solved = {.intent_loading = loading.value,
                             .incremental_share = incremental_share(world),
                             .incremental_reached = loading.reached,
                             .rates_reached = world.rates_reached() && pool.retargeted_reached,
                             .retargeting_share = pool.incremental_share,
                             .retargeting_reached = pool.incremental_reached},
                  .clicks = world.clicks(),
                  .steps = world.steps(),
                  .source_log_odds = {},
                  .return_probability = pool.second.return_probability,
                  .click_rates = {},
                  .retargeting_click_rate = pool.click_rate,
                  .pool_entries_per_day = pool.entries * setting.shoppers / setting.flight_days,
                  .unpaid_visits = unpaid_visits(world, pool.second.return_probability)};
  for (std::size_t channel = 0; channel < setting.channels.size(); ++channel) {
    rates.click_rates.push_back(world.click_rate_of_flight(channel));
    rates.source_log_odds.push_back(world.paid()[channel].log_odds);
  }
  // In the order of UnpaidSource; a visit from a message always reaches the order.
  rates.source_log_odds.insert(rates.source_log_odds.end(),
                               {pool.retargeted_log_odds, world.organic().log_odds,
                                world.returned().log_odds, referral_log_odds(world, setting), 0.0});
  return rates;
}

}  // namespace flywheel
