#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "audience/traits.hpp"
#include "core/date.hpp"
#include "journey/attribution_traits.hpp"
#include "journey/customer_ad_traits.hpp"
#include "journey/day_zero_traits.hpp"
#include "journey/exposure_traits.hpp"
#include "journey/funnel_traits.hpp"
#include "journey/order_traits.hpp"
#include "journey/repeat_traits.hpp"
#include "journey/retargeting_traits.hpp"
#include "ledger/ledger_traits.hpp"
#include "market/market_path.hpp"
#include "momentum/momentum_traits.hpp"
#include "random/inverse_table.hpp"
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

/// Rotations of the horizon; the last may be short.
[[nodiscard]] inline std::size_t rotation_count(const Calendar& calendar) {
  const int rotations = (calendar.horizon() + calendar.rotation_days - 1) / calendar.rotation_days;
  return static_cast<std::size_t>(rotations);
}

struct OrganicTraits {
  double visits_per_shopper_day{0};      ///< before demand and intent
  double intent_loading{0};              ///< theta_o
  std::array<double, 5> label_shares{};  ///< direct, search, content, social, marketplace; sum 1
};

/// What the base-rate solver found (docs/model.md 7.9).
struct Solved {
  double intent_loading{0};     ///< L
  double organic_factor{1};     ///< omega, on the plan's organic visits
  double incremental_share{0};  ///< implied by the solution
  bool incremental_reached{true};
  bool rates_reached{true};     ///< click, step and order rates met their benchmarks, and settled
  double retargeting_share{0};  ///< implied
  bool retargeting_reached{true};
};

/// What a frequency cap is expected to leave of what a channel's budget buys; 1 without one.
struct CapEffect {
  double served_share{1};  ///< of the impressions
  double paid_share{1};  ///< of the money; where clicks are bought, more impressions make up for it
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
  CustomerAdTraits customer_ads;
  std::vector<FlowTraits> flows;
  std::vector<OfferTraits> offers;
  SubscriptionTraits subscription;
  LoyaltyTraits loyalty;
  ReferralTraits referral;
  DayZeroTraits day_zero;
  AttributionTraits attribution;
  LedgerTraits ledger;
  MomentumTraits momentum;
  MarketPath market;
  Solved solved;
  std::vector<double> click_rates;  ///< by channel: expected clicks per impression bought
  std::vector<CapEffect> caps;      ///< by channel
  Key shoppers;                     ///< key of the shoppers' level

  /// What the trait quantiles point to: tables of the run, and those that only this future has.
  std::vector<std::shared_ptr<const InverseTable>> tables;

  /// Number of a source that is no channel.
  [[nodiscard]] int source(UnpaidSource which) const {
    return static_cast<int>(channels.size()) + static_cast<int>(which);
  }
};

}  // namespace flywheel
