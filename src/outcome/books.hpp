#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/days.hpp"
#include "core/money.hpp"
#include "outcome/outcome.hpp"

namespace flywheel {

/// Accounts that are kept by day.
enum class Account : std::uint8_t {
  media,
  revenue,  ///< order values less discounts, before refunds
  discounts,
  refunds,
  goods,
  returned_goods,  ///< goods that returns bring back: a negative cost
  shipping,
  payment_fees,
  messages,
  points,
  rewards,
  service,
  return_handling,
  membership_fees,
  cohort_revenue,  ///< of roots and descendants, whatever the age: for calendar figures
  cohort_refunds,
  cohort_goods,         ///< of the same customers, in `goods`
  cohort_contribution,  ///< within the cohort window: revenue and fees less refunds and costs
  count_,
};

/// The cohort figure's sums: what lies within the cohort window of a root customer and within the
/// horizon.
struct CohortBooks {
  Money gross;         ///< order values less discounts
  Money refunds;       ///< dated within the window
  Money open_refunds;  ///< of the same orders, dated later
  Money costs;  ///< variable costs of its customers, less goods brought back and fees received
};

/// Who paid what when: money of a block, summed over blocks.
struct Books {
  /// Accounts by day 0 ... horizon - 1; what comes later is kept in one more day.
  Books(const DimensionSizes& sizes, int horizon);

  void book(Account account, Days time, Money amount) {
    days[static_cast<std::size_t>(account) * day_count + index(time)] += amount;
  }
  [[nodiscard]] Money on(Account account, std::size_t day) const {
    return days[static_cast<std::size_t>(account) * day_count + day];
  }
  /// Sum over the days of the horizon.
  [[nodiscard]] Money total(Account account) const;
  [[nodiscard]] std::size_t horizon() const { return day_count - 1; }
  void merge(const Books& other);

  std::size_t day_count;
  std::vector<Money> days;                      ///< [account, day]
  std::vector<Money> spend;                     ///< [channel, segment]
  std::vector<Money> brand_spend;               ///< of brand clicks, part of `spend`
  std::vector<Money> tracked_values;            ///< of first orders platforms credit, [channel]
  std::vector<Money> cohort_revenue_by_origin;  ///< net within the window, [channel, segment]
  CohortBooks cohort;
  Money customer_ad_spend;  ///< media of no channel
  Money order_values;       ///< before discounts, all orders

 private:
  [[nodiscard]] std::size_t index(Days time) const {
    const auto last = static_cast<double>(day_count - 1);
    return static_cast<std::size_t>(time < 0.0 ? 0.0 : (time < last ? time : last));
  }
};

}  // namespace flywheel
