#include "journey/candidates.hpp"

#include <algorithm>
#include <array>
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

/// A point of the measure that its stratum's bound did not reject.
struct Survivor {
  std::uint32_t stratum;
  PersonId person;
  Days time;
  double needed;  ///< the rate above which the point is a candidate
  std::uint64_t luck;
};

double largest(const std::vector<double>& numbers, Days begin, Days end) {
  const auto from = static_cast<std::size_t>(begin);
  const auto to = std::min(numbers.size(), static_cast<std::size_t>(std::ceil(end)));
  return from < to ? *std::max_element(numbers.begin() + static_cast<std::ptrdiff_t>(from),
                                       numbers.begin() + static_cast<std::ptrdiff_t>(to))
                   : 0.0;
}

/// What a source needs of its strata and days to look for candidates: a point is one at most where
/// its mark lies below `bound` by stratum times `level` by day.
struct Bounds {
  const StratumPicker& picker;
  const std::vector<double>& bound;
  const std::vector<double>& level;
};

double largest_mark(const SegmentPeople& people, const CandidateCell& cell, const Bounds& bounds) {
  const double peak = largest(bounds.level, cell.begin, cell.end);
  double mark = 0.0;
  for (std::uint32_t s = 0; s < people.strata.size(); ++s) {
    mark = std::max(mark, peak * bounds.bound[s] / bounds.picker.weight(s));
  }
  return mark;
}

/// Calls accept(const Survivor&, const TraitBits&) for the points that the bounds leave, with bits
/// made many at a time.
template <class Accept>
void visit_survivors(const SegmentPeople& people, const CandidateCell& cell, const Bounds& bounds,
                     const Accept& accept) {
  const double end = largest_mark(people, cell, bounds);
  if (end <= 0.0) return;
  std::array<Survivor, TraitReader::batch> survivors;
  std::array<std::uint64_t, TraitReader::batch> names;
  std::size_t count = 0;
  const auto flush = [&] {
    const auto bits = people.traits.bits({names.data(), count});
    for (std::size_t k = 0; k < count; ++k) accept(survivors[k], bits[k]);
    count = 0;
  };
  const PointCell points = cell_of(people, cell, bounds.picker.total());
  visit_points(people.key, points, end, [&](const Point& point) {
    const AliasTable::Pick pick = bounds.picker.pick(point.word);
    const Days time =
        cell.begin + (cell.end - cell.begin) * (static_cast<double>(point.short_word) * 0x1p-32);
    const double needed = point.mark * bounds.picker.weight(pick.outcome);
    if (needed >= bounds.level[static_cast<std::size_t>(time)] * bounds.bound[pick.outcome]) return;
    const Stratum& stratum = people.strata[pick.outcome];
    const auto index = static_cast<std::uint64_t>(static_cast<std::int64_t>(
        pick.rest * static_cast<double>(static_cast<std::int64_t>(stratum.count))));
    const PersonId person = PersonId::of_audience(people.segment, stratum.number(), index);
    names[count] = person.value;
    survivors[count++] = {pick.outcome, person, time, needed,
                          (points.identity + point.ordinal * 0x9E3779B97F4A7C15U) & luck_mask};
    if (count == survivors.size()) flush();
  });
  flush();
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
    const double liked = liking.of(stratum);
    const double share =
        std::min(1.0, click * liked) * days.largest_response + days.view_rate * liked;
    bound_.push_back(std::min(1.0, share) * weight.of(stratum));
  }
}

void ChannelCandidates::append(const CandidateCell& cell, CandidateParts& found) const {
  const auto accept = [&](const Survivor& point, const TraitBits& bits) {
    const ReachTraits traits = people_->traits.reach(bits, people_->strata[point.stratum]);
    const ChannelAppeal appeal = appeal_of(*channel_, traits);
    const auto day = static_cast<std::size_t>(point.time);
    const ImpressionChances chances = days_->chances(appeal.liking, day);
    // Uniform on (0, 1), given that an impression happens here.
    const double mark = point.needed / (days_->intensity[day] * appeal.weight);
    const double click_candidates = chances.click * days_->largest_response;
    if (!(mark < click_candidates + chances.view)) return;
    const bool view = mark >= click_candidates;
    found.add({.person = point.person,
               .propensity = bits.propensity,
               .intent = traits.intent,
               .time = point.time,
               .luck = point.luck,
               .mark = view ? 0.0 : mark / chances.click,
               .stratum = static_cast<std::uint16_t>(point.stratum),
               .kind = view ? EventKind::view : EventKind::impression,
               .source = number_});
  };
  visit_survivors(*people_, cell, {picker_, bound_, days_->intensity}, accept);
}

OrganicCandidates::OrganicCandidates(const SegmentPeople& people, double rate, double loading,
                                     std::uint8_t source)
    : people_{&people},
      rate_{rate * portable_exp(-0.5 * loading * loading)},
      loading_{loading},
      source_{source},
      picker_{*people.bands, people.strata, {0.0, 0.0, loading}} {
  const BandFactors upper = upper_factors(*people.bands, {0.0, 0.0, loading});
  for (const Stratum& stratum : people.strata) bound_.push_back(rate_ * upper.of(stratum));
}

void OrganicCandidates::append(const CandidateCell& cell, const std::vector<double>& demand,
                               CandidateParts& found) const {
  if (rate_ <= 0.0) return;
  const auto accept = [&](const Survivor& point, const TraitBits& bits) {
    const double intent = people_->traits.intent(bits, people_->strata[point.stratum]);
    const double rate = rate_ * demand[static_cast<std::size_t>(point.time)];
    if (!(point.needed < rate * portable_exp(loading_ * intent))) return;
    found.add({.person = point.person,
               .propensity = bits.propensity,
               .intent = intent,
               .time = point.time,
               .luck = point.luck,
               .stratum = static_cast<std::uint16_t>(point.stratum),
               .kind = EventKind::organic_visit,
               .source = source_});
  };
  visit_survivors(*people_, cell, {picker_, bound_, demand}, accept);
}

}  // namespace flywheel
