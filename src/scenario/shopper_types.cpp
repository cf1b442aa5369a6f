#include "scenario/shopper_types.hpp"

#include <utility>

namespace flywheel {

ShopperTypes::ShopperTypes(std::vector<SegmentShare> segments, Nodes intent, Nodes propensity)
    : segment_count_{segments.size()},
      intent_{std::move(intent)},
      propensity_{std::move(propensity)} {
  for (std::size_t segment = 0; segment < segments.size(); ++segment) {
    segment_shares_.push_back(segments[segment].share);
    for (std::size_t z = 0; z < intent_.size(); ++z) {
      for (std::size_t b = 0; b < propensity_.size(); ++b) {
        shares_.push_back(segments[segment].share * intent_.weights[z] * propensity_.weights[b]);
        intents_.push_back(intent_.values[z]);
        propensities_.push_back(propensity_.values[b]);
        segment_log_odds_.push_back(segments[segment].conversion_log_odds);
        segments_.push_back(segment);
      }
    }
  }
}

}  // namespace flywheel
