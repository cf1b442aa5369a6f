#include "journey/channel_days.hpp"

#include <cmath>

#include "core/elementary.hpp"

namespace flywheel {

ChannelDays make_channel_days(const ExposureTraits& channel, const Delivery& delivery,
                              const ChannelMarket& market, std::size_t segment,
                              const SegmentTraits& traits) {
  const std::size_t flight_days = delivery.flight_days;
  const double shoppers = static_cast<double>(traits.size) * channel.mean_weight;
  ChannelDays days;
  days.view_rate = channel.view_rate;
  days.largest_response = channel.largest_response;
  for (std::size_t day = 0; day < flight_days; ++day) {
    const double delivered = delivery.impressions_per_day[segment * flight_days + day];
    const auto creative = channel.refresh_days == 0
                              ? std::size_t{0}
                              : day / static_cast<std::size_t>(channel.refresh_days);
    days.intensity.push_back(delivered / shoppers);
    days.click.push_back(channel.click_rate * traits.click_factor * market.strength[creative] *
                         market.click[day]);
  }
  return days;
}

Days creative_start(const ExposureTraits& channel, Days time) {
  if (channel.refresh_days == 0) return 0.0;
  const auto life = static_cast<double>(channel.refresh_days);
  return std::floor(time / life) * life;
}

double response(const ExposureTraits& channel, std::uint64_t seen) {
  const auto count = static_cast<double>(seen);
  const double worn = channel.wear_out == 0.0 ? 1.0 : portable_pow(1.0 + count, -channel.wear_out);
  const double worn_in =
      channel.wear_in == 0.0
          ? 1.0
          : 1.0 - channel.wear_in * (seen < 60 ? std::ldexp(1.0, -static_cast<int>(seen)) : 0.0);
  return worn * worn_in;
}

}  // namespace flywheel
