#include "journey/candidates.hpp"

#include <algorithm>
#include <cmath>

#include "core/elementary.hpp"
#include "random/blocks.hpp"
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

/// Points whose mark lies below the rate that their stratum can reach on their day: `bound` by
/// stratum times `level` by day.
std::vector<Survivor> surviving_points(const SegmentPeople& people, const StratumPicker& picker,
                                       const CandidateCell& cell, const std::vector<double>& bound,
                                       const std::vector<double>& level) {
  std::vector<Survivor> survivors;
  const double peak = largest(level, cell.begin, cell.end);
  double largest_mark = 0.0;
  for (std::uint32_t s = 0; s < people.strata.size(); ++s) {
    largest_mark = std::max(largest_mark, peak * bound[s] / picker.weight(s));
  }
  if (largest_mark <= 0.0) return survivors;
  const PointCell points = cell_of(people, cell, picker.total());
  visit_points(people.key, points, largest_mark, [&](const Point& point) {
    const AliasTable::Pick pick = picker.pick(point.word);
    const Days time =
        cell.begin + (cell.end - cell.begin) * (static_cast<double>(point.short_word) * 0x1p-32);
    const double needed = point.mark * picker.weight(pick.outcome);
    if (needed >= level[static_cast<std::size_t>(time)] * bound[pick.outcome]) return;
    const Stratum& stratum = people.strata[pick.outcome];
    const auto index = static_cast<std::uint64_t>(pick.rest * static_cast<double>(stratum.count));
    survivors.push_back(
        {pick.outcome, PersonId::of_audience(people.segment, stratum.number(), index), time, needed,
         (points.identity + point.ordinal * 0x9E3779B97F4A7C15U) & luck_mask});
  });
  return survivors;
}

/// Random bits of the survivors' traits, many at a time.
std::vector<TraitBits> trait_bits(const SegmentPeople& people,
                                  const std::vector<Survivor>& survivors) {
  std::vector<std::uint64_t> names;
  names.reserve(survivors.size());
  for (const Survivor& survivor : survivors) names.push_back(survivor.person.value);
  return people.traits.bits(names);
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

void ChannelCandidates::append(const CandidateCell& cell, std::vector<Candidate>& found) const {
  const std::vector<Survivor> survivors =
      surviving_points(*people_, picker_, cell, bound_, days_->intensity);
  const std::vector<TraitBits> bits = trait_bits(*people_, survivors);
  for (std::size_t k = 0; k < survivors.size(); ++k) {
    const Survivor& point = survivors[k];
    const ReachTraits traits = people_->traits.reach(bits[k], people_->strata[point.stratum]);
    const ChannelAppeal appeal = appeal_of(*channel_, traits);
    const auto day = static_cast<std::size_t>(point.time);
    const ImpressionChances chances = days_->chances(appeal.liking, day);
    // Uniform on (0, 1), given that an impression happens here.
    const double mark = point.needed / (days_->intensity[day] * appeal.weight);
    const double click_candidates = chances.click * days_->largest_response;
    if (!(mark < click_candidates + chances.view)) continue;
    const bool view = mark >= click_candidates;
    found.push_back({point.person,
                     bits[k],
                     traits.intent,
                     {.time = point.time,
                      .luck = point.luck,
                      .mark = view ? 0.0 : mark / chances.click,
                      .kind = view ? EventKind::view : EventKind::impression,
                      .source = number_}});
  }
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
                               std::vector<Candidate>& found) const {
  if (rate_ <= 0.0) return;
  const std::vector<Survivor> survivors = surviving_points(*people_, picker_, cell, bound_, demand);
  const std::vector<TraitBits> bits = trait_bits(*people_, survivors);
  for (std::size_t k = 0; k < survivors.size(); ++k) {
    const Survivor& point = survivors[k];
    const double intent = people_->traits.intent(bits[k], people_->strata[point.stratum]);
    const double rate = rate_ * demand[static_cast<std::size_t>(point.time)];
    if (!(point.needed < rate * portable_exp(loading_ * intent))) continue;
    found.push_back({point.person,
                     bits[k],
                     intent,
                     {.time = point.time,
                      .luck = point.luck,
                      .kind = EventKind::organic_visit,
                      .source = source_}});
  }
}

}  // namespace flywheel
