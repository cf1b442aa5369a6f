#pragma once

#include <span>
#include <vector>

#include "journey/exposure_traits.hpp"
#include "market/market_path.hpp"
#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"

namespace flywheel {

/// Visits a day that nobody paid for, by prospects, of all segments.
struct UnpaidVisits {
  double organic{0};  ///< at the mean demand
  double returns{0};  ///< own returns
};

/// Ads on the brand's own name: unpaid visits pass over them, and their clicks are paid first.
struct BrandAds {
  double share{0};         ///< of unpaid visits, as far as the budget goes; 0: no brand ads
  double price{0};         ///< of a click, over the channel's price
  double price_factor{1};  ///< mean of the segments' factors over the audience
  double budget_limit{1};  ///< largest part of a day's budget
  UnpaidVisits visits;
};

/// What one channel's money buys, before the market moves (docs/model.md 7.2).
struct MediaTraits {
  Pricing pricing{Pricing::cpm};
  double price{0};             ///< P: per 1,000 impressions or per click, at the reference budget
  double slope{0};             ///< e: elasticity of the price by the budget
  double reference_budget{0};  ///< b, of a day with money
  double impression_share{0};  ///< CPC: share of the query stock that b buys, in (0, 1)
  double click_rate{0};        ///< clicks per impression, expected over the flight
  std::vector<double> segment_shares;  ///< of the budget, sum 1
  std::vector<double> price_factors;   ///< by segment
  std::vector<double> click_factors;   ///< on clicks per impression, by segment
  BrandAds brand;
};

/// What moves with the market, by day of the flight, and the money of each day.
struct MediaDays {
  std::span<const double> budget;
  std::span<const double> price;   ///< factor on the price
  std::span<const double> demand;  ///< factor on queries and organic visits
  std::span<const double> clicks;  ///< factor on the click rate: creatives, named shocks
  double budget_factor{1.0};       ///< on every day's budget
};

/// Impressions and clicks of a campaign in the mean market.
struct ExpectedMedia {
  double impressions{0};
  double clicks{0};
  std::vector<double> impressions_per_day;
  std::vector<double> impression_shares;  ///< by segment, sum 1; 0 if nothing can be bought
};

[[nodiscard]] MediaTraits draw_media(const Plan& plan, std::size_t channel,
                                     const DrawnNumbers& drawn);

/// By segment and day of the flight: impressions that the budget buys, and their price. Expected
/// spend is the day's budget, times its factor, at most.
///
/// Brand clicks are paid first: V share p a day, V the unpaid visits and p the price of a brand
/// click; where that is more than the budget, fewer visits pass an ad. The rest B buys the others.
/// Each segment gets its share s_g of B. CPM: price P f_g G (B / b)^e per thousand, impressions
/// 1000 s_g B / price. CPC: of a stock of Q M f clicks a day, Q = (b / P) sum(s_g / f_g) / share, a
/// budget that wants w = B sum(s_g / f_g) / (P G (B / b)^e) clicks gets
/// min(w, Q M f (1 - exp(-k w / (Q M f)))), k = -ln(1 - share) / share: at the reference budget all
/// of w, beyond it more and more money finds no query. f is the day's factor on the click rate;
/// impressions are clicks over the click rate times f, in a segment in proportion to
/// s_g / (f_g m_g), m_g its factor on clicks, so that its clicks cost its share; a segment that
/// never clicks gets none. A day without budget has no impressions, no brand ads, and the price of
/// the reference budget.
[[nodiscard]] Delivery deliver(const MediaTraits& media, const MediaDays& days);

/// The market's factor on a channel's click rate, by day: creative in use and named shocks.
[[nodiscard]] std::vector<double> click_factors(const ChannelMarket& market, int refresh_days);

/// Share of the flight's unpaid visits that pass over a brand ad in the reference campaign.
[[nodiscard]] double mean_brand_share(const MediaTraits& media,
                                      std::span<const double> daily_budget);

/// The reference campaign is the plan's own, its budgets multiplied until days with money have the
/// reference budget on average: what base rates are solved for, so that they stay as they are when
/// money is moved and the reference is not.
[[nodiscard]] ExpectedMedia expected_media(const MediaTraits& media,
                                           std::span<const double> daily_budget);

/// The same of the budgets as they are played, times `factor`.
[[nodiscard]] ExpectedMedia played_media(const MediaTraits& media,
                                         std::span<const double> daily_budget, double factor);

/// Retargeting's price of an impression (cpm) or click (cpc) by day, and the impressions that its
/// budget buys a day; empty when unlimited.
struct RetargetingMedia {
  Pricing pricing{Pricing::cpm};
  double price{0};
  double budget_per_day{0};  ///< 0: unlimited
  double click_rate{0};      ///< CPC: clicks per impression, to turn clicks into impressions
};

struct RetargetingDelivery {
  std::vector<double> price;
  std::vector<double> affordable_per_day;
};

[[nodiscard]] RetargetingDelivery deliver(const RetargetingMedia& media,
                                          std::span<const double> price_factor, int days);

}  // namespace flywheel
