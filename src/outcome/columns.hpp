#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace flywheel {

/// Axes of result columns beside the replication.
enum class Dimension : std::uint8_t {
  none,
  channel,  ///< prospecting channels in the plan's order, then retargeting
  segment,
  device,     ///< desktop, mobile
  reason,     ///< why checkouts fail
  exposures,  ///< 0, 1, ..., 9, 10 and more impressions per shopper
  flow,       ///< message flows in the plan's order
  age,        ///< repeat purchase within 30, 60, 90, 180, 365 days
  rotation,   ///< by their first days
  source,     ///< where visits that cost no media come from: direct, search, content, social, ...
  pool,       ///< of retargeting: who left browsing, in the cart, at checkout
};

/// The six stages of the flywheel and what spans them; columns are shown under these headings.
enum class Stage : std::uint8_t {
  headline,
  advertising,
  landing,
  post_purchase,
  reorder,
  advocacy,
  retargeting,
  loops,
  money,
  base_rates,  ///< what the plan's targets made of the futures, not what happened in them
};

/// Every figure reported for a replication. The order is that of the result file.
enum class Column : std::uint16_t {
  cohort_roas_180,
  cohort_roas_180_gross,
  cohort_roas_180_open,
  media_spend,
  contribution,
  cohort_contribution,
  contribution_roas,
  break_even_roas,
  blended_roas,
  calendar_roas,
  platform_roas,
  customer_acquisition_cost,
  lifetime_value,
  ltv_to_cac,
  payback_day,
  deepest_cash,
  deepest_cash_day,
  root_customers,
  organic_customers,
  referred_customers,
  impressions,
  clicks,
  click_rate,
  cost_per_click,
  cost_per_mille,
  click_conversion_rate,
  impressions_by_channel,
  clicks_by_channel,
  spend_by_channel,
  reach_by_channel,
  frequency_by_channel,
  first_orders_by_channel,
  tracked_orders_by_channel,
  exposure_share_by_channel,
  reach_by_channel_segment,
  frequency_by_channel_segment,
  exposure_share_by_channel_segment,
  impressions_by_channel_segment,
  clicks_by_channel_segment,
  spend_by_channel_segment,
  first_orders_by_channel_segment,
  cohort_revenue_by_channel_segment,
  click_rate_by_channel,
  cost_per_click_by_channel,
  cost_per_mille_by_channel,
  click_conversion_rate_by_channel,
  customer_acquisition_cost_by_channel,
  click_rate_by_channel_segment,
  cost_per_click_by_channel_segment,
  cost_per_mille_by_channel_segment,
  click_conversion_rate_by_channel_segment,
  customer_acquisition_cost_by_channel_segment,
  brand_clicks,
  visits,
  organic_visits,
  organic_visits_by_source,
  bounce_rate,
  session_seconds,
  pages_per_session,
  cart_rate,
  cart_abandonment,
  checkout_abandonment,
  conversion_rate,
  visits_by_device,
  conversion_rate_by_device,
  bounce_rate_by_device,
  session_seconds_by_device,
  cart_abandonment_by_device,
  checkout_abandonment_by_device,
  abandonments_by_reason,
  consents,
  messages,
  delivery_rate,
  open_rate,
  message_click_rate,
  message_order_rate,
  unsubscribe_rate,
  messages_by_flow,
  orders_by_flow,
  delivery_rate_by_flow,
  open_rate_by_flow,
  message_click_rate_by_flow,
  message_order_rate_by_flow,
  unsubscribe_rate_by_flow,
  customer_ad_impressions,
  customer_ad_clicks,
  customer_ad_orders,
  customer_ad_spend,
  orders,
  repeat_orders,
  repeat_rate_by_age,
  average_order_value,
  offers_issued,
  offer_orders,
  offer_expansion,
  offer_pulled_forward,
  offer_given_away,
  subscribers,
  renewals,
  members,
  net_promoter_score,
  people_put_off,
  bad_experience_rate,
  return_rate,
  reviews,
  mean_stars,
  displayed_rating,
  friends,
  referral_conversion_rate,
  referred_per_customer,
  reproduction_number,
  reproduction_number_180,
  largest_reproduction_number,
  pool_entries,
  pool_entries_by_pool,
  own_returns,
  retargeting_impressions,
  retargeting_clicks,
  retargeting_orders,
  retargeting_conversion_rate,
  retargeting_visits_by_pool,
  retargeting_conversion_rate_by_pool,
  page_tests,
  page_test_wins,
  page_test_false_wins,
  page_test_observed_lift,
  page_test_true_lift,
  service_contacts,
  rating,
  conversion_effect,
  organic_factor,
  bad_factor,
  price_index,
  unit_cost,
  sellers,
  selection,
  availability,
  organic_share,
  sharpness_by_channel,
  budget_share_by_channel_segment,
  engaged_paid,
  engaged_earned,
  acquired_paid,
  acquired_earned,
  nurtured,
  retained,
  advocates,
  friends_by_rotation,
  media_by_rotation,
  message_cost_by_rotation,
  incentives_by_rotation,
  rewards_by_rotation,
  acquire_rate,
  nurture_rate,
  retain_rate,
  advocate_rate,
  friend_rate,
  engagement_per_media,
  cost_per_customer,
  gross_revenue,
  discounts,
  refunds,
  goods_cost,
  shipping_cost,
  payment_fees,
  message_cost,
  loyalty_cost,
  referral_rewards,
  service_cost,
  return_cost,
  overhead_cost,
  membership_fees,
  cohort_gross_revenue,
  cohort_refunds,
  cohort_open_refunds,
  cohort_orders,
  incremental_share,
  incremental_share_missed,
  retargeting_incremental_share,
  retargeting_share_missed,
  base_rates_missed,
  count_,
};

inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::count_);

/// Bounds of what was published; equal ones mean there is nothing.
struct PublishedBounds {
  double low{0};
  double high{0};
};

/// A published range beside which a figure is shown, of a figure defined in the same way; without a
/// source there is none. A column of one dimension has a range for each of its entries.
struct Benchmark {
  double low{0};
  double high{0};
  std::string_view source;
  std::span<const PublishedBounds> by_entry{};

  [[nodiscard]] constexpr bool is_one_range() const { return low != high; }
};

/// What a column is. Counts and money are stored as doubles and are exact below 2^53 units.
struct ColumnSpec {
  Column column;
  std::string_view name;
  std::string_view unit;  ///< CF unit: "1" for counts and ratios, "currency", "day", "s"
  std::array<Dimension, 3> dimensions;  ///< slowest first; `none` where there are fewer
  Stage stage;
  std::string_view long_name;
  std::string_view description;  ///< the definition
  Benchmark benchmark{};
};

/// All columns, in the order of Column.
[[nodiscard]] std::span<const ColumnSpec, column_count> column_specs();

[[nodiscard]] const ColumnSpec& spec_of(Column column);

}  // namespace flywheel
