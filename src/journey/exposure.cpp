#include "journey/exposure.hpp"

#include <algorithm>
#include <cmath>

#include "journey/impressions.hpp"

namespace flywheel {

namespace {

/// Times of remembered impressions of a channel within [begin, end), in falling order.
std::vector<Days> remembered_within(const Crowd& crowd, const Record& record, std::uint8_t channel,
                                    Days begin, Days end) {
  std::vector<Days> times;
  for (std::uint32_t number = record.impressions; number != nobody;) {
    const RememberedImpression& impression = crowd.impression(number);
    if (impression.served && impression.channel == channel && impression.time >= begin &&
        impression.time < end) {
      times.push_back(impression.time);
    }
    number = impression.earlier;
  }
  return times;
}

std::vector<Days> served_in_rotation(const World& world, const Crowd& crowd, const Record& record,
                                     std::uint8_t channel, Days begin) {
  const Days end = std::min(begin + world.rotation_days, world.flight);
  const ExposureTraits& traits = (*world.channels)[channel];
  const UnclickedImpressions unclicked{world.channel_days[channel], traits, world.key};
  const ChannelAppeal appeal = appeal_of(traits, world.traits.reach(record.id));
  std::vector<Days> times = unclicked.times(record.id, appeal, begin, end);
  const std::vector<Days> candidates = remembered_within(crowd, record, channel, begin, end);
  times.insert(times.end(), candidates.begin(), candidates.end());
  std::sort(times.begin(), times.end());
  const auto cap = static_cast<std::size_t>(traits.frequency_cap);
  if (cap > 0 && times.size() > cap) times.resize(cap);
  return times;
}

Days rotation_start(const World& world, Days time) {
  return std::floor(time / world.rotation_days) * world.rotation_days;
}

}  // namespace

std::vector<Days> seen_impressions(const World& world, const Crowd& crowd, const Record& record,
                                   std::uint8_t channel, Days from, Days to) {
  std::vector<Days> seen;
  if (!record.id.in_strata()) return seen;  // friends and customers of day zero are not in reach
  const Days last = std::min(to, world.flight);
  for (Days begin = rotation_start(world, std::max(from, 0.0)); begin < last;
       begin += world.rotation_days) {
    for (const Days time : served_in_rotation(world, crowd, record, channel, begin)) {
      if (time >= from && time < last) seen.push_back(time);
    }
  }
  return seen;
}

std::uint64_t remembered_impressions(const World& world, const Crowd& crowd, const Record& record,
                                     std::uint8_t channel, Days time) {
  const ExposureTraits& traits = (*world.channels)[channel];
  if (traits.wear_out == 0.0 && traits.wear_in == 0.0) return 0;
  const Days from = std::max(time - traits.memory_days, creative_start(traits, time));
  return seen_impressions(world, crowd, record, channel, from, time).size();
}

bool is_served(const World& world, const Crowd& crowd, const Record& record, std::uint8_t channel,
               Days time) {
  const auto cap = static_cast<std::size_t>((*world.channels)[channel].frequency_cap);
  if (cap == 0) return true;
  const Days begin = rotation_start(world, time);
  return seen_impressions(world, crowd, record, channel, begin, time).size() < cap;
}

}  // namespace flywheel
