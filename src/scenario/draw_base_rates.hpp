#pragma once

#include <array>
#include <vector>

#include "plan/plan.hpp"
#include "scenario/base_rates.hpp"
#include "scenario/draw_media.hpp"
#include "scenario/number_draws.hpp"

namespace flywheel {

/// The targets that a plan gives to the solver of base rates, in one future of the parameters.
///
/// `market.advertiser_effect` multiplies every conversion rate: those of channels, organic visits
/// and friends, or the mean propensity.
[[nodiscard]] BaseRateSetting draw_base_rate_setting(const Plan& plan, const DrawnNumbers& drawn,
                                                     const std::vector<MediaTraits>& media);

/// A plan and the factor on its budgets with which it is played (Future).
struct PlayedPlan {
  const Plan& plan;
  double media_factor{1};
};

/// The same with what is played beside it: the plan's own budgets, times their factor, in place of
/// those of the reference campaign.
[[nodiscard]] CampaignSettings draw_campaign_settings(const PlayedPlan& played,
                                                      const DrawnNumbers& drawn,
                                                      const std::vector<MediaTraits>& media);

/// Share of the audience and conversion odds of each segment.
[[nodiscard]] std::vector<SegmentShare> segment_shares(const Plan& plan, const DrawnNumbers& drawn);

/// What sets the pools of retargeting apart.
[[nodiscard]] std::array<PoolTraits, leaver_pool_count> draw_pools(const RetargetingPlan& plan,
                                                                   const DrawnNumbers& drawn);

/// The depth at which a visit enters the pool, by the word of the plan.
[[nodiscard]] Depth pool_depth(const std::string& word);

}  // namespace flywheel
