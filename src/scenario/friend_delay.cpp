#include "scenario/friend_delay.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr std::size_t steps = 512;
constexpr std::size_t most_returns = 40;
constexpr int delivery_stages = 4;  ///< a gamma of shape 4 is a sum of as many exponentials

/// Distribution function of a delay on a grid from 0 in steps of `length` days.
struct Waiting {
  std::vector<double> chances;
  double length;

  [[nodiscard]] double in_time() const { return chances.back(); }
};

/// The same with an exponential delay of this mean added.
Waiting after_delay(Waiting waiting, double mean) {
  if (mean <= 0.0) return waiting;
  const double stays = portable_exp(-waiting.length / mean);
  const double ramp = 1.0 - mean / waiting.length * (1.0 - stays);
  double before = std::exchange(waiting.chances.front(), 0.0);
  double chance = 0.0;
  for (std::size_t at = 1; at < waiting.chances.size(); ++at) {
    const double now = waiting.chances[at];
    chance = stays * chance + (1.0 - stays) * before + ramp * (now - before);
    before = now;
    waiting.chances[at] = chance;
  }
  return waiting;
}

/// Mean delays until the friend's first visit.
std::vector<double> delays_before_visit(const Scenario& scenario) {
  const ReferralTraits& referral = scenario.referral;
  if (!referral.promoters_only && referral.delay_days == 0.0) return {};
  std::vector<double> means(delivery_stages, scenario.order.delivery_days / delivery_stages);
  means.push_back(referral.delay_days);
  std::sort(means.begin(), means.end(), std::greater<>{});
  return means;
}

/// The chance that the order of a visit is placed in time.
double placed_in_time(const FunnelTraits& funnel, const Waiting& visit) {
  const double soon = after_delay(visit, funnel.immediate_delay_days).in_time();
  if (funnel.immediate_share >= 1.0) return soon;
  const double later = after_delay(visit, funnel.later_delay_days).in_time();
  return funnel.immediate_share * soon + (1.0 - funnel.immediate_share) * later;
}

}  // namespace

std::vector<double> friend_order_chances(const Scenario& scenario, double days) {
  if (days <= 0.0) return {0.0};
  Waiting visit{std::vector<double>(steps + 1, 1.0), days / static_cast<double>(steps)};
  for (const double mean : delays_before_visit(scenario)) {
    visit = after_delay(std::move(visit), mean);
  }
  std::vector<double> chances{placed_in_time(scenario.funnel, visit)};
  const RetargetingTraits& traits = scenario.retargeting;
  double so_many = traits.return_probability;
  while (so_many > 1e-9 && chances.size() <= most_returns) {
    visit = after_delay(std::move(visit), traits.return_delay_days);
    chances.push_back(placed_in_time(scenario.funnel, visit));
    so_many *= traits.return_probability;
  }
  return chances;
}

}  // namespace flywheel
