#pragma once

#include <array>
#include <vector>

#include "journey/funnel_traits.hpp"
#include "journey/retargeting_traits.hpp"
#include "momentum/momentum_traits.hpp"
#include "scenario/click_credit.hpp"
#include "scenario/draw_media.hpp"
#include "scenario/scenario.hpp"
#include "scenario/shopper_types.hpp"
#include "scenario/solve_clicks.hpp"
#include "scenario/solve_funnel.hpp"
#include "scenario/solve_return.hpp"
#include "scenario/window_openings.hpp"

namespace flywheel {

/// A channel as the solver of base rates needs it.
struct ChannelSetting {
  ClickSetting clicks;
  double expected_clicks{0};       ///< over the flight, at its budget and the target click rate
  double expected_impressions{0};  ///< likewise
  double intent_targeting{0};      ///< multiplies Loadings::targeting
  double conversion_rate{0};       ///< first orders credited to a click, per click (steps)
  double mobile_share{0};
  bool pays_per_click{false};  ///< then the clicks are bought, else the impressions
};

/// What people do who come without an ad, or are brought back by one.
struct UnpaidSetting {
  double organic_visits_per_day{0};  ///< per shopper
  double organic_conversion_rate{0};
  double return_ratio{1};  ///< order rate of own returns over that of organic visits
  double referral_conversion_rate{0};
  double mobile_share{0};
  bool friends_return{true};  ///< whether friends who left may come back by themselves
};

struct RetargetingSetting {
  bool enabled{true};    ///< false: nobody clicks, and U is what it would be with ads
  double click_rate{0};  ///< mean over pool members
  double affinity_exponent{1};
  double conversion_uplift{1};  ///< credited odds (propensity: probability) over a cold click
  double mobile_share{0};
  Depth pool{Depth::engaged};
  std::array<PoolTraits, leaver_pool_count> pools{};
  bool return_given{false};  ///< then return_probability stands, else incremental_share is solved
  double return_probability{0};
  double incremental_share{1};
  double return_limit{1};        ///< the largest U that solving may give
  double affordable_per_day{0};  ///< impressions that the budget buys; 0: unlimited
  double cap_per_window{0};      ///< most impressions; 0: none
};

/// Order rates that factors may lead to, at most.
inline constexpr double largest_order_rate = 0.95;

/// What one unit of intent loading L does.
struct Loadings {
  double targeting{0};
  double click{0};
  double funnel{0};
  double organic{0};
};

/// Targets and settings of all base rates (docs/model.md 7.9).
struct BaseRateSetting {
  double shoppers{1};
  bool uses_steps{true};
  bool has_intent{true};
  double mean_propensity{0};  ///< propensity model
  SiteRates site;
  std::vector<ChannelSetting> channels;
  UnpaidSetting unpaid;
  RetargetingSetting retargeting;
  WindowSetting window;   ///< before cap and budget; `clicks_per_day` and `anyway_days` are solved
  double brand_share{0};  ///< of unpaid visits during the flight that pass a paid brand ad
  OrderDelay order_delay;
  Loadings loadings;
  double loading_limit{0};
  double organic_limit{1};      ///< most that organic visits may be multiplied with
  double incremental_share{1};  ///< target; 1 turns the solving off
  double flight_days{1};
  double horizon_days{1};
};

/// Nodes of the traits that base rates depend on.
struct TraitNodes {
  Nodes exposure;
  Nodes affinity;
  Nodes propensity;
};

/// What a campaign's money does.
struct Volumes {
  std::vector<double> click_rates;  ///< by channel: per impression bought, over the flight
  std::vector<CapEffect> caps;      ///< by channel
  std::vector<std::vector<ClicksByIntent>> clicks;  ///< by channel; empty: nobody orders
  WindowOpenings openings;                          ///< per day
  UnpaidVisits unpaid_visits;                       ///< mean over the flight
};

/// What was solved.
struct BaseRates {
  Solved solved;
  std::vector<ClickSolution> clicks;  ///< by channel
  StepLogOdds steps{};
  std::vector<double> source_log_odds;  ///< by source
  double return_probability{0};         ///< U
  double retargeting_click_rate{0};     ///< base, times affinity^exponent
  Volumes volumes;                      ///< with the money that is played
};

/// One campaign with two amounts of money.
struct CampaignSettings {
  BaseRateSetting reference;  ///< that the benchmarks hold for
  BaseRateSetting played;  ///< channels' volumes and frequencies, and retargeting's limit, differ
};

/// Base rates whose averages over the flight at the reference budgets equal the benchmarks. What
/// channels then buy of these people is that of the money that is played: fewer have ordered where
/// there is less of it, and clicks need fewer impressions.
[[nodiscard]] BaseRates solve_base_rates(const CampaignSettings& settings,
                                         const std::vector<SegmentShare>& segments,
                                         const TraitNodes& traits);

/// Base rates of a campaign that is played as the reference is.
[[nodiscard]] BaseRates solve_base_rates(const BaseRateSetting& setting,
                                         const std::vector<SegmentShare>& segments,
                                         const TraitNodes& traits);

}  // namespace flywheel
