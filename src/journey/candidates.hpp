#pragma once

#include <vector>

#include "audience/person.hpp"
#include "audience/strata.hpp"
#include "audience/stratum_picker.hpp"
#include "journey/channel_days.hpp"
#include "journey/event.hpp"

namespace flywheel {

/// A candidate event and the shopper whom it may touch for the first time.
struct Candidate {
  PersonId person;
  TraitBits bits;
  double intent{0};
  Event event;
};

/// The people of one segment, as far as candidates need them.
struct SegmentPeople {
  std::size_t segment{0};
  std::uint64_t identity{0};
  const BandSet* bands{nullptr};
  std::vector<Stratum> strata;
  TraitReader traits;
  Key key;
};

/// Where points of the random measure fall: one source in one segment and one stretch of time.
struct CandidateCell {
  std::uint64_t source_identity{0};
  Days begin{0};
  Days end{0};
};

/// Candidates of one prospecting channel in one segment: impressions that might be clicked, and
/// those that lead to a later visit. Exact thinning of a unit-rate point measure (docs/engine.md).
class ChannelCandidates {
 public:
  ChannelCandidates(const SegmentPeople& people, const ExposureTraits& channel,
                    const ChannelDays& days, std::uint8_t number);

  /// Appends those of a stretch of the flight.
  void append(const CandidateCell& cell, std::vector<Candidate>& found) const;

 private:
  const SegmentPeople* people_;
  const ExposureTraits* channel_;
  const ChannelDays* days_;
  std::uint8_t number_;
  StratumPicker picker_;
  std::vector<double> bound_;  ///< by stratum: largest candidate share times weight
};

/// Organic visits of one segment's shoppers.
class OrganicCandidates {
 public:
  /// `rate` per shopper and day before demand and intent; `loading` of intent.
  OrganicCandidates(const SegmentPeople& people, double rate, double loading, std::uint8_t source);

  /// Appends those of a stretch of time; `demand` by day.
  void append(const CandidateCell& cell, const std::vector<double>& demand,
              std::vector<Candidate>& found) const;

 private:
  const SegmentPeople* people_;
  double rate_;  ///< of a shopper with intent 0
  double loading_;
  std::uint8_t source_;
  StratumPicker picker_;
  std::vector<double> bound_;  ///< by stratum: largest rate at demand 1
};

}  // namespace flywheel
