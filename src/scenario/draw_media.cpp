#include "scenario/draw_media.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "core/check.hpp"
#include "core/elementary.hpp"

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

double reference_budget(const ChannelPlan& channel, const std::vector<double>& daily_budget) {
  if (channel.reference_daily_budget > 0.0) return channel.reference_daily_budget;
  if (daily_budget.empty()) return 0.0;
  return std::accumulate(daily_budget.begin(), daily_budget.end(), 0.0) /
         static_cast<double>(daily_budget.size());
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

/// Clicks a day of a CPC channel in all segments together, of the `wanted` that money could pay.
double bought_clicks(const MediaTraits& media, double wanted, double stock_factor) {
  const double share = media.impression_share;
  const double stock = media.reference_budget / media.price / share * stock_factor;
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

/// Impressions of a day over the share of a segment in the budget and its price factor (CPM).
double bought_impressions(const MediaTraits& media, const MediaDay& day) {
  const double brand = std::min(brand_cost(media, day), media.brand.budget_limit * day.budget);
  const double left = day.budget - brand;
  if (!is_per_click(media)) return left / day.price;
  const double price =
      day.price * std::inner_product(media.segment_shares.begin(), media.segment_shares.end(),
                                     media.price_factors.begin(), 0.0);
  const double clicks = bought_clicks(media, left / price, day.demand * day.clicks);
  return clicks > 0.0 ? clicks / (media.click_rate * day.clicks) : 0.0;
}

/// Money per impression or click, from the price that plans give.
double per_unit(const MediaTraits& media) { return is_per_click(media) ? 1.0 : 1e-3; }

/// A day with the reference budget in the mean market.
MediaDay reference_day(const MediaTraits& media) {
  return {.budget = media.reference_budget, .price = per_unit(media) * media.price};
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
                    .brand = brand_ads(plan, one, drawn)};
  for (const SegmentPlan& segment : plan.segments) {
    media.price_factors.push_back(drawn(segment.price_factor));
  }
  return media;
}

Delivery deliver(const MediaTraits& media, const MediaDays& days) {
  const std::size_t flight = days.budget.size();
  const std::size_t segments = media.segment_shares.size();
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
      const double share = media.segment_shares[segment];
      const double factor = media.price_factors[segment];
      const std::size_t at = segment * flight + number;
      delivery.price[at] = day.price * factor;
      delivery.impressions_per_day[at] = share * bought / (is_per_click(media) ? 1.0 : factor);
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

double mean_brand_share(const MediaTraits& media) {
  return affordable_brand_share(media, reference_day(media));
}

ExpectedMedia expected_media(const MediaTraits& media, double flight_days) {
  ExpectedMedia expected{.impressions = 0.0, .clicks = 0.0, .impression_shares = {}};
  double total = 0.0;
  for (std::size_t segment = 0; segment < media.segment_shares.size(); ++segment) {
    const double bought = is_per_click(media) ? 1.0 : 1.0 / media.price_factors[segment];
    expected.impression_shares.push_back(media.segment_shares[segment] * bought);
    total += expected.impression_shares.back();
  }
  for (double& share : expected.impression_shares) share /= total;
  expected.impressions = flight_days * total * bought_impressions(media, reference_day(media));
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
