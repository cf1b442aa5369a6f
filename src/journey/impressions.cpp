#include "journey/impressions.hpp"

#include <algorithm>

#include "random/poisson.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Expected impressions that are no candidates, on the part of a day that lies before `end`.
double mean_on_day(const ChannelDays& days, const ChannelAppeal& appeal, std::size_t day,
                   double part) {
  return part * days.intensity[day] * appeal.weight *
         (1.0 - days.candidate_share(appeal.liking, day));
}

double part_of_day(std::size_t day, Days end) {
  const double left = end - static_cast<double>(day);
  return left < 1.0 ? left : 1.0;
}

/// The time at which the mean since `begin` has grown to `target`.
Days time_at(const ChannelDays& days, const ChannelAppeal& appeal, Days begin, double target) {
  auto day = static_cast<std::size_t>(begin);
  double mean = mean_on_day(days, appeal, day, 1.0);
  while (target >= mean && day + 1 < days.intensity.size()) {
    target -= mean;
    mean = mean_on_day(days, appeal, ++day, 1.0);
  }
  return static_cast<double>(day) + (mean > 0.0 ? std::min(target / mean, 1.0 - 0x1p-40) : 0.0);
}

/// Expected number from the start of a day on.
double mean_from(const ChannelDays& days, const ChannelAppeal& appeal, Days begin, Days end) {
  double mean = 0.0;
  for (auto day = static_cast<std::size_t>(begin); static_cast<double>(day) < end; ++day) {
    mean += mean_on_day(days, appeal, day, part_of_day(day, end));
  }
  return mean;
}

}  // namespace

/// Channel (16 bits of its name's hash), rotation's first day (16), draws (16).
Stream UnclickedImpressions::cell(PersonId person, Days begin) const {
  return {key_, Purpose::impression, person.value,
          ((channel_->identity >> 48U) << 32U) | (static_cast<std::uint64_t>(begin) << 16U)};
}

std::uint64_t UnclickedImpressions::count(PersonId person, const ChannelAppeal& appeal, Days begin,
                                          Days end) const {
  const double mean = mean_from(*days_, appeal, begin, end);
  if (mean <= 0.0) return 0;
  Stream draws = cell(person, begin);
  return draw_poisson(draws, mean);
}

std::vector<Days> UnclickedImpressions::times(PersonId person, const ChannelAppeal& appeal,
                                              Days begin, Days end) const {
  const double mean = mean_from(*days_, appeal, begin, end);
  if (mean <= 0.0) return {};
  Stream draws = cell(person, begin);
  std::vector<Days> times(draw_poisson(draws, mean));
  for (Days& time : times) time = time_at(*days_, appeal, begin, mean * draws.uniform());
  std::sort(times.begin(), times.end());
  return times;
}

}  // namespace flywheel
