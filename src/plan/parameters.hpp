#pragma once

#include "plan/parameter.hpp"

/// The data tables behind sections(), one function for each section of a plan.
namespace flywheel {

[[nodiscard]] Section campaign_section();
[[nodiscard]] Section audience_section();
[[nodiscard]] Section segment_section();
[[nodiscard]] Section channel_section();
[[nodiscard]] Section retargeting_section();
[[nodiscard]] Section funnel_section();
[[nodiscard]] Section basket_section();
[[nodiscard]] Section repeat_section();
[[nodiscard]] Section consent_section();
[[nodiscard]] Section customer_ads_section();
[[nodiscard]] Section flow_section();
[[nodiscard]] Section offer_section();
[[nodiscard]] Section subscription_section();
[[nodiscard]] Section loyalty_section();
[[nodiscard]] Section experience_section();
[[nodiscard]] Section referral_section();
[[nodiscard]] Section organic_section();
[[nodiscard]] Section loops_section();
[[nodiscard]] Section targeting_section();
[[nodiscard]] Section page_tests_section();
[[nodiscard]] Section feedback_section();
[[nodiscard]] Section reputation_section();
[[nodiscard]] Section organic_growth_section();
[[nodiscard]] Section marketplace_section();
[[nodiscard]] Section day_zero_section();
[[nodiscard]] Section money_section();
[[nodiscard]] Section attribution_section();
[[nodiscard]] Section market_section();
[[nodiscard]] Section shock_section();
[[nodiscard]] Section posterior_section();

}  // namespace flywheel
