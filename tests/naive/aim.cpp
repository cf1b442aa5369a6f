// How targeting is played: docs/model.md 8.6, delivery and the delays of credit.
#include <algorithm>
#include <cmath>
#include <functional>

#include "naive/loops.hpp"

namespace flywheel::test {

namespace {

/// Integral by the midpoint rule.
double integrate(const std::function<double(double)>& height, double begin, double end, int parts) {
  const double width = (end - begin) / parts;
  double area = 0.0;
  for (int part = 0; part < parts; ++part) area += height(begin + (part + 0.5) * width) * width;
  return area;
}

double passed(double time, double mean_delay) {
  return mean_delay == 0.0 ? 1.0 : 1.0 - std::exp(-time / mean_delay);
}

/// Share of decided orders that are placed after so long: H.
double placed_after(const FunnelTraits& funnel, double time) {
  return funnel.immediate_share * passed(time, funnel.immediate_delay_days) +
         (1.0 - funnel.immediate_share) * passed(time, funnel.later_delay_days);
}

/// E[a^power], by the logit of a's probability.
double mean_affinity(const AudienceTraits& audience, double power) {
  return integrate(
      [&](double logit) {
        const double below = 1.0 / (1.0 + std::exp(-logit));
        const double above = 1.0 / (1.0 + std::exp(logit));
        return std::pow(audience.affinity(below), power) * below * above;
      },
      -34.0, 34.0, 1360);
}

/// E[exp(loading z)]
double mean_tilt(const AudienceTraits& audience, double loading) {
  return audience.has_intent ? std::exp(0.5 * loading * loading) : 1.0;
}

/// y(m): clicks of an impression, but for a factor, if targeting is this sharp.
double keenness(const Scenario& scenario, std::size_t channel, double sharpness) {
  const ExposureTraits& traits = scenario.channels[channel];
  const double gamma = sharpness * traits.sharpness;
  const double tilt = sharpness * traits.intent_targeting * traits.click_intent;
  double clicks = 0.0;
  double before_order = 0.0;
  for (const auto& [intent, share, left] : scenario.momentum.targeting.channels[channel].clicks) {
    const double found = share * std::exp((sharpness - 1.0) * traits.intent_targeting * intent);
    clicks += found;
    before_order += found * left;
  }
  return mean_affinity(scenario.audience, gamma + traits.affinity_exponent) /
         mean_affinity(scenario.audience, gamma) *
         (scenario.audience.has_intent ? std::exp(tilt) : 1.0) *
         (clicks > 0.0 ? before_order / clicks : 1.0);
}

}  // namespace

std::vector<double> shares_due(const Scenario& scenario) {
  const double window =
      std::min<double>(scenario.attribution.click_days, scenario.calendar.conversion_days);
  const double length = scenario.calendar.rotation_days;
  const auto credited = [&](double time) {  // G
    return time >= window
               ? 1.0
               : placed_after(scenario.funnel, time) / placed_after(scenario.funnel, window);
  };
  std::vector<double> due;
  double before = 0.0;
  for (double begin = 0.0; begin < scenario.calendar.horizon(); begin += length) {
    // In two parts, as the window's end may be a corner.
    const double corner = std::clamp(window, begin, begin + length);
    const double mean = (integrate(credited, begin, corner, 20'000) +
                         integrate(credited, corner, begin + length, 100)) /
                        length;
    due.push_back(mean - before);
    before = mean;
  }
  return due;
}

NaiveAim start_aim(const Scenario& scenario, std::size_t channel) {
  const auto& learning = scenario.momentum.targeting.channels;
  return {.sharpness = 1.0,
          .mean_weight = scenario.channels[channel].mean_weight,
          .shares =
              channel < learning.size() ? learning[channel].planned_shares : std::vector<double>{},
          .deliveries = std::vector<double>(scenario.segments.size(), 1.0)};
}

void aim_at(NaiveAim& aim, const Scenario& scenario, std::size_t channel) {
  const ExposureTraits& traits = scenario.channels[channel];
  const std::vector<double>& planned = scenario.momentum.targeting.channels[channel].planned_shares;
  aim.mean_weight = traits.mean_weight;
  double fewer = 1.0;
  if (aim.sharpness != 1.0) {
    aim.mean_weight = mean_affinity(scenario.audience, aim.sharpness * traits.sharpness) *
                      mean_tilt(scenario.audience, aim.sharpness * traits.intent_targeting);
    if (traits.pays_per_click) {
      fewer = keenness(scenario, channel, 1.0) / keenness(scenario, channel, aim.sharpness);
    }
  }
  for (std::size_t g = 0; g < planned.size(); ++g) {
    aim.deliveries[g] = planned[g] == 0.0 ? 1.0 : aim.shares[g] / planned[g] * fewer;
  }
}

}  // namespace flywheel::test
