#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "outcome/outcome.hpp"

namespace flywheel {

/// Things that are counted. Sums of whole numbers, so the order of adding does not matter.
enum class Count : std::uint8_t {
  brand_clicks,
  desktop_visits,
  mobile_visits,
  desktop_orders,
  mobile_orders,
  organic_visits,
  engaged,
  session_milliseconds,
  pages,
  carts,
  checkouts,
  visit_orders,
  consents,
  messages,
  messages_delivered,
  messages_opened,
  messages_clicked,
  messages_ordered,
  unsubscribed,
  customer_ad_impressions,
  customer_ad_clicks,
  customer_ad_orders,
  orders,
  repeat_orders,
  offers_issued,
  offer_expansion,
  offer_pulled_forward,
  offer_given_away,
  subscribers,
  renewals,
  members,
  deliveries,
  bad_experiences,
  promoters,
  detractors,
  returns,
  people_put_off,
  reviews,
  stars,
  friends,
  friend_orders,
  cohort_orders,
  root_customers,
  organic_customers,
  referred_customers,
  pool_entries,
  own_returns,
  retargeting_visits,
  retargeting_visit_orders,
  events,
  count_,
};

/// Counts of a block, summed over blocks in their order.
struct Tally {
  explicit Tally(const DimensionSizes& sizes);

  void add(Count what, std::int64_t number = 1) {
    counts[static_cast<std::size_t>(what)] += number;
  }
  [[nodiscard]] std::int64_t of(Count what) const { return counts[static_cast<std::size_t>(what)]; }
  [[nodiscard]] std::size_t cell(std::size_t channel, std::size_t segment) const {
    return channel * segment_count + segment;
  }
  void merge(const Tally& other);

  std::size_t segment_count;
  std::array<std::int64_t, static_cast<std::size_t>(Count::count_)> counts{};
  std::vector<std::int64_t> impressions;     ///< [channel, segment]
  std::vector<std::int64_t> clicks;          ///< [channel, segment]
  std::vector<std::int64_t> first_orders;    ///< [channel, segment]
  std::vector<std::int64_t> tracked_orders;  ///< [channel]
  std::vector<std::int64_t> exposures;       ///< shoppers by impressions, [channel, class]
  std::vector<std::int64_t> flow_messages;   ///< [flow]
  std::vector<std::int64_t> flow_orders;     ///< [flow]
  std::array<std::int64_t, 10> reasons{};
  std::array<std::int64_t, repeat_ages_days.size()> old_enough{};  ///< customers by age
  std::array<std::int64_t, repeat_ages_days.size()> repeated{};    ///< with a second order by then
};

}  // namespace flywheel
