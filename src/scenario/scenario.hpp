#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "audience/traits.hpp"
#include "core/date.hpp"
#include "journey/exposure_traits.hpp"
#include "journey/funnel_traits.hpp"
#include "journey/order_traits.hpp"
#include "journey/repeat_traits.hpp"
#include "journey/retargeting_traits.hpp"
#include "market/market_path.hpp"
#include "random/key.hpp"

namespace flywheel {

/// The calendar of a run, in days from the plan's start.
struct Calendar {
  Date start;
  int flight_days{0};
  int conversion_days{0};
  int cohort_days{0};
  int rotation_days{7};
  [[nodiscard]] int horizon() const { return flight_days + conversion_days + cohort_days; }
};

/// Where a visit comes from. Channels have the numbers 0 ... C-1; the others follow them.
enum class UnpaidSource : std::uint8_t { retargeting, organic, own_return, referral, message };
inline constexpr int unpaid_source_count = 5;

/// Who gets credit for first orders.
enum class CreditRule : std::uint8_t { last_touch, last_click, first_click };

struct AttributionTraits {
  CreditRule rule{CreditRule::last_touch};
  double click_days{7};
  double view_days{1};
};

struct OrganicTraits {
  double visits_per_shopper_day{0};      ///< before demand and intent
  double intent_loading{0};              ///< theta_o
  std::array<double, 5> label_shares{};  ///< direct, seo, content, social, marketplace
};

struct DayZeroTraits {
  std::uint64_t customers{0};
  double tenure_days{365};
  double consent_share{0};
  double rating{0};
  double reviews{0};
};

struct LedgerTraits {
  double content_per_day{0};     ///< money
  double agency_share{0};        ///< of media
  double supplier_lead_days{0};  ///< goods are paid this long before the order
  double invoice_days{0};        ///< media is paid this long after
  double payout_days{0};         ///< revenue arrives this long after
};

/// What the base-rate solver found (docs/model.md 7.9).
struct Solved {
  double intent_loading{0};     ///< L
  double incremental_share{0};  ///< implied by the solution
  bool incremental_reached{true};
  double retargeting_share{0};  ///< implied
  bool retargeting_reached{true};
};

/// One drawn future: parameters as numbers, market as paths. Everything but the shoppers' luck.
struct Scenario {
  Calendar calendar;
  AudienceTraits audience;
  std::vector<SegmentTraits> segments;
  std::vector<ExposureTraits> channels;
  std::vector<Delivery> deliveries;  ///< by channel
  RetargetingTraits retargeting;
  OrganicTraits organic;
  FunnelTraits funnel;
  OrderTraits order;
  AdvocacyTraits advocacy;
  RepeatTraits repeat;
  MessageTraits messages;
  std::vector<FlowTraits> flows;
  std::vector<OfferTraits> offers;
  SubscriptionTraits subscription;
  LoyaltyTraits loyalty;
  ReferralTraits referral;
  DayZeroTraits day_zero;
  AttributionTraits attribution;
  LedgerTraits ledger;
  MarketPath market;
  Solved solved;
  Key shoppers;  ///< key of the shoppers' level

  /// Number of a source that is no channel.
  [[nodiscard]] int source(UnpaidSource which) const {
    return static_cast<int>(channels.size()) + static_cast<int>(which);
  }
};

}  // namespace flywheel
