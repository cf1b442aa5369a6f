#pragma once

#include <cstdint>
#include <vector>

namespace flywheel {

enum class RepeatProcess : std::uint8_t { none, pareto_nbd, bg_nbd };

/// Repeat purchases (docs/model.md 7.8).
struct RepeatTraits {
  RepeatProcess process{RepeatProcess::none};
  double mean_rate{0};     ///< purchases per day while alive, r / alpha
  double mean_dropout{0};  ///< per day, s / beta (Pareto/NBD)
  /// Purchase clock at the end of each day, [0] = 0 at day 0; season integrated. Slope 1 without
  /// season.
  std::vector<double> clock;
};

/// Consent and message pressure.
struct MessageTraits {
  bool runs{true};  ///< whether any flow starts
  double consent_at_order{0};
  double sms_share{0};
  double pressure_decay{0};  ///< per day
  double pressure_fatigue{0};
  double pressure_unsubscribe{0};
  double pulled_forward{0};
  double lapsed_factor{0};
};

enum class Trigger : std::uint8_t {
  order,
  delivery,
  cart_abandoned,
  browse_abandoned,
  lapse,
  calendar
};

/// One flow of messages; rates of the average recipient.
struct FlowTraits {
  Trigger trigger{Trigger::order};
  bool by_text{false};
  int messages{1};
  double first_after_days{0};
  double every_days{0};
  double delivery_rate{0};
  double open_rate{0};
  double click_rate{0};
  double order_rate{0};
  double unsubscribe_rate{0};
  double cost{0};  ///< money per message
  double discount{0};
};

struct OfferTraits {
  double after_days{0};
  double depth{0};
  double valid_days{0};
  double take_up{0};
  double pulled_forward{0};
  double give_away{0};
  double habit{1};
  double subscribes{0};  ///< share of orders that take it up which begin a subscription
};

struct SubscriptionTraits {
  double take_up{0};
  double interval_days{30};
  double discount{0};
  double churn_alpha{1};
  double churn_beta{1};
  double pause_probability{0};
  double failed_payment{0};
  double recovered{0};
};

struct LoyaltyTraits {
  double points_cost_share{0};  ///< of net revenue: value of points times share redeemed
  int tier_orders{0};           ///< 0: no tiers
  double tier_rate_factor{1};
  double tier_dropout_factor{1};
  double membership_take_up{0};
  double membership_fee{0};  ///< money per 365 days
  double membership_rate_factor{1};
};

struct ReferralTraits {
  bool promoters_only{true};
  double share_rate{0};  ///< of those who may share
  bool fixed_count{false};
  double clicks_per_share{0};
  double delay_days{0};
  double value_uplift{1};
  double friend_discount{0};
  double referrer_reward{0};  ///< money
  bool retarget_friends{true};
  bool depletion{true};
};

}  // namespace flywheel
