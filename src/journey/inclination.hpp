#pragma once

#include "audience/person.hpp"
#include "journey/funnel_traits.hpp"

namespace flywheel {

/// What shoppers bring to every visit, from their intent (steps model: odds against each step) or
/// their propensity (chance that a cold click becomes an order); see Record::inclination.
class Inclination {
 public:
  /// The traits outlive this.
  Inclination(const FunnelTraits& funnel, const SegmentTraits& segment, const TraitReader& reader)
      : funnel_{&funnel}, segment_{&segment}, reader_{reader} {}

  /// Of one shopper, whose propensity is given by its random bits.
  [[nodiscard]] double of(double intent, std::uint64_t propensity) const;
  /// Of the first `count` of a batch; the same bits as one by one.
  [[nodiscard]] Batch<double> of(const IntentBatch& people, std::size_t count) const;

 private:
  [[nodiscard]] double mean_chance() const {
    return funnel_->mean_propensity * segment_->conversion_factor;
  }

  const FunnelTraits* funnel_;
  const SegmentTraits* segment_;
  TraitReader reader_;
};

}  // namespace flywheel
