#include "momentum/targeting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/elementary.hpp"
#include "random/hash.hpp"
#include "random/law.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

double sum(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

/// Money of a rotation of the flight, and on how many days.
struct RotationMoney {
  double money{0};
  int days{0};

  [[nodiscard]] double daily() const { return days > 0 ? money / days : 0.0; }
};

RotationMoney money_of(const ChannelLearning& channel, int number, int length) {
  RotationMoney money;
  const auto flight = static_cast<int>(channel.budget.size());
  for (int day = number * length; day < std::min(flight, (number + 1) * length); ++day) {
    money.money += channel.budget[static_cast<std::size_t>(day)];
    ++money.days;
  }
  return money;
}

/// Money of all rotations so far whose orders came in the one that ends.
double due_money(const TargetingTraits& traits, const ChannelKnowledge& knowledge,
                 std::size_t arm) {
  double due = 0.0;
  const std::size_t rotations = knowledge.spent.size();
  for (std::size_t back = 0; back < std::min(rotations, traits.due.size()); ++back) {
    due += traits.due[back] * knowledge.spent[rotations - 1 - back][arm];
  }
  return due;
}

/// All tracked orders of the channel in the rotation that ends.
double newly_tracked(const ChannelKnowledge& knowledge, std::size_t channel,
                     const Observed& observed) {
  const std::size_t arms = knowledge.shares.size();
  double tracked = 0.0;
  for (std::size_t arm = 0; arm < arms; ++arm) {
    tracked += observed.tracked_orders[channel * arms + arm] - knowledge.orders_seen[arm];
  }
  return tracked;
}

/// With what was seen in the rotation added to what has faded.
ChannelKnowledge add_evidence(const TargetingTraits& traits, std::size_t channel,
                              ChannelKnowledge knowledge, const Observed& observed) {
  const std::size_t arms = knowledge.shares.size();
  for (std::size_t arm = 0; arm < arms; ++arm) {
    const std::size_t cell = channel * arms + arm;
    const double orders = observed.tracked_orders[cell] - knowledge.orders_seen[arm];
    const double values = observed.tracked_values[cell] - knowledge.values_seen[arm];
    knowledge.orders_seen[arm] = observed.tracked_orders[cell];
    knowledge.values_seen[arm] = observed.tracked_values[cell];
    knowledge.orders[arm] = traits.kept * knowledge.orders[arm] + orders;
    knowledge.values[arm] = traits.kept * knowledge.values[arm] + values;
    knowledge.exposure[arm] =
        traits.kept * knowledge.exposure[arm] + due_money(traits, knowledge, arm);
  }
  return knowledge;
}

/// Posterior of the orders, of the channel's mean value, that one unit of money brings.
struct Posterior {
  double shape{0};
  double rate{0};
};

/// What was seen of the arms together; tracked orders of segments without a share of the budget
/// (by brand ads) are none of theirs.
struct Evidence {
  double orders{0};
  double values{0};
  double exposure{0};
};

Evidence evidence_of(const ChannelLearning& channel, const ChannelKnowledge& knowledge) {
  Evidence evidence;
  for (std::size_t arm = 0; arm < knowledge.shares.size(); ++arm) {
    if (channel.planned_shares[arm] <= 0.0) continue;
    evidence.orders += knowledge.orders[arm];
    evidence.values += knowledge.values[arm];
    evidence.exposure += knowledge.exposure[arm];
  }
  return evidence;
}

std::vector<Posterior> judge_arms(const TargetingTraits& traits, const ChannelKnowledge& knowledge,
                                  const Evidence& all) {
  const double pooled = all.orders / all.exposure;
  std::vector<Posterior> arms;
  for (std::size_t arm = 0; arm < knowledge.shares.size(); ++arm) {
    const double weighed = all.values > 0.0 ? knowledge.values[arm] * (all.orders / all.values)
                                            : knowledge.orders[arm];
    arms.push_back({traits.prior_conversions + weighed,
                    traits.prior_conversions / pooled + knowledge.exposure[arm]});
  }
  return arms;
}

double draw_from(const Posterior& posterior, double uniform) {
  const Law law = gamma_law(posterior.shape, 1.0 / posterior.rate);
  const bool below = uniform < 0.5;
  const double coordinate =
      law.coordinate(below ? uniform : 1.0 - uniform, below ? Side::lower : Side::upper,
                     std::numeric_limits<double>::quiet_NaN());
  return law.jet(coordinate).value;
}

/// Thompson sampling: how often, of one draw a day, each arm is the best, with the planned shares
/// as one draw more.
std::vector<double> draw_wins(const std::vector<Posterior>& arms, const ChannelLearning& channel,
                              const EndedRotation& rotation) {
  std::vector<double> wins = channel.planned_shares;
  Stream draws{rotation.shoppers, Purpose::thompson, channel.identity,
               static_cast<std::uint64_t>(rotation.number) << 32U};
  for (int day = 0; day < rotation.days; ++day) {
    std::size_t best = 0;
    double largest = -1.0;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
      const double uniform = draws.open_uniform();
      if (channel.planned_shares[arm] <= 0.0) continue;
      const double rate = draw_from(arms[arm], uniform);
      if (rate > largest) best = arm;
      largest = std::max(largest, rate);
    }
    wins[best] += 1.0;
  }
  return wins;
}

std::vector<double> split_money(const TargetingTraits& traits, const ChannelLearning& channel,
                                const ChannelKnowledge& knowledge, const EndedRotation& rotation) {
  const Evidence all = evidence_of(channel, knowledge);
  const bool can_compare = knowledge.shares.size() > 1 && all.orders > 0.0 && all.exposure > 0.0;
  if (!can_compare) return knowledge.shares;
  return bounded_shares(draw_wins(judge_arms(traits, knowledge, all), channel, rotation),
                        channel.planned_shares, {traits.least_share, traits.most_share});
}

/// Whether the coming rotation's daily money is another plan.
bool plan_changes(const TargetingTraits& traits, const ChannelLearning& channel,
                  const EndedRotation& rotation) {
  const double now = money_of(channel, rotation.number, rotation.days).daily();
  const double next = money_of(channel, rotation.number + 1, rotation.days).daily();
  return now > 0.0 && next > 0.0 && std::abs(next - now) > traits.reset_change * now;
}

double sharpness_of(const TargetingTraits& traits, const ChannelKnowledge& knowledge) {
  if (knowledge.is_learning) return 1.0;
  return 1.0 + (traits.ceiling - 1.0) * knowledge.knowledge /
                   (knowledge.knowledge + traits.half_conversions);
}

/// E[a^power].
double mean_power(const TargetingTraits& traits, double power) {
  double mean = 0.0;
  for (const auto& [affinity, weight] : traits.affinities) {
    mean += weight * (power == 0.0 ? 1.0 : portable_pow(affinity, power));
  }
  return mean;
}

/// E[w] at this sharpness, without exposure, whose mean is 1.
double mean_weight(const TargetingTraits& traits, const ChannelLearning& channel,
                   double sharpness) {
  const double intent = sharpness * channel.intent_targeting;
  return mean_power(traits, sharpness * channel.sharpness) * portable_exp(0.5 * intent * intent);
}

/// Share of clicks by those who have not ordered, were the first day's clickers as many: the keen,
/// whom sharpness finds, are customers sooner and see no more ads.
double share_left(const ChannelLearning& channel, double sharpness) {
  double clicks = 0.0;
  double left = 0.0;
  for (const ClicksByIntent& some : channel.clicks) {
    const double tilt =
        portable_exp((sharpness - 1.0) * channel.intent_targeting * some.intent) * some.share;
    clicks += tilt;
    left += tilt * some.left;
  }
  return clicks > 0.0 ? left / clicks : 1.0;
}

/// Clicks per impression over those of somebody average, as sharpness makes them.
double click_yield(const TargetingTraits& traits, const ChannelLearning& channel,
                   double sharpness) {
  const double gamma = sharpness * channel.sharpness;
  return mean_power(traits, gamma + channel.affinity_exponent) / mean_power(traits, gamma) *
         portable_exp(sharpness * channel.intent_targeting * channel.click_intent) *
         share_left(channel, sharpness);
}

}  // namespace

ChannelKnowledge first_knowledge(const TargetingTraits& traits, std::size_t channel) {
  const std::size_t arms = traits.channels[channel].planned_shares.size();
  const std::vector<double> none(arms, 0.0);
  return {.shares = traits.channels[channel].planned_shares,
          .orders = none,
          .values = none,
          .exposure = none,
          .spent = {},
          .orders_seen = none,
          .values_seen = none,
          .knowledge = traits.learned_conversions};
}

ChannelKnowledge learn(const TargetingTraits& traits, std::size_t channel,
                       ChannelKnowledge knowledge, const Observed& observed,
                       const EndedRotation& rotation) {
  const ChannelLearning& own = traits.channels[channel];
  const double money = money_of(own, rotation.number, rotation.days).money;
  std::vector<double> spent = knowledge.shares;
  for (double& arm : spent) arm *= money;
  knowledge.spent.push_back(spent);
  const double tracked = newly_tracked(knowledge, channel, observed);
  knowledge = add_evidence(traits, channel, std::move(knowledge), observed);
  if (money > 0.0) {
    knowledge.shares = split_money(traits, own, knowledge, rotation);
  }
  knowledge.knowledge = traits.kept * knowledge.knowledge + tracked;
  if (tracked >= traits.learning_conversions) knowledge.is_learning = false;
  if (plan_changes(traits, own, rotation)) {
    knowledge.knowledge = 0.0;
    knowledge.is_learning = true;
  }
  knowledge.sharpness = sharpness_of(traits, knowledge);
  return knowledge;
}

ChannelAim aim_of(const TargetingTraits& traits, std::size_t channel,
                  const ChannelKnowledge& knowledge) {
  const ChannelLearning& own = traits.channels[channel];
  const double sharpness = knowledge.sharpness;
  ChannelAim aim{.sharpness = sharpness, .mean_weight = 1.0, .volume = {}};
  double fewer = 1.0;
  if (sharpness != 1.0) {
    aim.mean_weight = mean_weight(traits, own, sharpness) / mean_weight(traits, own, 1.0);
    if (own.pays_per_click) {
      fewer = click_yield(traits, own, 1.0) / click_yield(traits, own, sharpness);
    }
  }
  for (std::size_t arm = 0; arm < knowledge.shares.size(); ++arm) {
    const double planned = own.planned_shares[arm];
    aim.volume.push_back(planned > 0.0 ? fewer * knowledge.shares[arm] / planned : 1.0);
  }
  return aim;
}

std::vector<double> bounded_shares(const std::vector<double>& wishes,
                                   const std::vector<double>& planned, const ShareBounds& bounds) {
  const auto shares_at = [&](double lambda) {
    std::vector<double> shares;
    for (std::size_t arm = 0; arm < wishes.size(); ++arm) {
      shares.push_back(std::clamp(lambda * wishes[arm], bounds.least * planned[arm],
                                  bounds.most * planned[arm]));
    }
    return shares;
  };
  double low = 0.0;
  double high = 1.0;
  while (sum(shares_at(high)) < 1.0 && high < 0x1p60) high *= 2.0;
  for (int step = 0; step < 80; ++step) {
    const double middle = 0.5 * (low + high);
    (sum(shares_at(middle)) < 1.0 ? low : high) = middle;
  }
  return shares_at(high);
}

}  // namespace flywheel
