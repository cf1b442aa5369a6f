#include "scenario/draw_media.hpp"

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

/// Clicks a day that all queries of the channel would bring.
double query_stock(const MediaTraits& media) {
  return media.reference_budget / media.price / -portable_log1p(-media.impression_share);
}

/// Price of the day over the mean price, for everybody.
double day_factor(const MediaTraits& media, double budget, double price_factor) {
  if (budget <= 0.0 || media.reference_budget <= 0.0) return price_factor;
  return price_factor * portable_pow(budget / media.reference_budget, media.slope);
}

/// Impressions a day in all segments together, where a CPC channel pays `price` a click.
double bought_queries(const MediaTraits& media, double budget, double price, double demand) {
  const double stock = query_stock(media) * demand;
  if (budget <= 0.0 || stock <= 0.0) return 0.0;
  const double share = 1.0 - portable_exp(-budget / (price * stock));
  return share * stock / media.click_rate;
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
                    .price_factors = {}};
  for (const SegmentPlan& segment : plan.segments) {
    media.price_factors.push_back(drawn(segment.price_factor));
  }
  return media;
}

Delivery deliver(const MediaTraits& media, std::span<const double> daily_budget,
                 std::span<const double> price_factor, std::span<const double> demand) {
  const std::size_t days = daily_budget.size();
  Delivery delivery{.flight_days = days,
                    .impressions_per_day = std::vector<double>(media.segment_shares.size() * days),
                    .price = std::vector<double>(media.segment_shares.size() * days)};
  const bool per_click = media.pricing == Pricing::cpc;
  const double unit = per_click ? 1.0 : 1000.0;
  for (std::size_t day = 0; day < days; ++day) {
    const double budget = daily_budget[day];
    const double price = media.price * day_factor(media, budget, price_factor[day]);
    const double queries = per_click ? bought_queries(media, budget, price, demand[day]) : 0.0;
    for (std::size_t segment = 0; segment < media.segment_shares.size(); ++segment) {
      const double segment_price = price * media.price_factors[segment] / unit;
      const double share = media.segment_shares[segment];
      const std::size_t at = segment * days + day;
      delivery.price[at] = segment_price;
      delivery.impressions_per_day[at] =
          per_click ? share * queries : share * budget / segment_price;
    }
  }
  return delivery;
}

ExpectedMedia expected_media(const MediaTraits& media, double flight_days) {
  ExpectedMedia expected{.impressions = 0.0, .clicks = 0.0, .impression_shares = {}};
  const bool per_click = media.pricing == Pricing::cpc;
  double total = 0.0;
  for (std::size_t segment = 0; segment < media.segment_shares.size(); ++segment) {
    const double bought = per_click ? 1.0 : 1.0 / media.price_factors[segment];
    expected.impression_shares.push_back(media.segment_shares[segment] * bought);
    total += expected.impression_shares.back();
  }
  for (double& share : expected.impression_shares) share /= total;
  const double a_day = per_click ? bought_queries(media, media.reference_budget, media.price, 1.0)
                                 : 1000.0 * media.reference_budget / media.price * total;
  expected.impressions = flight_days * a_day;
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
