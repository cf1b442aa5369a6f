// What platforms learn: docs/model.md 8.6.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "naive/loops.hpp"
#include "random/gamma.hpp"

namespace flywheel::test {

namespace {

/// Numbers of Thompson's streams begin behind those of shoppers.
constexpr std::uint64_t first_sampler = std::uint64_t{1} << 50U;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double days_of_flight_in(const Scenario& scenario, int rotation) {
  const int begin = rotation * scenario.calendar.rotation_days;
  const int end = std::min(begin + scenario.calendar.rotation_days, scenario.calendar.flight_days);
  return std::max(0, end - begin);
}

double money_per_day(const Scenario& scenario, std::size_t channel, int rotation) {
  const double days = days_of_flight_in(scenario, rotation);
  return days == 0.0 ? 0.0 : money_in(scenario, channel, rotation) / days;
}

bool is_reset(const Scenario& scenario, std::size_t channel, int ending) {
  const double now = money_per_day(scenario, channel, ending);
  const double coming = money_per_day(scenario, channel, ending + 1);
  return now != 0.0 && coming != 0.0 &&
         std::abs(coming - now) > scenario.momentum.targeting.reset_change * now;
}

/// Orders of the channel's mean value, by arm.
std::vector<double> value_orders(const NaiveLearner& learner, const std::vector<double>& planned) {
  double orders = 0.0;
  double values = 0.0;
  for (std::size_t g = 0; g < planned.size(); ++g) {
    if (planned[g] == 0.0) continue;  // no arm
    orders += learner.orders[g];
    values += learner.values[g];
  }
  std::vector<double> counts(planned.size(), 0.0);
  for (std::size_t g = 0; g < planned.size(); ++g) {
    if (planned[g] == 0.0) continue;
    counts[g] = values == 0.0 ? learner.orders[g] : learner.values[g] * orders / values;
  }
  return counts;
}

/// What money brought of a channel's evidence in the rotation that ends.
void expose(NaiveLearner& learner, const NaiveLoops& loops, const Scenario& scenario,
            std::size_t channel) {
  const int ending = static_cast<int>(loops.rotations.size()) - 1;
  for (std::size_t g = 0; g < learner.exposures.size(); ++g) {
    learner.exposures[g] *= scenario.momentum.targeting.kept;
    for (int spent = 0; spent <= ending; ++spent) {
      learner.exposures[g] +=
          loops.rotations[static_cast<std::size_t>(spent)].aims[channel].shares[g] *
          money_in(scenario, channel, spent) * loops.due[static_cast<std::size_t>(ending - spent)];
    }
  }
}

}  // namespace

NaiveLearner start_learner(const Scenario& scenario, std::size_t channel) {
  const TargetingTraits& traits = scenario.momentum.targeting;
  const std::vector<double> none(traits.channels[channel].planned_shares.size(), 0.0);
  return {.orders = none,
          .values = none,
          .exposures = none,
          .knowledge = traits.learned_conversions,
          .is_in_phase = true};
}

double money_in(const Scenario& scenario, std::size_t channel, int rotation) {
  const std::vector<double>& budget = scenario.momentum.targeting.channels[channel].budget;
  double money = 0.0;
  for (int k = 0; k < static_cast<int>(days_of_flight_in(scenario, rotation)); ++k) {
    money += budget[static_cast<std::size_t>(rotation * scenario.calendar.rotation_days + k)];
  }
  return money;
}

void learn_channel(NaiveLoops& loops, const Scenario& scenario, const NaiveTally& tally,
                   std::size_t channel) {
  const TargetingTraits& traits = scenario.momentum.targeting;
  NaiveLearner& learner = loops.learners[channel];
  const int ending = static_cast<int>(loops.rotations.size()) - 1;
  const double begin = ending * scenario.calendar.rotation_days;
  const double end = begin + scenario.calendar.rotation_days;
  for (double& orders : learner.orders) orders *= traits.kept;
  for (double& values : learner.values) values *= traits.kept;
  double seen = 0.0;
  for (const NaiveTracked& order : tally.tracked) {
    if (order.channel != static_cast<int>(channel) || order.time < begin || order.time >= end) {
      continue;
    }
    seen += 1.0;
    learner.orders[static_cast<std::size_t>(order.segment)] += 1.0;
    learner.values[static_cast<std::size_t>(order.segment)] += order.net_value;
  }
  expose(learner, loops, scenario, channel);
  learner.knowledge = traits.kept * learner.knowledge + seen;
  if (seen >= traits.learning_conversions) learner.is_in_phase = false;
  if (is_reset(scenario, channel, ending)) {
    learner.knowledge = 0.0;
    learner.is_in_phase = true;
  }
}

std::vector<double> sample_wins(const TargetingTraits& traits, const NaiveLearner& learner,
                                const std::vector<double>& planned, Stream stream, int draws) {
  const std::vector<double> orders = value_orders(learner, planned);
  double exposure = 0.0;
  for (std::size_t g = 0; g < planned.size(); ++g) {
    if (planned[g] > 0.0) exposure += learner.exposures[g];
  }
  const double pooled_rate = sum(orders) / exposure;
  std::vector<double> wins(planned.size(), 0.0);
  for (int draw = 0; draw < draws; ++draw) {
    double best = -1.0;
    std::size_t winner = 0;
    for (std::size_t g = 0; g < planned.size(); ++g) {
      if (planned[g] == 0.0) continue;
      const double rate = draw_gamma(stream, traits.prior_conversions + orders[g]) /
                          (traits.prior_conversions / pooled_rate + learner.exposures[g]);
      if (rate > best) {
        best = rate;
        winner = g;
      }
    }
    wins[winner] += 1.0;
  }
  return wins;
}

std::vector<double> limit_shares(const TargetingTraits& traits, const std::vector<double>& planned,
                                 const std::vector<double>& wanted) {
  const auto shares_at = [&](double factor) {
    std::vector<double> shares(planned.size(), 0.0);
    for (std::size_t g = 0; g < planned.size(); ++g) {
      shares[g] = std::min(traits.most_share * planned[g],
                           std::max(traits.least_share * planned[g], factor * wanted[g]));
    }
    return shares;
  };
  double low = 0.0;
  double high = 1.0;
  while (high < 1e12 && sum(shares_at(high)) < 1.0) high *= 2.0;
  for (int halving = 0; halving < 200; ++halving) {
    const double middle = 0.5 * (low + high);
    (sum(shares_at(middle)) < 1.0 ? low : high) = middle;
  }
  return shares_at(high);
}

NaiveAim next_aim(const NaiveLoops& loops, const Scenario& scenario, std::size_t channel) {
  const TargetingTraits& traits = scenario.momentum.targeting;
  const NaiveLearner& learner = loops.learners[channel];
  const std::vector<double>& planned = traits.channels[channel].planned_shares;
  const int ending = static_cast<int>(loops.rotations.size()) - 1;
  NaiveAim aim = loops.now().aims[channel];
  if (money_in(scenario, channel, ending) > 0.0 && sum(value_orders(learner, planned)) > 0.0) {
    const int draws = scenario.calendar.rotation_days;
    const std::uint64_t sampler =
        first_sampler + static_cast<std::uint64_t>(ending) * scenario.channels.size() + channel;
    std::vector<double> wanted =
        sample_wins(traits, learner, planned, Stream{loops.key, Purpose::trait, sampler}, draws);
    for (std::size_t g = 0; g < wanted.size(); ++g)
      wanted[g] = (wanted[g] + planned[g]) / (draws + 1);
    aim.shares = limit_shares(traits, planned, wanted);
  }
  aim.sharpness = learner.is_in_phase ? 1.0
                                      : 1.0 + (traits.ceiling - 1.0) * learner.knowledge /
                                                  (learner.knowledge + traits.half_conversions);
  aim_at(aim, scenario, channel);
  return aim;
}

}  // namespace flywheel::test
