#include "journey/candidates.hpp"

#include <algorithm>
#include <cmath>

#include "core/elementary.hpp"
#include "random/hash.hpp"
#include "random/point_measure.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t luck_mask = (std::uint64_t{1} << 48U) - 1;

PointCell cell_of(const SegmentPeople& people, const CandidateCell& cell, double total) {
  const auto begin = static_cast<std::uint64_t>(cell.begin);
  return {mix(mix(cell.source_identity, people.identity), begin), total * (cell.end - cell.begin)};
}

/// The shopper and the time at which a point of the measure lies.
struct Place {
  std::uint32_t stratum;
  PersonId person;
  Days time;
};

Place place_of(const SegmentPeople& people, const StratumPicker& picker, const CandidateCell& cell,
               const Point& point) {
  __extension__ using Wide = unsigned __int128;
  const std::uint32_t stratum = picker.pick(point.words[0]);
  const Stratum& chosen = people.strata[stratum];
  const auto index =
      static_cast<std::uint64_t>((static_cast<Wide>(point.words[1]) * chosen.count) >> 64U);
  return {stratum, PersonId::of_audience(people.segment, chosen.number(), index),
          cell.begin + (cell.end - cell.begin) * to_uniform(point.words[2])};
}

double largest(const std::vector<double>& numbers, Days begin, Days end) {
  const auto from = static_cast<std::size_t>(begin);
  const auto to = std::min(numbers.size(), static_cast<std::size_t>(std::ceil(end)));
  return from < to ? *std::max_element(numbers.begin() + static_cast<std::ptrdiff_t>(from),
                                       numbers.begin() + static_cast<std::ptrdiff_t>(to))
                   : 0.0;
}

std::uint64_t luck_of(const PointCell& cell, const Point& point) {
  return mix(cell.identity, point.ordinal) & luck_mask;
}

}  // namespace

ChannelCandidates::ChannelCandidates(const SegmentPeople& people, const ExposureTraits& channel,
                                     const ChannelDays& days, std::uint8_t number)
    : people_{&people},
      channel_{&channel},
      days_{&days},
      number_{number},
      picker_{*people.bands,
              people.strata,
              {1.0, channel.sharpness + channel.affinity_exponent,
               channel.intent_targeting + channel.click_intent}} {
  const BandFactors weight =
      upper_factors(*people.bands, {1.0, channel.sharpness, channel.intent_targeting});
  const BandFactors liking =
      upper_factors(*people.bands, {0.0, channel.affinity_exponent, channel.click_intent});
  const double click = largest(days.click, 0.0, static_cast<double>(days.click.size()));
  for (const Stratum& stratum : people.strata) {
    const double share = (std::min(1.0, click * liking.of(stratum)) * days.largest_response +
                          days.view_rate * liking.of(stratum));
    bound_.push_back(std::min(1.0, share) * weight.of(stratum));
  }
}

void ChannelCandidates::append(const CandidateCell& cell, std::vector<Candidate>& found) const {
  const double intensity = largest(days_->intensity, cell.begin, cell.end);
  if (intensity <= 0.0 || people_->strata.empty()) return;
  double largest_mark = 0.0;
  for (std::uint32_t s = 0; s < people_->strata.size(); ++s) {
    largest_mark = std::max(largest_mark, intensity * bound_[s] / picker_.weight(s));
  }
  const PointCell points = cell_of(*people_, cell, picker_.total());
  visit_points(people_->key, points, largest_mark, [&](const Point& point) {
    const Place place = place_of(*people_, picker_, cell, point);
    const double needed = point.mark * picker_.weight(place.stratum);
    const auto day = static_cast<std::size_t>(place.time);
    if (needed >= days_->intensity[day] * bound_[place.stratum]) return;
    const ReachTraits traits = people_->traits.reach(place.person, people_->strata[place.stratum]);
    const ChannelAppeal appeal = appeal_of(*channel_, traits);
    const double rate = days_->intensity[day] * appeal.weight;
    const ImpressionChances chances = days_->chances(appeal.liking, day);
    const double mark = needed / rate;  // uniform on (0, 1) given that an impression happens here
    const double click_candidates = chances.click * days_->largest_response;
    if (!(mark < click_candidates + chances.view)) return;
    const bool view = mark >= click_candidates;
    found.push_back({place.person,
                     traits.intent,
                     {.time = place.time,
                      .luck = luck_of(points, point),
                      .mark = view ? 0.0 : mark / chances.click,
                      .kind = view ? EventKind::view : EventKind::impression,
                      .source = number_}});
  });
}

OrganicCandidates::OrganicCandidates(const SegmentPeople& people, double rate, double loading,
                                     std::uint8_t source)
    : people_{&people},
      rate_{rate},
      loading_{loading},
      normalization_{portable_exp(-0.5 * loading * loading)},
      source_{source},
      picker_{*people.bands, people.strata, {0.0, 0.0, loading}} {}

void OrganicCandidates::append(const CandidateCell& cell, const std::vector<double>& demand,
                               std::vector<Candidate>& found) const {
  const double peak = rate_ * normalization_ * largest(demand, cell.begin, cell.end);
  if (peak <= 0.0 || people_->strata.empty()) return;
  const BandFactors upper = upper_factors(*people_->bands, {0.0, 0.0, loading_});
  double largest_mark = 0.0;
  for (std::uint32_t s = 0; s < people_->strata.size(); ++s) {
    largest_mark = std::max(largest_mark, peak * upper.of(people_->strata[s]) / picker_.weight(s));
  }
  const PointCell points = cell_of(*people_, cell, picker_.total());
  visit_points(people_->key, points, largest_mark, [&](const Point& point) {
    const Place place = place_of(*people_, picker_, cell, point);
    const Stratum& stratum = people_->strata[place.stratum];
    const double needed = point.mark * picker_.weight(place.stratum);
    const double base = rate_ * normalization_ * demand[static_cast<std::size_t>(place.time)];
    if (needed >= base * upper.of(stratum)) return;
    const double intent = people_->traits.intent(place.person, stratum);
    if (!(needed < base * portable_exp(loading_ * intent))) return;
    found.push_back({place.person,
                     intent,
                     {.time = place.time,
                      .luck = luck_of(points, point),
                      .kind = EventKind::organic_visit,
                      .source = source_}});
  });
}

}  // namespace flywheel
