#pragma once

#include <vector>

#include "audience/person.hpp"
#include "journey/attribution_traits.hpp"
#include "journey/channel_days.hpp"
#include "journey/customer_ad_traits.hpp"
#include "journey/exposure_traits.hpp"
#include "journey/funnel_traits.hpp"
#include "journey/inclination.hpp"
#include "journey/landing.hpp"
#include "journey/order_traits.hpp"
#include "journey/repeat_traits.hpp"
#include "journey/retargeting_traits.hpp"
#include "market/market_path.hpp"
#include "random/key.hpp"

namespace flywheel {

/// What the shoppers of one segment live in for a replication: read by every stage, changed by
/// none.
struct World {
  std::size_t number{0};  ///< of the segment
  const SegmentTraits* segment;
  const std::vector<ExposureTraits>* channels;
  std::vector<ChannelDays> channel_days;  ///< of this segment, by channel
  const std::vector<Delivery>* deliveries;
  const RetargetingTraits* retargeting;
  const FunnelTraits* funnel;
  FunnelOdds odds;
  std::vector<double> mobile_shares;  ///< by source
  const OrderTraits* order;
  const AdvocacyTraits* advocacy;
  const RepeatTraits* repeat;
  const MessageTraits* messages;
  const CustomerAdTraits* customer_ads;
  const std::vector<FlowTraits>* flows;
  const std::vector<OfferTraits>* offers;
  const SubscriptionTraits* subscription;
  const LoyaltyTraits* loyalty;
  const ReferralTraits* referral;
  const AttributionTraits* attribution;
  const MarketPath* market;
  TraitReader traits;
  Inclination inclination;
  Key key;
  Days flight{0};
  Days horizon{0};
  Days cohort_days{0};
  Days conversion_days{0};
  int rotation_days{7};
  int stretch_days{7};  ///< played at a time: a rotation, or all where none can change the next

  [[nodiscard]] bool plays_all_at_once() const { return stretch_days > rotation_days; }
  [[nodiscard]] std::size_t channel_count() const { return channels->size(); }
  /// Number of retargeting among the channels of tallies and books.
  [[nodiscard]] std::uint8_t retargeting_channel() const {
    return static_cast<std::uint8_t>(channels->size());
  }
  /// Money per impression or click of a prospecting channel on a day of the flight.
  [[nodiscard]] double price(std::size_t channel, std::size_t day) const {
    const Delivery& delivery = (*deliveries)[channel];
    return delivery.price[number * delivery.flight_days + day];
  }
};

}  // namespace flywheel
