#include "journey/candidates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/elementary.hpp"
#include "random/hash.hpp"
#include "random/point_measure.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t luck_mask = (std::uint64_t{1} << 48U) - 1;

constexpr double view_mark = -1.0;  ///< below every mark of a click
constexpr double no_candidate = std::numeric_limits<double>::max();  ///< above every other

PointCell cell_of(const SegmentPeople& people, const CandidateCell& cell, double total) {
  const auto begin = static_cast<std::uint64_t>(cell.begin);
  return {mix(mix(cell.source_identity, people.identity), begin), total * (cell.end - cell.begin)};
}

/// Points of the measure that their strata's bounds did not reject.
struct Survivors {
  Batch<std::uint32_t> stratum;
  Batch<std::uint64_t> person;
  Batch<Days> time;
  Batch<double> needed;  ///< the rate above which the point is a candidate
  Batch<std::uint64_t> luck;
  std::size_t count{0};

  /// Adds the point at this place to the candidates; what it becomes is still to be said.
  Candidate& move_to(CandidateParts& found, std::size_t place) const {
    Candidate& candidate = found.add({person[place]});
    candidate.time = time[place];
    candidate.luck = luck[place];
    candidate.stratum = static_cast<std::uint16_t>(stratum[place]);
    return candidate;
  }
  [[nodiscard]] AudienceBatch people(std::span<const Stratum> strata) const {
    return {{person.data(), count}, {stratum.data(), count}, strata};
  }
};

double largest(const std::vector<double>& numbers, Days begin, Days end) {
  const auto from = static_cast<std::size_t>(begin);
  const auto to = std::min(numbers.size(), static_cast<std::size_t>(std::ceil(end)));
  return from < to ? *std::max_element(numbers.begin() + static_cast<std::ptrdiff_t>(from),
                                       numbers.begin() + static_cast<std::ptrdiff_t>(to))
                   : 0.0;
}

/// What a source needs of its strata and days to look for candidates: a point is one at most where
/// its mark lies below the stratum's bound times `level` by day.
struct Bounds {
  const StratumPicker& picker;
  const StratumBounds& bounds;
  const std::vector<double>& level;
};

/// Strata whose bounds are still to be set.
StratumBounds unbounded_strata(const SegmentPeople& people, const StratumPicker& picker) {
  StratumBounds bounds;
  bounds.strata.reserve(people.strata.size());
  for (std::uint32_t place = 0; place < people.strata.size(); ++place) {
    const Stratum& stratum = people.strata[place];
    bounds.strata.push_back({0.0, picker.weight(place), static_cast<double>(stratum.count),
                             PersonId::of_audience(people.segment, stratum.number(), 0).value});
  }
  return bounds;
}

/// Sets each stratum's bound to bound_of(its place).
template <class BoundOf>
void set_bounds(StratumBounds& bounds, const BoundOf& bound_of) {
  double steepest = 0.0;
  for (std::size_t place = 0; place < bounds.strata.size(); ++place) {
    StratumBound& stratum = bounds.strata[place];
    stratum.bound = bound_of(place);
    steepest = std::max(steepest, stratum.bound / stratum.weight);
  }
  bounds.steepest = steepest;
}

struct AppealBatch {
  Batch<double> weight;
  Batch<double> liking;
};

/// What appeal_of needs of the first `count` of a batch.
struct PeopleInReach {
  const ReachBatch& reach;
  const IntentBatch& intents;
  std::size_t count;
};

/// Multiplies each product by base^power; in a loop that vectorizes.
void multiply_raised(std::span<double> products, const Batch<double>& bases, double power) {
  if (power == 0.0) return;
  if (power == 1.0) {
    for (std::size_t k = 0; k < products.size(); ++k) products[k] *= bases[k];
    return;
  }
  for (std::size_t k = 0; k < products.size(); ++k) {
    const double factor = portable_exp(power * portable_log(bases[k]));
    products[k] *= bases[k] > 0.0 ? factor : 0.0;
  }
}

void multiply_exponential(std::span<double> products, const Batch<double>& intents,
                          double loading) {
  if (loading == 0.0) return;
  for (std::size_t k = 0; k < products.size(); ++k) {
    products[k] *= portable_exp(loading * intents[k]);
  }
}

/// appeal_of, of many; the same bits as one by one.
AppealBatch appeals_of(const ExposureTraits& channel, const PeopleInReach& people,
                       double sharpness) {
  AppealBatch appeals;
  const std::span weight{appeals.weight.data(), people.count};
  const std::span liking{appeals.liking.data(), people.count};
  std::copy_n(people.reach.exposure.begin(), people.count, weight.begin());
  std::fill(liking.begin(), liking.end(), 1.0);
  multiply_raised(weight, people.reach.affinity, sharpness * channel.sharpness);
  multiply_exponential(weight, people.intents.intent, sharpness * channel.intent_targeting);
  multiply_raised(liking, people.reach.affinity, channel.affinity_exponent);
  multiply_exponential(liking, people.intents.intent, channel.click_intent);
  return appeals;
}

/// Calls accept(const Survivors&) for the points that the bounds leave, many at a time.
template <class Accept>
void visit_survivors(const SegmentPeople& people, const CandidateCell& cell, const Bounds& bounds,
                     const Accept& accept) {
  const double end = largest(bounds.level, cell.begin, cell.end) * bounds.bounds.steepest;
  if (end <= 0.0) return;
  Survivors found;
  const PointCell points = cell_of(people, cell, bounds.picker.total());
  visit_points(people.key, points, end, [&](const Point& point) {
    const AliasTable::Pick pick = bounds.picker.pick(point.word);
    const StratumBound& stratum = bounds.bounds.strata[pick.outcome];
    const auto index =
        static_cast<std::uint64_t>(static_cast<std::int64_t>(pick.rest * stratum.shoppers));
    const Days time =
        cell.begin + (cell.end - cell.begin) * (static_cast<double>(point.short_word) * 0x1p-32);
    const double needed = point.mark * stratum.weight;
    // Written first and counted if it stays: no processor can foresee which ones do.
    const std::size_t at = found.count;
    found.stratum[at] = pick.outcome;
    found.person[at] = stratum.first_name | index;
    found.time[at] = time;
    found.needed[at] = needed;
    found.luck[at] = (points.identity + point.ordinal * golden_step) & luck_mask;
    const double bound = bounds.level[day_index(time)] * stratum.bound;
    found.count += needed < bound ? 1 : 0;
    if (found.count < AudienceBatch::most) return;
    accept(found);
    found.count = 0;
  });
  accept(found);
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
  const BandFactors liking =
      upper_factors(*people.bands, {0.0, channel.affinity_exponent, channel.click_intent});
  const double click = largest(days.click, 0.0, static_cast<double>(days.click.size()));
  shares_.reserve(people.strata.size());
  for (const Stratum& stratum : people.strata) {
    const double liked = liking.of(stratum);
    const double share =
        std::min(1.0, click * liked) * days.largest_response + days.view_rate * liked;
    shares_.push_back(std::min(1.0, share));
  }
  bounds_ = unbounded_strata(people, picker_);
  bound_strata(1.0);
}

void ChannelCandidates::bound_strata(double sharpness) {
  const BandFactors weight =
      upper_factors(*people_->bands,
                    {1.0, sharpness * channel_->sharpness, sharpness * channel_->intent_targeting});
  set_bounds(bounds_,
             [&](std::size_t place) { return shares_[place] * weight.of(people_->strata[place]); });
  sharpness_ = sharpness;
}

double ChannelCandidates::mark_of(const ChannelAppeal& appeal, Days time, double needed) const {
  const auto day = day_index(time);
  const ImpressionChances chances = days_->chances(appeal.liking, day);
  // Uniform on (0, 1), given that an impression happens here.
  const double mark = needed / (days_->intensity[day] * appeal.weight);
  const double click_candidates = chances.click * days_->largest_response;
  const double share = channel_->wears() ? mark / chances.click : 0.0;
  const double no_click = mark < click_candidates + chances.view ? view_mark : no_candidate;
  return mark < click_candidates ? share : no_click;
}

void ChannelCandidates::append(const CandidateCell& cell, CandidateParts& found) {
  const double sharpness = days_->sharpness_on(day_index(cell.begin));
  if (sharpness != sharpness_) bound_strata(sharpness);
  const auto accept = [&](const Survivors& points) {
    const AudienceBatch people = points.people(people_->strata);
    const ReachBatch reach = people_->traits.reach_of(people);
    IntentBatch intents = people_->traits.intents_of(people);
    Batch<std::uint32_t> places;
    Batch<double> marks;
    std::size_t count = 0;
    const AppealBatch appeals = appeals_of(*channel_, {reach, intents, points.count}, sharpness);
    for (std::uint32_t k = 0; k < points.count; ++k) {
      marks[count] =
          mark_of({appeals.weight[k], appeals.liking[k]}, points.time[k], points.needed[k]);
      places[count] = k;
      intents.keep(count, k);
      count += marks[count] < no_candidate ? 1 : 0;
    }
    const Batch<double> inclinations = people_->inclination.of(intents, count);
    for (std::size_t k = 0; k < count; ++k) {
      const bool view = marks[k] == view_mark;
      Candidate& candidate = points.move_to(found, places[k]);
      candidate.inclination = inclinations[k];
      candidate.mark = view ? 0.0 : marks[k];
      candidate.kind = view ? EventKind::view : EventKind::impression;
      candidate.source = number_;
    }
  };
  visit_survivors(*people_, cell, {picker_, bounds_, days_->intensity}, accept);
}

OrganicCandidates::OrganicCandidates(const SegmentPeople& people, double rate, double loading,
                                     std::uint8_t source)
    : people_{&people},
      rate_{rate * portable_exp(-0.5 * loading * loading)},
      loading_{loading},
      source_{source},
      picker_{*people.bands, people.strata, {0.0, 0.0, loading}},
      bounds_{unbounded_strata(people, picker_)} {
  const BandFactors upper = upper_factors(*people.bands, {0.0, 0.0, loading});
  set_bounds(bounds_, [&](std::size_t place) { return rate_ * upper.of(people.strata[place]); });
}

void OrganicCandidates::append(const CandidateCell& cell, const std::vector<double>& demand,
                               CandidateParts& found) const {
  if (rate_ <= 0.0) return;
  const auto accept = [&](const Survivors& points) {
    IntentBatch intents = people_->traits.intents_of(points.people(people_->strata));
    Batch<double> factors;  // in a loop of their own, which vectorizes
    for (std::size_t k = 0; k < points.count; ++k) {
      factors[k] = portable_exp(loading_ * intents.intent[k]);
    }
    Batch<std::uint32_t> places;
    std::size_t count = 0;
    for (std::uint32_t k = 0; k < points.count; ++k) {
      const double rate = rate_ * demand[day_index(points.time[k])];
      places[count] = k;
      intents.keep(count, k);
      count += points.needed[k] < rate * factors[k] ? 1 : 0;
    }
    const Batch<double> inclinations = people_->inclination.of(intents, count);
    for (std::size_t k = 0; k < count; ++k) {
      Candidate& candidate = points.move_to(found, places[k]);
      candidate.inclination = inclinations[k];
      candidate.kind = EventKind::organic_visit;
      candidate.source = source_;
    }
  };
  visit_survivors(*people_, cell, {picker_, bounds_, demand}, accept);
}

}  // namespace flywheel
