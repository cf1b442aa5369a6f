#pragma once

#include <vector>

#include "journey/customer_ad_traits.hpp"
#include "journey/repeat_traits.hpp"
#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"

namespace flywheel {

/// Repeat purchases but for their clock, which belongs to the market.
[[nodiscard]] RepeatTraits draw_repeat(const RepeatPlan& plan, const DrawnNumbers& drawn);

[[nodiscard]] MessageTraits draw_messages(const ConsentPlan& plan, const DrawnNumbers& drawn);
[[nodiscard]] CustomerAdTraits draw_customer_ads(const CustomerAdsPlan& plan,
                                                 const DrawnNumbers& drawn);
[[nodiscard]] FlowTraits draw_flow(const FlowPlan& plan, const DrawnNumbers& drawn);
[[nodiscard]] OfferTraits draw_offer(const OfferPlan& plan, const DrawnNumbers& drawn);

/// A program that is not enabled is one that nobody takes up.
[[nodiscard]] SubscriptionTraits draw_subscription(const SubscriptionPlan& plan,
                                                   const DrawnNumbers& drawn);
[[nodiscard]] LoyaltyTraits draw_loyalty(const LoyaltyPlan& plan, const DrawnNumbers& drawn);

/// `promoter_share` of all customers may share, where only promoters do: the plan's share rate is
/// one of all customers, and holds as long as promoters can carry it.
[[nodiscard]] ReferralTraits draw_referral(const ReferralPlan& plan, const DrawnNumbers& drawn,
                                           double promoter_share);

}  // namespace flywheel
