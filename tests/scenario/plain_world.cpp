#include "scenario/plain_world.hpp"

namespace flywheel::test {

BaseRateSetting plain_setting() {
  constexpr double clicks = 0.0001 * plain_flight * 10'000;
  const ChannelSetting channel{.clicks = {.click_rate = 0.02,
                                          .reference_frequencies = {1.0, 1.0},
                                          .flight_frequencies = {1.0, 1.0},
                                          .response = {},
                                          .impression_shares = {1.0},
                                          .click_factors = {1.0}},
                               .expected_clicks = clicks,
                               .expected_impressions = clicks / 0.02,
                               .intent_targeting = 1.0,
                               .conversion_rate = 0.05,
                               .mobile_share = 0.7};
  return {.shoppers = 10'000,
          .site = {.bounce_rate = 1.0 - plain_engaged,
                   .view_rate = 0.6,
                   .cart_rate = plain_cart_rate,
                   .checkout_rate = 0.5,
                   .cart_abandonment = 0.7,
                   .desktop_ratio = 1.5,
                   .mobile_share = 0.7},
          .channels = {channel},
          .unpaid = {.organic_visits_per_day = 0.0002,
                     .organic_conversion_rate = plain_order_rate,
                     .return_ratio = 1.5,
                     .referral_conversion_rate = 0.1,
                     .mobile_share = 0.7},
          .retargeting = {.click_rate = 0.02,
                          .affinity_exponent = 1.0,
                          .conversion_uplift = 2.0,
                          .mobile_share = 0.7,
                          .pool = Depth::engaged,
                          .return_given = true,
                          .return_probability = 0.0},
          .window = {.impressions_per_day = 0.0,
                     .window_days = 14,
                     .return_delay_days = 4,
                     .credit = {.click_days = 7, .view_days = 0}},
          .order_delay = {.immediate_share = 1, .immediate_days = 0, .later_days = 0},
          .loadings = {.targeting = 0.3, .click = 0.2, .funnel = 0.5, .organic = 0.8},
          .loading_limit = 2.0,
          .flight_days = plain_flight,
          .horizon_days = 200.0};
}

std::vector<SegmentShare> one_segment() { return {{.share = 1.0, .conversion_log_odds = 0.0}}; }

TraitNodes alike_traits() {
  const Nodes one{{1.0}, {1.0}};
  return {.exposure = one, .affinity = one, .propensity = one};
}

}  // namespace flywheel::test
