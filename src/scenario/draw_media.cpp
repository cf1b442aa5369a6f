#include "scenario/draw_media.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "plan/pacing.hpp"

namespace flywheel {

namespace {

std::vector<double> budget_shares(const Plan& plan, const ChannelPlan& channel) {
  std::vector<double> shares = channel.segment_shares;
  if (shares.empty()) {
    for (const SegmentPlan& segment : plan.segments) shares.push_back(segment.size);
  }
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  expect(shares.size() == plan.segments.size() && total > 0.0,
         "a channel's budget is shared out among the segments");
  for (double& share : shares) share /= total;
  return shares;
}

double reference_budget(const ChannelPlan& channel, std::span<const double> daily_budget) {
  return channel.reference_daily_budget > 0.0 ? channel.reference_daily_budget
                                              : mean_spent_budget(daily_budget);
}

/// Price of the day over the mean price, for everybody.
double day_factor(const MediaTraits& media, double budget, double price_factor) {
  if (budget <= 0.0 || media.reference_budget <= 0.0) return price_factor;
  return price_factor * portable_pow(budget / media.reference_budget, media.slope);
}

bool is_per_click(const MediaTraits& media) { return media.pricing == Pricing::cpc; }

/// Money of one day, and the market's factors on what it buys.
struct MediaDay {
  double budget{0};
  double price{0};  ///< of everything but the segments' factors
  double demand{1};
  double clicks{1};
};

/// Whether money can be spent on a segment: by the click it cannot where nobody clicks.
bool can_buy(const MediaTraits& media, std::size_t segment) {
  return !is_per_click(media) || media.click_factors[segment] > 0.0;
}

/// Impressions or clicks, as they are priced, for what one costs before the segments' factors.
double bought_per_price(const MediaTraits& media) {
  double bought = 0.0;
  for (std::size_t segment = 0; segment < media.segment_shares.size(); ++segment) {
    if (!can_buy(media, segment)) continue;
    bought += media.segment_shares[segment] / media.price_factors[segment];
  }
  return bought;
}

/// By segment, sum 1: such that every segment's impressions or clicks cost its share of the money.
std::vector<double> impression_shares(const MediaTraits& media) {
  std::vector<double> shares;
  for (std::size_t segment = 0; segment < media.segment_shares.size(); ++segment) {
    const double clicks = is_per_click(media) ? media.click_factors[segment] : 1.0;
    const double price = media.price_factors[segment] * clicks;
    shares.push_back(can_buy(media, segment) ? media.segment_shares[segment] / price : 0.0);
  }
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share = total > 0.0 ? share / total : 0.0;
  return shares;
}

/// Clicks a day of a CPC channel in all segments together, of the `wanted` that money could pay.
double bought_clicks(const MediaTraits& media, double wanted, double stock_factor) {
  const double share = media.impression_share;
  const double stock =
      media.reference_budget * bought_per_price(media) / media.price / share * stock_factor;
  if (wanted <= 0.0 || stock <= 0.0) return 0.0;
  const double steepness = -portable_log1p(-share) / share;
  return std::min(wanted, stock * (1.0 - portable_exp(-steepness * wanted / stock)));
}

/// What brand clicks of a day would cost if all unpaid visits of its share passed an ad.
double brand_cost(const MediaTraits& media, const MediaDay& day) {
  const BrandAds& brand = media.brand;
  const double visits = brand.visits.organic * day.demand + brand.visits.returns;
  return visits * brand.share * brand.price * brand.price_factor * day.price;
}

/// Share of the unpaid visits of a day that pass an ad, as far as its part of the budget goes.
double affordable_brand_share(const MediaTraits& media, const MediaDay& day) {
  const double most = media.brand.budget_limit * day.budget;
  if (most <= 0.0) return 0.0;
  const double cost = brand_cost(media, day);
  return cost > most ? media.brand.share * most / cost : media.brand.share;
}

/// Impressions of a day, of all segments.
double bought_impressions(const MediaTraits& media, const MediaDay& day) {
  const double brand = std::min(brand_cost(media, day), media.brand.budget_limit * day.budget);
  const double left = day.budget - brand;
  const double wanted = left / day.price * bought_per_price(media);
  if (!is_per_click(media)) return wanted;
  const double clicks = bought_clicks(media, wanted, day.demand * day.clicks);
  return clicks > 0.0 ? clicks / (media.click_rate * day.clicks) : 0.0;
}

/// Money per impression or click, from the price that plans give.
double per_unit(const MediaTraits& media) { return is_per_click(media) ? 1.0 : 1e-3; }

/// A day with this budget in the mean market.
MediaDay mean_day(const MediaTraits& media, double budget) {
  return {.budget = budget,
          .price = per_unit(media) * media.price * day_factor(media, budget, 1.0)};
}

/// Of the reference campaign, whose days have the reference budget on average, over the plan's.
double reference_scale(const MediaTraits& media, std::span<const double> daily_budget) {
  const double own = mean_spent_budget(daily_budget);
  return own > 0.0 ? media.reference_budget / own : 0.0;
}

BrandAds brand_ads(const Plan& plan, const ChannelPlan& channel, const DrawnNumbers& drawn) {
  double shoppers = 0.0;
  double prices = 0.0;
  for (const SegmentPlan& segment : plan.segments) {
    shoppers += segment.size;
    prices += segment.size * drawn(segment.price_factor);
  }
  return {.share = drawn(channel.brand_share),
          .price = drawn(channel.brand_price),
          .price_factor = prices / shoppers,
          .budget_limit = drawn(channel.brand_budget_limit),
          .visits = {.organic = drawn(plan.organic.visits_per_day) / 1000.0 * shoppers}};
}

}  // namespace

MediaTraits draw_media(const Plan& plan, std::size_t channel, const DrawnNumbers& drawn) {
  const ChannelPlan& one = plan.channels[channel];
  MediaTraits media{.pricing = one.pricing,
                    .price = drawn(one.price),
                    .slope = drawn(one.price_slope),
                    .reference_budget = reference_budget(one, plan.daily_budget[channel]),
                    .impression_share = drawn(one.impression_share_reference),
                    .click_rate = drawn(one.click_rate),
                    .segment_shares = budget_shares(plan, one),
                    .price_factors = {},
                    .click_factors = {},
                    .brand = brand_ads(plan, one, drawn)};
  for (const SegmentPlan& segment : plan.segments) {
    media.price_factors.push_back(drawn(segment.price_factor));
    media.click_factors.push_back(drawn(segment.click_factor));
  }
  return media;
}

Delivery deliver(const MediaTraits& media, const MediaDays& days) {
  const std::size_t flight = days.budget.size();
  const std::vector<double> shares = impression_shares(media);
  const std::size_t segments = shares.size();
  Delivery delivery{.flight_days = flight,
                    .impressions_per_day = std::vector<double>(segments * flight),
                    .price = std::vector<double>(segments * flight),
                    .brand_shares = {}};
  for (std::size_t number = 0; number < flight; ++number) {
    MediaDay day{.budget = days.budget_factor * days.budget[number],
                 .demand = days.demand[number],
                 .clicks = days.clicks[number]};
    day.price = per_unit(media) * media.price * day_factor(media, day.budget, days.price[number]);
    const double bought = bought_impressions(media, day);
    for (std::size_t segment = 0; segment < segments; ++segment) {
      const std::size_t at = segment * flight + number;
      delivery.price[at] = day.price * media.price_factors[segment];
      delivery.impressions_per_day[at] = shares[segment] * bought;
    }
    if (media.brand.share <= 0.0) continue;
    delivery.brand_shares.push_back(affordable_brand_share(media, day));
  }
  return delivery;
}

std::vector<double> click_factors(const ChannelMarket& market, int refresh_days) {
  std::vector<double> factors = market.click;
  for (std::size_t day = 0; day < factors.size(); ++day) {
    const std::size_t creative =
        refresh_days == 0 ? 0 : day / static_cast<std::size_t>(refresh_days);
    factors[day] *= market.strength[std::min(creative, market.strength.size() - 1)];
  }
  return factors;
}

double mean_brand_share(const MediaTraits& media, std::span<const double> daily_budget) {
  const double scale = reference_scale(media, daily_budget);
  double sum = 0.0;
  for (const double budget : daily_budget) {
    sum += affordable_brand_share(media, mean_day(media, scale * budget));
  }
  return daily_budget.empty() ? 0.0 : sum / static_cast<double>(daily_budget.size());
}

ExpectedMedia expected_media(const MediaTraits& media, std::span<const double> daily_budget) {
  return played_media(media, daily_budget, reference_scale(media, daily_budget));
}

ExpectedMedia played_media(const MediaTraits& media, std::span<const double> daily_budget,
                           double factor) {
  ExpectedMedia expected{.impressions = 0.0,
                         .clicks = 0.0,
                         .impressions_per_day = {},
                         .impression_shares = impression_shares(media)};
  for (const double budget : daily_budget) {
    const MediaDay day = mean_day(media, factor * budget);
    expected.impressions_per_day.push_back(bought_impressions(media, day));
    expected.impressions += expected.impressions_per_day.back();
  }
  expected.clicks = expected.impressions * media.click_rate;
  return expected;
}

RetargetingDelivery deliver(const RetargetingMedia& media, std::span<const double> price_factor,
                            int days) {
  RetargetingDelivery delivery;
  for (std::size_t day = 0; day < static_cast<std::size_t>(days); ++day) {
    const double unit = media.pricing == Pricing::cpc ? 1.0 : 1000.0;
    const double price = media.price * price_factor[day] / unit;
    delivery.price.push_back(price);
    if (media.budget_per_day <= 0.0) continue;
    const double per_impression = media.pricing == Pricing::cpc ? price * media.click_rate : price;
    delivery.affordable_per_day.push_back(media.budget_per_day / per_impression);
  }
  return delivery;
}

}  // namespace flywheel
