#include "scenario/expected_clicks.hpp"

#include <cstddef>

#include "scenario/draw_media.hpp"
#include "scenario/draw_scenario.hpp"

namespace flywheel {

std::vector<MediaVolume> expect_media(const Plan& plan) {
  const Frozen all{.parameters = true, .market = true, .shoppers = true};
  const Scenario scenario = ScenarioSource{plan}.draw(future_of(0, 0, all));
  std::vector<MediaVolume> volumes(scenario.deliveries.size());
  for (std::size_t channel = 0; channel < volumes.size(); ++channel) {
    const Delivery& delivery = scenario.deliveries[channel];
    const CapEffect& cap = scenario.caps[channel];
    volumes[channel].paid_share = cap.paid_share;
    const std::vector<double> factors =
        click_factors(scenario.market.channels[channel], scenario.channels[channel].refresh_days);
    for (std::size_t at = 0; at < delivery.impressions_per_day.size(); ++at) {
      const double impressions = delivery.impressions_per_day[at];
      volumes[channel].impressions += impressions * cap.served_share;
      volumes[channel].clicks +=
          impressions * scenario.click_rates[channel] * factors[at % delivery.flight_days];
    }
  }
  return volumes;
}

}  // namespace flywheel
