#pragma once

#include <vector>

#include "audience/person.hpp"
#include "audience/strata.hpp"
#include "audience/stratum_picker.hpp"
#include "journey/channel_days.hpp"
#include "journey/event.hpp"
#include "journey/inclination.hpp"
#include "random/hash.hpp"

namespace flywheel {

/// A candidate event and the shopper whom it may touch for the first time.
struct Candidate {
  PersonId person;
  double inclination{1};  ///< see Record
  Days time{0};
  std::uint64_t luck{0};
  double mark{0};
  std::uint16_t stratum{0};  ///< place in the segment's list
  EventKind kind{};
  std::uint8_t source{0};
};

/// Candidates in parts of shoppers: one part, or `many` of which each fits a cache. Whoever has two
/// candidates has them in one part.
struct CandidateParts {
  static constexpr std::size_t many = 16;

  /// A candidate of this shopper, to be filled in where it stands.
  Candidate& add(PersonId person) {
    Candidate& candidate = parts[scramble(person.value) >> 58U & (parts.size() - 1)].emplace_back();
    candidate.person = person;
    return candidate;
  }
  /// Forgets all, and begins with 1 or `many` parts.
  void begin(std::size_t count) {
    parts.resize(count);
    for (std::vector<Candidate>& part : parts) part.clear();
  }

  std::vector<std::vector<Candidate>> parts;
};

/// The people of one segment, as far as candidates need them.
struct SegmentPeople {
  std::size_t segment{0};
  std::uint64_t identity{0};
  const BandSet* bands{nullptr};
  std::vector<Stratum> strata;
  TraitReader traits;
  Inclination inclination;
  Key key;
};

/// A stratum as points of the measure fall into it.
struct StratumBound {
  double bound{0};   ///< a point may be a candidate below this times the day's level
  double weight{0};  ///< of one shopper
  double shoppers{0};
  std::uint64_t first_name{0};  ///< of its first shopper; the others' follow
};

/// The strata of a segment, in the order of its list.
struct StratumBounds {
  std::vector<StratumBound> strata;
  double steepest{0};  ///< the largest bound over weight
};

/// Where points of the random measure fall: one source in one segment and one stretch of time.
struct CandidateCell {
  std::uint64_t source_identity{0};
  Days begin{0};
  Days end{0};
};

/// Candidates of one prospecting channel in one segment: impressions that might be clicked, and
/// those that lead to a later visit. Exact thinning of a unit-rate point measure
/// (docs/decisions/0002-candidates-by-strata.md).
class ChannelCandidates {
 public:
  ChannelCandidates(const SegmentPeople& people, const ExposureTraits& channel,
                    const ChannelDays& days, std::uint8_t number);

  /// Appends those of a stretch of the flight in which targeting stays equally sharp.
  void append(const CandidateCell& cell, CandidateParts& found);

 private:
  /// Bounds of the strata while targeting is so sharp. What points of the measure fall where does
  /// not depend on it.
  void bound_strata(double sharpness);
  /// Mark of a click over its chance where that matters; or that of a view, or of neither.
  [[nodiscard]] double mark_of(const ChannelAppeal& appeal, Days time, double needed) const;

  const SegmentPeople* people_;
  const ExposureTraits* channel_;
  const ChannelDays* days_;
  std::uint8_t number_;
  StratumPicker picker_;
  std::vector<double> shares_;  ///< of impressions that are candidates, by stratum: the largest
  StratumBounds bounds_;        ///< largest candidate share times weight
  double sharpness_{1};         ///< for which they hold
};

/// Organic visits of one segment's shoppers.
class OrganicCandidates {
 public:
  /// `rate` per shopper and day before demand and intent; `loading` of intent.
  OrganicCandidates(const SegmentPeople& people, double rate, double loading, std::uint8_t source);

  /// Appends those of a stretch of time; `demand` by day, times whatever has grown.
  void append(const CandidateCell& cell, const std::vector<double>& demand,
              CandidateParts& found) const;

 private:
  const SegmentPeople* people_;
  double rate_;  ///< of a shopper with intent 0
  double loading_;
  std::uint8_t source_;
  StratumPicker picker_;
  StratumBounds bounds_;  ///< largest rate at demand 1
};

}  // namespace flywheel
