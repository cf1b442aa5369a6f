#include "scenario/draw_base_rates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/elementary.hpp"
#include "market/creatives.hpp"
#include "plan/expectation.hpp"

namespace flywheel {

namespace {

constexpr double largest_rate = 0.99;  ///< of a conversion that an effect multiplies

double with_effect(const Plan& plan, const DrawnNumbers& drawn, const Number& rate) {
  return std::min(largest_rate, drawn(rate) * drawn(plan.market.advertiser_effect));
}

double shoppers_of(const Plan& plan) {
  double shoppers = 0.0;
  for (const SegmentPlan& segment : plan.segments) shoppers += segment.size;
  return shoppers;
}

/// Most that organic visits may be multiplied with.
double organic_limit(const OrganicPlan& organic, const DrawnNumbers& drawn) {
  return may_raise_visits(organic) ? drawn(organic.visits_limit) : 1.0;
}

/// Moments, over a flight's impressions, of what was shown before of the same creative.
struct EarlierImpressions {
  double mean{0};
  double mean_square{0};
};

/// What counts as shown before grows within a day as if straight.
EarlierImpressions earlier_impressions(const std::vector<double>& per_day, double memory_days,
                                       int refresh_days) {
  std::vector<double> sums{0.0};
  for (const double impressions : per_day) sums.push_back(sums.back() + impressions);
  const auto until = [&](double time) {
    const auto day = static_cast<std::size_t>(time);
    if (day >= per_day.size()) return sums.back();
    return sums[day] + (time - static_cast<double>(day)) * per_day[day];
  };
  EarlierImpressions sum;
  for (std::size_t day = 0; day < per_day.size(); ++day) {
    const auto begin = static_cast<double>(day);
    const double shown_since =
        refresh_days > 0 ? std::floor(begin / refresh_days) * refresh_days : 0.0;
    const auto before = [&](double time) {
      return until(time) - until(std::max(shown_since, time - memory_days));
    };
    const double first = before(begin);
    const double last = before(begin + 1.0);
    sum.mean += per_day[day] * (first + last) / 2.0;
    sum.mean_square += per_day[day] * (first * first + first * last + last * last) / 3.0;
  }
  if (sums.back() <= 0.0) return {};
  return {sum.mean / sums.back(), sum.mean_square / sums.back()};
}

/// Earlier exposures of the mean shopper as they come over the flight: two values of equal weight
/// with the mean and variance that they have.
std::array<double, 2> flight_frequencies(const Plan& plan, const ChannelPlan& channel,
                                         const DrawnNumbers& drawn, const ExpectedMedia& expected) {
  const double shoppers = shoppers_of(plan);
  const EarlierImpressions earlier =
      earlier_impressions(expected.impressions_per_day, drawn(channel.memory_days),
                          creative_life(drawn(channel.creative.refresh_days)));
  const double spread = std::sqrt(std::max(0.0, earlier.mean_square - earlier.mean * earlier.mean));
  return {std::max(0.0, earlier.mean - spread) / shoppers, (earlier.mean + spread) / shoppers};
}

ClickSetting click_setting(const Plan& plan, const ChannelPlan& channel, const DrawnNumbers& drawn,
                           const ExpectedMedia& expected) {
  const double flight = plan.campaign.flight_days;
  const double per_day = expected.impressions / (shoppers_of(plan) * flight);
  ClickSetting setting{.click_rate = drawn(channel.click_rate),
                       .view_rate = drawn(channel.view_rate),
                       .sharpness = drawn(channel.sharpness),
                       .affinity_exponent = drawn(channel.affinity_exponent),
                       .retargeting_exponent = drawn(plan.retargeting.affinity_exponent),
                       .reference_frequencies = building_up_to(drawn(channel.reference_frequency)),
                       .flight_frequencies = flight_frequencies(plan, channel, drawn, expected),
                       .response = {drawn(channel.wear_out), drawn(channel.wear_in)},
                       .impression_shares = expected.impression_shares,
                       .click_factors = {},
                       .cap = {.impressions = channel.frequency_cap,
                               .rotation_days = static_cast<double>(plan.campaign.rotation_days),
                               .flight_days = flight,
                               .bought_per_day = per_day}};
  for (const SegmentPlan& segment : plan.segments) {
    setting.click_factors.push_back(drawn(segment.click_factor));
  }
  return setting;
}

ChannelSetting channel_setting(const Plan& plan, std::size_t number, const DrawnNumbers& drawn,
                               const MediaTraits& media) {
  const ChannelPlan& channel = plan.channels[number];
  const ExpectedMedia expected = expected_media(media, plan.daily_budget[number]);
  return {.clicks = click_setting(plan, channel, drawn, expected),
          .expected_clicks = expected.clicks,
          .expected_impressions = expected.impressions,
          .intent_targeting = drawn(channel.intent_targeting),
          // A plan with propensities gives no conversion rates.
          .conversion_rate = plan.funnel.model == FunnelModel::steps
                                 ? with_effect(plan, drawn, channel.conversion_rate)
                                 : 0.0,
          .mobile_share = drawn(channel.mobile_share),
          .pays_per_click = media.pricing == Pricing::cpc};
}

SiteRates site_rates(const FunnelPlan& funnel, const DrawnNumbers& drawn) {
  return {.bounce_rate = drawn(funnel.bounce_rate),
          .view_rate = drawn(funnel.view_rate),
          .cart_rate = drawn(funnel.cart_rate),
          .checkout_rate = drawn(funnel.checkout_rate),
          .cart_abandonment = drawn(funnel.cart_abandonment),
          .desktop_ratio = drawn(funnel.desktop_ratio),
          .mobile_share = drawn(funnel.mobile_share)};
}

/// Impressions a day that retargeting's budget buys at the mean price; 0: unlimited. Without
/// retargeting as if without limit: how likely people come back unasked is theirs, and does not
/// change with what is bought.
double affordable_per_day(const Plan& plan, const DrawnNumbers& drawn) {
  const RetargetingPlan& retargeting = plan.retargeting;
  if (!std::isfinite(retargeting.budget) || retargeting.enabled == 0) return 0.0;
  const int days = plan.campaign.flight_days +
                   (retargeting.continues_after_flight != 0 ? plan.campaign.conversion_days : 0);
  const double bought = retargeting.budget / (std::max(1, days) * drawn(retargeting.price));
  return retargeting.pricing == Pricing::cpm ? 1000.0 * bought
                                             : bought / drawn(retargeting.click_rate);
}

RetargetingSetting retargeting_setting(const Plan& plan, const DrawnNumbers& drawn) {
  const RetargetingPlan& retargeting = plan.retargeting;
  return {.enabled = retargeting.enabled != 0 && retargeting.budget > 0.0,
          .click_rate = drawn(retargeting.click_rate),
          .affinity_exponent = drawn(retargeting.affinity_exponent),
          .conversion_uplift = drawn(retargeting.conversion_uplift),
          .mobile_share = drawn(retargeting.mobile_share),
          .pool = pool_depth(retargeting.pool),
          .pools = draw_pools(retargeting, drawn),
          .return_given = retargeting.return_probability.given,
          .return_probability = drawn(retargeting.return_probability),
          .incremental_share = drawn(retargeting.incremental_share),
          .return_limit = drawn(retargeting.return_limit),
          .affordable_per_day = affordable_per_day(plan, drawn),
          .cap_per_window = static_cast<double>(retargeting.cap_per_window)};
}

WindowSetting window_setting(const Plan& plan, const DrawnNumbers& drawn) {
  const RetargetingPlan& retargeting = plan.retargeting;
  const AttributionPlan& attribution = plan.attribution;
  const bool views_count = attribution.rule == AttributionRule::last_touch;
  // Credit ends with the campaign's conversion window, however long the rule looks back.
  const int longest = plan.campaign.conversion_days;
  return {.clicks_per_day = 0.0,
          .impressions_per_day = drawn(retargeting.impressions_per_day),
          .window_days = static_cast<double>(retargeting.window_days),
          .return_delay_days = drawn(retargeting.return_delay_days),
          .anyway_days = 0.0,
          .credit = {
              .click_days = static_cast<double>(std::min(attribution.click_days, longest)),
              .view_days =
                  views_count ? static_cast<double>(std::min(attribution.view_days, longest)) : 0.0,
              .first_click = attribution.rule == AttributionRule::first_click}};
}

/// Of the first channel with brand ads, which is the one whose ads are passed.
double brand_share_of(const Plan& plan, const std::vector<MediaTraits>& media) {
  const auto found = std::find_if(media.begin(), media.end(), [](const MediaTraits& channel) {
    return channel.brand.share > 0.0;
  });
  if (found == media.end()) return 0.0;
  return mean_brand_share(*found,
                          plan.daily_budget[static_cast<std::size_t>(found - media.begin())]);
}

}  // namespace

Depth pool_depth(const std::string& word) {
  constexpr std::array<std::string_view, 5> words{"click", "engaged", "viewed", "cart", "checkout"};
  const auto* const found = std::find(words.begin(), words.end(), word);
  expect(found != words.end(), "the retargeting pool begins at a known depth");
  return static_cast<Depth>(found - words.begin());
}

std::array<PoolTraits, leaver_pool_count> draw_pools(const RetargetingPlan& plan,
                                                     const DrawnNumbers& drawn) {
  std::array<PoolTraits, leaver_pool_count> pools;
  for (std::size_t pool = 0; pool < leaver_pool_count; ++pool) {
    pools[pool] = {.impressions = drawn(plan.pool_impressions[pool]),
                   .clicks = drawn(plan.pool_clicks[pool]),
                   .conversion_odds = drawn(plan.pool_conversion_odds[pool])};
  }
  return pools;
}

std::vector<SegmentShare> segment_shares(const Plan& plan, const DrawnNumbers& drawn) {
  std::vector<SegmentShare> shares;
  const double shoppers = shoppers_of(plan);
  for (const SegmentPlan& segment : plan.segments) {
    shares.push_back({segment.size / shoppers, portable_log(drawn(segment.conversion_odds))});
  }
  return shares;
}

BaseRateSetting draw_base_rate_setting(const Plan& plan, const DrawnNumbers& drawn,
                                       const std::vector<MediaTraits>& media) {
  const AudiencePlan& audience = plan.audience;
  BaseRateSetting setting;
  setting.shoppers = shoppers_of(plan);
  setting.uses_steps = plan.funnel.model == FunnelModel::steps;
  setting.has_intent = audience.intent != 0;
  if (setting.uses_steps) {
    setting.site = site_rates(plan.funnel, drawn);
  } else {
    setting.mean_propensity = with_effect(plan, drawn, plan.funnel.propensity_mean);
  }
  for (std::size_t channel = 0; channel < plan.channels.size(); ++channel) {
    setting.channels.push_back(channel_setting(plan, channel, drawn, media[channel]));
  }
  setting.unpaid = {
      .organic_visits_per_day = drawn(plan.organic.visits_per_day) / 1000.0,
      .organic_conversion_rate = with_effect(plan, drawn, plan.organic.conversion_rate),
      .return_ratio = drawn(plan.funnel.return_ratio),
      .referral_conversion_rate = with_effect(plan, drawn, plan.referral.conversion_rate),
      .mobile_share = drawn(plan.funnel.mobile_share),
      .friends_return = plan.referral.retarget_friends != 0};
  setting.retargeting = retargeting_setting(plan, drawn);
  setting.window = window_setting(plan, drawn);
  setting.brand_share = brand_share_of(plan, media);
  setting.order_delay = {.immediate_share = drawn(plan.funnel.immediate_share),
                         .immediate_days = drawn(plan.funnel.immediate_delay_days),
                         .later_days = drawn(plan.funnel.later_delay_days)};
  setting.loadings = {.targeting = drawn(audience.targeting_loading),
                      .click = drawn(audience.click_loading),
                      .funnel = drawn(audience.funnel_loading),
                      .organic = drawn(audience.organic_loading)};
  setting.loading_limit = drawn(audience.intent_loading_limit);
  setting.organic_limit = organic_limit(plan.organic, drawn);
  setting.incremental_share = drawn(audience.incremental_share);
  const CampaignPlan& campaign = plan.campaign;
  setting.flight_days = campaign.flight_days;
  setting.horizon_days = campaign.flight_days + campaign.conversion_days + campaign.cohort_days;
  return setting;
}

CampaignSettings draw_campaign_settings(const PlayedPlan& played, const DrawnNumbers& drawn,
                                        const std::vector<MediaTraits>& media) {
  const Plan& plan = played.plan;
  CampaignSettings settings{.reference = draw_base_rate_setting(plan, drawn, media), .played = {}};
  settings.played = settings.reference;
  for (std::size_t channel = 0; channel < plan.channels.size(); ++channel) {
    const ExpectedMedia expected =
        played_media(media[channel], plan.daily_budget[channel], played.media_factor);
    ChannelSetting& one = settings.played.channels[channel];
    if (one.expected_impressions > 0.0 && expected.impressions > 0.0) {
      one.clicks.volume = expected.impressions / one.expected_impressions;
    }
    one.expected_clicks = expected.clicks;
    one.expected_impressions = expected.impressions;
    one.clicks.flight_frequencies =
        flight_frequencies(plan, plan.channels[channel], drawn, expected);
  }
  settings.played.retargeting.affordable_per_day *= played.media_factor;  // 0 stays unlimited
  return settings;
}

}  // namespace flywheel
