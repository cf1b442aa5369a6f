#include "journey/exposure.hpp"

#include <algorithm>
#include <cmath>

#include "journey/impressions.hpp"

namespace flywheel {

namespace {

/// One channel as one shopper meets it.
struct Meeting {
  const World* world;
  const Crowd* crowd;
  const Record* record;
  std::uint8_t channel;
  ReachTraits person;
  double liking;

  [[nodiscard]] const ExposureTraits& traits() const { return (*world->channels)[channel]; }
  /// In the rotation that begins then.
  [[nodiscard]] ChannelAppeal appeal(Days begin) const {
    const double sharpness = world->channel_days[channel].sharpness_on(day_index(begin));
    return {weight_of(traits(), person, sharpness), liking};
  }
  [[nodiscard]] UnclickedImpressions unclicked() const {
    return {world->channel_days[channel], traits(), world->key};
  }
};

Meeting meet(const World& world, const Crowd& crowd, const Record& record, std::uint8_t channel) {
  const ReachTraits person = world.traits.reach(record.id);
  return {&world, &crowd, &record, channel, person, liking_of((*world.channels)[channel], person)};
}

/// Calls visit(time) for the remembered impressions within [begin, end), in falling order.
template <class Visit>
void visit_remembered(const Meeting& meeting, Days begin, Days end, const Visit& visit) {
  for (std::uint32_t number = meeting.record->impressions; number != nobody;) {
    const RememberedImpression& impression = meeting.crowd->impression(number);
    if (impression.served && impression.channel == meeting.channel && impression.time >= begin &&
        impression.time < end) {
      visit(impression.time);
    }
    number = impression.earlier;
  }
}

/// Times of the impressions served in the rotation that begins at `begin`, rising.
std::vector<Days> served_in_rotation(const Meeting& meeting, Days begin) {
  const World& world = *meeting.world;
  const Days end = std::min(begin + world.rotation_days, world.flight);
  std::vector<Days> times =
      meeting.unclicked().times(meeting.record->id, meeting.appeal(begin), begin, end);
  visit_remembered(meeting, begin, end, [&](Days time) { times.push_back(time); });
  std::sort(times.begin(), times.end());
  const auto cap = static_cast<std::size_t>(meeting.traits().frequency_cap);
  if (cap > 0 && times.size() > cap) times.resize(cap);
  return times;
}

Days rotation_start(const World& world, Days time) {
  return std::floor(time / world.rotation_days) * world.rotation_days;
}

/// How many impressions of a capped channel were served within [from, to), which may be part of the
/// rotation that begins at `begin`.
std::uint64_t count_capped(const Meeting& meeting, Days begin, Days from, Days to) {
  const std::vector<Days> times = served_in_rotation(meeting, begin);
  return static_cast<std::uint64_t>(std::count_if(
      times.begin(), times.end(), [=](Days time) { return time >= from && time < to; }));
}

/// The same of those that are no candidates and under no cap. Times are needed only where a border
/// cuts through the rotation.
std::uint64_t count_unclicked(const Meeting& meeting, Days begin, Days from, Days to) {
  const World& world = *meeting.world;
  const Days end = std::min(begin + world.rotation_days, world.flight);
  const UnclickedImpressions unclicked = meeting.unclicked();
  const PersonId person = meeting.record->id;
  if (from <= begin && to >= end) return unclicked.count(person, meeting.appeal(begin), begin, end);
  std::uint64_t count = 0;
  for (const Days time : unclicked.times(person, meeting.appeal(begin), begin, end)) {
    count += time >= from && time < to ? 1 : 0;
  }
  return count;
}

/// Remembered impressions need no order and no rotations where nothing caps them.
std::uint64_t count_seen(const Meeting& meeting, Days from, Days to) {
  const World& world = *meeting.world;
  const Days last = std::min(to, world.flight);
  const bool capped = meeting.traits().frequency_cap > 0;
  std::uint64_t count = 0;
  if (!capped) {
    visit_remembered(meeting, from, last, [&](Days) { ++count; });
  }
  for (Days begin = rotation_start(world, std::max(from, 0.0)); begin < last;
       begin += world.rotation_days) {
    count += capped ? count_capped(meeting, begin, from, last)
                    : count_unclicked(meeting, begin, from, last);
  }
  return count;
}

/// Whether the cap kept back a candidate since `begin`: all that follow in the rotation are, too,
/// and need not be told by times of which a keen shopper has thousands.
bool was_held_back(const Crowd& crowd, const Record& record, std::uint8_t channel, Days begin) {
  for (std::uint32_t number = record.impressions; number != nobody;) {
    const RememberedImpression& impression = crowd.impression(number);
    if (impression.time < begin) return false;
    if (impression.channel == channel && impression.candidate && !impression.served) return true;
    number = impression.earlier;
  }
  return false;
}

}  // namespace

std::vector<Days> seen_impressions(const World& world, const Crowd& crowd, const Record& record,
                                   std::uint8_t channel, const Period& period) {
  const auto [from, to] = period;
  std::vector<Days> seen;
  if (!record.id.in_strata()) return seen;  // friends and customers of day zero are not in reach
  const Meeting meeting = meet(world, crowd, record, channel);
  const Days last = std::min(to, world.flight);
  for (Days begin = rotation_start(world, std::max(from, 0.0)); begin < last;
       begin += world.rotation_days) {
    for (const Days time : served_in_rotation(meeting, begin)) {
      if (time >= from && time < last) seen.push_back(time);
    }
  }
  return seen;
}

std::uint64_t remembered_impressions(const World& world, const Crowd& crowd, const Record& record,
                                     std::uint8_t channel, Days time) {
  const ExposureTraits& traits = (*world.channels)[channel];
  if (!traits.wears()) return 0;
  const Days from = std::max(time - traits.memory_days, creative_start(traits, time));
  return count_seen(meet(world, crowd, record, channel), from, time);
}

bool is_served(const World& world, const Crowd& crowd, const Record& record, std::uint8_t channel,
               Days time) {
  const auto cap = static_cast<std::uint64_t>((*world.channels)[channel].frequency_cap);
  if (cap == 0) return true;
  const Days begin = rotation_start(world, time);
  if (was_held_back(crowd, record, channel, begin)) return false;
  return count_seen(meet(world, crowd, record, channel), begin, time) < cap;
}

}  // namespace flywheel
