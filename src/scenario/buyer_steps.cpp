#include "scenario/buyer_steps.hpp"

#include <cstddef>

#include "core/elementary.hpp"
#include "scenario/quadrature.hpp"

namespace flywheel {

namespace {

using Steps = std::array<double, step_count>;

/// Chances of a visitor with these log-odds beyond the device's, at each step.
Steps chances_of(const Steps& log_odds, double beyond) {
  Steps chances{};
  for (std::size_t step = 0; step < chances.size(); ++step) {
    chances[step] = 1.0 / (1.0 + portable_exp(-(log_odds[step] + beyond)));
  }
  return chances;
}

double product(const Steps& chances) {
  double all = 1.0;
  for (const double chance : chances) all *= chance;
  return all;
}

}  // namespace

Steps buyer_steps(const Scenario& scenario) {
  const FunnelTraits& funnel = scenario.funnel;
  const Nodes intent = scenario.audience.has_intent ? intent_nodes() : no_intent_node();
  const std::array<double, 2> devices{1.0 - funnel.unpaid_mobile_share, funnel.unpaid_mobile_share};
  Steps sums{};
  double orders = 0.0;
  for (std::size_t node = 0; node < intent.size(); ++node) {
    const double z = intent.values[node];
    const double visits = intent.weights[node] * portable_exp(scenario.organic.intent_loading * z);
    for (std::size_t device = 0; device < devices.size(); ++device) {
      const Steps chances = chances_of(funnel.step_log_odds[device], funnel.intent_loading * z);
      const double weight = visits * devices[device] * product(chances);
      orders += weight;
      for (std::size_t step = 0; step < sums.size(); ++step) sums[step] += weight * chances[step];
    }
  }
  for (double& sum : sums) sum /= orders;
  return sums;
}

}  // namespace flywheel
