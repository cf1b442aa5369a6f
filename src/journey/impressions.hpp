#pragma once

#include <span>
#include <vector>

#include "audience/person.hpp"
#include "journey/channel_days.hpp"
#include "random/key.hpp"
#include "random/stream.hpp"

namespace flywheel {

/// Impressions of one shopper by one channel that are no candidates: seen, but neither clicked nor
/// the cause of a visit, whatever came before. Drawn only when somebody asks (engine: lazy counts),
/// by rotation, so that the answer does not depend on when one looks.
class UnclickedImpressions {
 public:
  UnclickedImpressions(const ChannelDays& days, const ExposureTraits& channel, Key shoppers)
      : days_{&days}, channel_{&channel}, key_{shoppers} {}

  /// Number of those within a rotation [begin, end) of the flight.
  [[nodiscard]] std::uint64_t count(PersonId person, const ChannelAppeal& appeal, Days begin,
                                    Days end) const;

  /// Times of those within a rotation [begin, end) of the flight, in rising order.
  [[nodiscard]] std::vector<Days> times(PersonId person, const ChannelAppeal& appeal, Days begin,
                                        Days end) const;

 private:
  [[nodiscard]] Stream cell(PersonId person, Days begin) const;

  const ChannelDays* days_;
  const ExposureTraits* channel_;
  Key key_;
};

}  // namespace flywheel
