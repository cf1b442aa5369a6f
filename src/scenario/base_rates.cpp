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

/// A channel's clicks where nobody is known to order, and what a cap leaves of them.
struct ClicksAlone {
  ClickSolution solution;
  CapEffect cap;
};

/// Where clicks are bought, more impressions make up for those that a cap holds back.
ClicksAlone clicks_alone(const ChannelSetting& channel, const ShopperTypes& types,
                         const TraitNodes& traits) {
  constexpr int most_rounds = 100;
  constexpr double most = 10.0;
  const ChannelClicks clicks{channel.clicks, traits.exposure, traits.affinity};
  ClickSolution solution = clicks.solve(0.0, 0.0, types);
  if (!clicks.is_capped()) return {solution, {}};
  if (!channel.pays_per_click) return {solution, {solution.served_share, solution.served_share}};
  if (channel.expected_clicks <= 0.0) return {solution, {solution.served_share, 1.0}};
  double growth = 1.0;
  double paid = 0.0;
  for (int round = 0; round < most_rounds && solution.expected_rate > 0.0; ++round) {
    paid = growth * channel.expected_impressions * solution.expected_rate / channel.expected_clicks;
    if (std::abs(paid - 1.0) < 1e-6 || (growth == most && paid < 1.0)) break;
    growth = std::min(most, growth / paid);
    solution = clicks.solve(0.0, 0.0, types, growth);
  }
  return {solution, {solution.served_share, std::min(1.0, paid)}};
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
    ClicksAlone alone = clicks_alone(channel, types, traits);
    rates.clicks.push_back(std::move(alone.solution));
    rates.volumes.caps.push_back(alone.cap);
    const ClickSolution& solution = rates.clicks.back();
    rates.volumes.click_rates.push_back(solution.expected_rate);
    for (std::size_t type = 0; type < types.size(); ++type) {
      const double share = channel.expected_clicks * solution.clicks[type];
      clicks += share;
      affinity += share * solution.retargeting_affinity[type];
    }
  }
  rates.source_log_odds.assign(setting.channels.size() + unpaid_source_count, 0.0);
  rates.return_probability =
      setting.retargeting.return_given ? setting.retargeting.return_probability : 0.0;
  // With propensities every visit goes as far as checkout.
  const PoolTraits& leavers = setting.retargeting.pools.back();
  rates.retargeting_click_rate =
      setting.retargeting.click_rate / leavers.clicks * (clicks > 0.0 ? clicks / affinity : 1.0);
  const double organic = setting.unpaid.organic_visits_per_day * setting.shoppers;
  rates.volumes.unpaid_visits.organic = organic;
  // Nobody is known to order: a window for each visit.
  rates.volumes.openings = {leavers.impressions * clicks / setting.flight_days,
                            leavers.impressions * organic};
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

constexpr int most_rounds = 300;

/// What an audience is made of, with the money that is played.
struct PlayedAudience {
  const BaseRateSetting& setting;
  const std::vector<SegmentShare>& segments;
  const TraitNodes& traits;
};

/// U moves by this part of what seems right: the rest of the audience answers a round later, and a
/// whole step would overshoot.
constexpr double return_step = 0.35;

/// What makes people come without ads: solved for the share of orders that ads make.
struct Inclinations {
  double loading{0};         ///< L
  double organic_factor{1};  ///< omega
};

struct IntentSolution {
  Inclinations found;
  bool reached{true};
};

/// The audience, its retargeting and U, which depend on each other: in each round all of them move
/// towards their targets given the others, until nothing moves.
class Balance {
 public:
  Balance(IntentWorld& world, const TraitNodes& traits) : world_{world}, traits_{traits} {}

  void settle_at(const Inclinations& wanted, double tolerance) {
    const bool here =
        wanted.loading == world_.loading() && wanted.organic_factor == world_.organic_factor();
    if (!placed_ || !here) world_.place_visits(wanted.loading, wanted.organic_factor);
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

/// The incremental share of channels in a settled audience, less its target.
class ShareAbove {
 public:
  ShareAbove(const IntentWorld& world, Balance& balance) : world_{world}, balance_{balance} {}

  [[nodiscard]] double at(const Inclinations& wanted) const {
    balance_.settle_at(wanted, while_searching);
    return incremental_share(world_) - world_.setting().incremental_share;
  }

 private:
  const IntentWorld& world_;
  Balance& balance_;
};

/// omega in [1, limit] at which the share is the target, where the largest loading leaves it
/// `above`: more visits that no ad made bring more orders that no ad made, some of them credited.
IntentSolution solve_organic(const ShareAbove& share, const BaseRateSetting& setting,
                             double above) {
  const double loading = setting.loading_limit;
  const double limit = portable_log(setting.organic_limit);
  const bool visited = setting.unpaid.organic_visits_per_day > 0.0;
  if (!visited || limit <= 0.0) return {{loading, 1.0}, false};
  const auto above_at = [&](double log_factor) {
    return share.at({loading, portable_exp(log_factor)});
  };
  const double least = above_at(limit);
  if (least >= 0.0) return {{loading, setting.organic_limit}, least < share_tolerance};
  const Solution crossed = cross(above_at, 0.0, {0.0, above}, {limit, least}, share_tolerance);
  return {{loading, portable_exp(crossed.value)}, crossed.reached};
}

/// L in [0, limit] at which the incremental share of channels is the target. The limit is tried
/// first: where even that leaves the share above its target, more organic visits are needed.
IntentSolution solve_intent(const IntentWorld& world, Balance& balance) {
  const BaseRateSetting& setting = world.setting();
  const double target = setting.incremental_share;
  const double limit = setting.loading_limit;
  if (!setting.has_intent || target >= 1.0) return {};
  const ShareAbove share{world, balance};
  const auto above_at = [&](double loading) { return share.at({loading, 1.0}); };
  const double least = above_at(limit);
  if (least >= 0.0) {
    if (least < share_tolerance) return {{limit, 1.0}, true};
    return solve_organic(share, setting, least);
  }
  // Without loading the share is near 1; where it is below the target, the search ends at 0.
  const Solution crossed =
      cross(above_at, 0.0, {0.0, 1.0 - target}, {limit, least}, share_tolerance);
  if (crossed.value > 1e-3 * limit) return {{crossed.value, 1.0}, crossed.reached};
  return {{0.0, 1.0}, std::abs(above_at(0.0)) < share_tolerance};
}

std::vector<ClicksByIntent> clicks_by_intent(const IntentWorld& world, std::size_t channel) {
  const ByType& clicks = world.clicks()[channel].clicks;
  const ByType& left = world.paid()[channel].clicked;
  std::vector<ClicksByIntent> intents;
  for (const double intent : world.types().intent_nodes().values) intents.push_back({intent, 0, 0});
  for (std::size_t type = 0; type < clicks.size(); ++type) {
    ClicksByIntent& some = intents[world.types().intent_number(type)];
    some.share += clicks[type];
    some.left += clicks[type] * left[type];
  }
  for (ClicksByIntent& some : intents) some.left = some.share > 0.0 ? some.left / some.share : 1.0;
  return intents;
}

Volumes volumes_of(const IntentWorld& world, const PoolSolution& pool) {
  const BaseRateSetting& setting = world.setting();
  const double per_day = setting.shoppers / setting.flight_days;
  Volumes volumes{.click_rates = {},
                  .caps = {},
                  .clicks = {},
                  .openings = {pool.openings.paid * per_day, pool.openings.unpaid * per_day},
                  .unpaid_visits = unpaid_visits(world, pool.second.return_probability)};
  for (std::size_t channel = 0; channel < setting.channels.size(); ++channel) {
    volumes.click_rates.push_back(world.click_rate_of_flight(channel));
    volumes.caps.push_back({world.clicks()[channel].served_share, world.paid_share(channel)});
    volumes.clicks.push_back(clicks_by_intent(world, channel));
  }
  return volumes;
}

bool is_reference(const CampaignSettings& settings) {
  const auto& [reference, played] = settings;
  if (played.retargeting.affordable_per_day != reference.retargeting.affordable_per_day) {
    return false;
  }
  return std::all_of(played.channels.begin(), played.channels.end(),
                     [](const ChannelSetting& channel) { return channel.clicks.volume == 1.0; });
}

/// The people of a solved world with other money: how likely they order and return stands, how
/// many of them have done so does not. Retargeting's uplift is over the clicks that are played.
Volumes replay(const PlayedAudience& other, const IntentWorld& solved, PoolSolution pool) {
  BaseRateSetting setting = other.setting;
  setting.retargeting.return_given = true;
  setting.retargeting.return_probability = pool.second.return_probability;
  IntentWorld world{setting, other.segments, other.traits};
  world.take_rates(solved);
  for (int round = 0; round < most_rounds; ++round) {
    const double change = world.replay();
    const PoolSolution next = solve_pool(world, other.traits, pool);
    const double moved = std::abs(next.retargeted_log_odds - pool.retargeted_log_odds);
    pool = next;
    world.give(pool.second);
    if (std::max(change, moved) < at_last) break;
  }
  return volumes_of(world, pool);
}

}  // namespace

BaseRates solve_base_rates(const CampaignSettings& settings,
                           const std::vector<SegmentShare>& segments, const TraitNodes& traits) {
  const auto& [setting, played] = settings;
  if (only_clicks(setting)) {
    BaseRates rates = solve_clicks_alone(setting, segments, traits);
    rates.volumes = solve_clicks_alone(played, segments, traits).volumes;
    return rates;
  }
  IntentWorld world{setting, segments, traits};
  Balance balance{world, traits};
  const IntentSolution intent = solve_intent(world, balance);
  balance.settle_at(intent.found, at_last);
  const PoolSolution& pool = balance.pool();
  BaseRates rates{.solved = {.intent_loading = intent.found.loading,
                             .organic_factor = intent.found.organic_factor,
                             .incremental_share = incremental_share(world),
                             .incremental_reached = intent.reached,
                             .rates_reached = world.rates_reached() && pool.retargeted_reached,
                             .retargeting_share = pool.incremental_share,
                             .retargeting_reached = pool.incremental_reached},
                  .clicks = world.clicks(),
                  .steps = world.steps(),
                  .source_log_odds = {},
                  .return_probability = pool.second.return_probability,
                  .retargeting_click_rate = pool.click_rate,
                  .volumes = is_reference(settings)
                                 ? volumes_of(world, pool)
                                 : replay({played, segments, traits}, world, pool)};
  for (std::size_t channel = 0; channel < setting.channels.size(); ++channel) {
    rates.source_log_odds.push_back(world.paid()[channel].log_odds);
  }
  // In the order of UnpaidSource; a visit from a message always reaches the order.
  rates.source_log_odds.insert(rates.source_log_odds.end(),
                               {pool.retargeted_log_odds, world.organic().log_odds,
                                world.returned().log_odds, referral_log_odds(world, setting), 0.0});
  return rates;
}

BaseRates solve_base_rates(const BaseRateSetting& setting,
                           const std::vector<SegmentShare>& segments, const TraitNodes& traits) {
  return solve_base_rates(CampaignSettings{setting, setting}, segments, traits);
}

}  // namespace flywheel
