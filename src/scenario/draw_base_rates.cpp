#include "scenario/draw_base_rates.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/elementary.hpp"

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

ClickSetting click_setting(const Plan& plan, const ChannelPlan& channel, const DrawnNumbers& drawn,
                           const ExpectedMedia& expected) {
  ClickSetting setting{.click_rate = drawn(channel.click_rate),
                       .view_rate = drawn(channel.view_rate),
                       .sharpness = drawn(channel.sharpness),
                       .affinity_exponent = drawn(channel.affinity_exponent),
                       .retargeting_exponent = drawn(plan.retargeting.affinity_exponent),
                       .reference_frequency = drawn(channel.reference_frequency),
                       .response = {drawn(channel.wear_out), drawn(channel.wear_in)},
                       .impression_shares = expected.impression_shares,
                       .click_factors = {}};
  for (const SegmentPlan& segment : plan.segments) {
    setting.click_factors.push_back(drawn(segment.click_factor));
  }
  return setting;
}

ChannelSetting channel_setting(const Plan& plan, std::size_t number, const DrawnNumbers& drawn,
                               const MediaTraits& media) {
  const ChannelPlan& channel = plan.channels[number];
  const ExpectedMedia expected =
      expected_media(media, static_cast<double>(plan.campaign.flight_days));
  return {.clicks = click_setting(plan, channel, drawn, expected),
          .expected_clicks = expected.clicks,
          .expected_impressions = expected.impressions,
          .intent_targeting = drawn(channel.intent_targeting),
          // A plan with propensities gives no conversion rates.
          .conversion_rate = plan.funnel.model == FunnelModel::steps
                                 ? with_effect(plan, drawn, channel.conversion_rate)
                                 : 0.0,
          .mobile_share = drawn(channel.mobile_share)};
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

RetargetingSetting retargeting_setting(const RetargetingPlan& plan, const DrawnNumbers& drawn) {
  return {.click_rate = drawn(plan.click_rate),
          .affinity_exponent = drawn(plan.affinity_exponent),
          .conversion_uplift = drawn(plan.conversion_uplift),
          .mobile_share = drawn(plan.mobile_share),
          .pool = pool_depth(plan.pool),
          .return_given = plan.return_probability.given,
          .return_probability = drawn(plan.return_probability),
          .incremental_share = drawn(plan.incremental_share)};
}

WindowSetting window_setting(const Plan& plan, const DrawnNumbers& drawn) {
  const RetargetingPlan& retargeting = plan.retargeting;
  const double impressions = drawn(retargeting.impressions_per_day);
  double window = retargeting.window_days;
  if (retargeting.cap_per_window > 0 && impressions > 0.0) {
    window = std::min(window, retargeting.cap_per_window / impressions);
  }
  const bool views_count = plan.attribution.rule == AttributionRule::last_touch;
  return {.clicks_per_day = 0.0,
          .impressions_per_day = impressions,
          .window_days = window,
          .return_delay_days = drawn(retargeting.return_delay_days),
          .anyway_days = 0.0,
          .credit = {.click_days = static_cast<double>(plan.attribution.click_days),
                     .view_days = views_count ? plan.attribution.view_days : 0.0,
                     .first_click = plan.attribution.rule == AttributionRule::first_click}};
}

}  // namespace

Depth pool_depth(const std::string& word) {
  constexpr std::array<std::string_view, 5> words{"click", "engaged", "viewed", "cart", "checkout"};
  const auto found = std::find(words.begin(), words.end(), word);
  expect(found != words.end(), "the retargeting pool begins at a known depth");
  return static_cast<Depth>(found - words.begin());
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
      .mobile_share = drawn(plan.funnel.mobile_share)};
  setting.retargeting = retargeting_setting(plan.retargeting, drawn);
  setting.window = window_setting(plan, drawn);
  setting.loadings = {.targeting = drawn(audience.targeting_loading),
                      .click = drawn(audience.click_loading),
                      .funnel = drawn(audience.funnel_loading),
                      .organic = drawn(audience.organic_loading)};
  setting.loading_limit = drawn(audience.intent_loading_limit);
  setting.incremental_share = drawn(audience.incremental_share);
  const CampaignPlan& campaign = plan.campaign;
  setting.flight_days = campaign.flight_days;
  setting.horizon_days = campaign.flight_days + campaign.conversion_days + campaign.cohort_days;
  return setting;
}

}  // namespace flywheel
