#pragma once

#include <span>
#include <vector>

#include "journey/exposure_traits.hpp"
#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"

namespace flywheel {

/// What one channel's money buys, before the market moves (docs/model.md 7.2).
struct MediaTraits {
  Pricing pricing{Pricing::cpm};
  double price{0};             ///< P: per 1,000 impressions or per click, at the reference budget
  double slope{0};             ///< e: elasticity of the price by the budget
  double reference_budget{0};  ///< b, per day
  double impression_share{0};  ///< CPC: share of the query stock that b buys, in (0, 1)
  double click_rate{0};        ///< clicks per impression
  std::vector<double> segment_shares;  ///< of the budget, sum 1
  std::vector<double> price_factors;   ///< by segment
};

/// Impressions and clicks of a flight at the reference budget and mean prices.
struct ExpectedMedia {
  double impressions{0};
  double clicks{0};
  std::vector<double> impression_shares;  ///< by segment, sum 1
};

[[nodiscard]] MediaTraits draw_media(const Plan& plan, std::size_t channel,
                                     const DrawnNumbers& drawn);

/// By segment and day of the flight: impressions that the budget buys, and their price.
///
/// CPM: price P f_g G (B / b)^e per thousand, impressions 1000 s_g B / price. CPC: the stock of
/// queries is Q = (b / P) / -ln(1 - share) clicks a day, of which a budget that wants w = B / price
/// clicks gets the share 1 - exp(-w / (Q M)); impressions are clicks over the click rate. A day
/// without budget has no impressions, and the price of the reference budget.
[[nodiscard]] Delivery deliver(const MediaTraits& media, std::span<const double> daily_budget,
                               std::span<const double> price_factor,
                               std::span<const double> demand);

[[nodiscard]] ExpectedMedia expected_media(const MediaTraits& media, double flight_days);

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
