#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "outcome/outcome.hpp"

namespace flywheel {

/// Things that are counted. Sums of whole numbers, so the order of adding does not matter.
enum class Count : std::uint8_t {
  brand_clicks,
  organic_visits,
  pages,
  consents,
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
  contacts,
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
  own_returns,
  events,
  count_,
};

/// How far visits came, each step by all who came so far, and how long the engaged ones stayed.
struct VisitSteps {
  std::int64_t visits{0};
  std::int64_t engaged{0};
  std::int64_t carts{0};
  std::int64_t checkouts{0};
  std::int64_t orders{0};
  std::int64_t milliseconds{0};

  VisitSteps& operator+=(const VisitSteps& other);
};

/// Visits of one half of a test, and those of them in which an order was decided.
struct TestHalf {
  std::int64_t visits{0};
  std::int64_t orders{0};
};

/// What the halves of a test did.
struct TestHalves {
  TestHalf without;
  TestHalf with;  ///< the idea

  TestHalves& operator+=(const TestHalves& other);
};

/// The customer's life in one rotation, by the time of what happens (docs/model.md 8.7).
struct LifeStages {
  std::int64_t visits_paid{0};
  std::int64_t visits_earned{0};
  std::int64_t engaged_paid{0};
  std::int64_t engaged_earned{0};
  std::int64_t acquired_paid{0};
  std::int64_t acquired_earned{0};
  std::int64_t nurtured{0};
  std::int64_t retained{0};
  std::int64_t advocates{0};  ///< answers of promoters
  std::int64_t friends{0};    ///< who came

  LifeStages& operator+=(const LifeStages& other);
};

/// What became of messages.
struct MessageSteps {
  std::int64_t sent{0};
  std::int64_t delivered{0};
  std::int64_t opened{0};
  std::int64_t clicked{0};
  std::int64_t ordered{0};
  std::int64_t unsubscribed{0};

  MessageSteps& operator+=(const MessageSteps& other);
};

/// Test by test; the longer list counts.
[[nodiscard]] std::vector<TestHalves> sum_of(std::vector<TestHalves> sum,
                                             const std::vector<TestHalves>& part);

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
  /// Where the exposure classes of a channel in a segment begin.
  [[nodiscard]] std::size_t classes(std::size_t channel, std::size_t segment) const {
    return cell(channel, segment) * exposure_class_count;
  }
  /// Of both devices.
  [[nodiscard]] VisitSteps all_visits() const;
  /// Of all flows.
  [[nodiscard]] MessageSteps all_messages() const;
  void merge(const Tally& other);

  std::size_t segment_count;
  std::array<std::int64_t, static_cast<std::size_t>(Count::count_)> counts{};
  std::array<VisitSteps, 2> visits{};        ///< desktop, mobile
  std::vector<std::int64_t> impressions;     ///< [channel, segment]
  std::vector<std::int64_t> clicks;          ///< [channel, segment]
  std::vector<std::int64_t> first_orders;    ///< [channel, segment]
  std::vector<std::int64_t> click_orders;    ///< of these, credited to a click in `clicks`
  std::vector<std::int64_t> tracked_orders;  ///< [channel]
  std::vector<std::int64_t> customers;       ///< won, [segment]
  std::vector<std::int64_t> exposures;       ///< shoppers by impressions, [channel, segment, class]
  std::vector<MessageSteps> messages;        ///< [flow]
  std::vector<TestHalves> tests;             ///< by number, as many as have begun
  std::vector<LifeStages> life;              ///< [rotation]
  std::array<std::int64_t, 10> reasons{};
  std::array<std::int64_t, leaver_pool_count> pool_entries{};      ///< windows opened
  std::array<std::int64_t, leaver_pool_count> pool_visits{};       ///< retargeted visits
  std::array<std::int64_t, leaver_pool_count> pool_orders{};       ///< of them
  std::array<std::int64_t, repeat_ages_days.size()> old_enough{};  ///< customers by age
  std::array<std::int64_t, repeat_ages_days.size()> repeated{};    ///< with a second order by then
};

}  // namespace flywheel
