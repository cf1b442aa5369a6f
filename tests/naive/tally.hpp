#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "naive/shopper.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

enum class NaiveAccount : std::uint8_t {
  revenue,  ///< order values less discounts
  refund,
  goods,
  resale,  ///< goods that returns bring back
  shipping,
  payment_fee,
  message,
  loyalty,
  reward,
  service,
  return_handling,
  membership,
};
inline constexpr std::size_t naive_account_count = 12;
using NaiveSums = std::array<double, naive_account_count>;

/// +1 for income, -1 for cost.
[[nodiscard]] double sign_of(NaiveAccount account);
[[nodiscard]] double sum_of(const NaiveSums& sums, NaiveAccount account);

/// One figure by channel (retargeting behind the last one) and segment.
struct NaiveGrid {
  std::size_t segments{0};
  std::vector<double> values;

  double& at(int channel, int segment) {
    return values[static_cast<std::size_t>(channel) * segments + static_cast<std::size_t>(segment)];
  }
  [[nodiscard]] double of_channel(std::size_t channel) const;
  [[nodiscard]] double total() const;
};

struct NaiveReview {
  double time{0};
  double stars{0};
};

/// A customer won.
struct NaiveWin {
  double time{0};
  int segment{0};
};

/// A first order that platforms see.
struct NaiveTracked {
  double time{0};
  int channel{0};
  int segment{0};
  double net_value{0};
};

/// Everything counted in one replication; names as those of the columns.
struct NaiveTally {
  explicit NaiveTally(const Scenario& scenario);

  NaiveGrid impressions, clicks, ad_spend, spend, first_orders, click_orders, cohort_revenue;
  std::vector<double> tracked_orders;
  double tracked_value{0}, brand_clicks{0}, clicks_without_visit{0};

  std::array<double, 6> visits_by_end{};  ///< by Depth reached
  std::array<double, 2> visits_by_device{}, visit_orders_by_device{};
  std::array<std::array<double, 6>, 2> ends_by_device{};  ///< [device], by Depth reached
  std::array<double, 2> seconds_by_device{};              ///< of engaged visits
  std::vector<double> visits_by_source, visit_orders_by_source;
  std::array<double, 5> organic_by_label{};
  double view_visits{0};  ///< among those of channels
  double pages{0};
  std::array<double, reason_count> reasons{};

  double customer_ad_impressions{0}, customer_ad_clicks{0}, customer_ad_orders{0};
  double customer_ad_spend{0};  ///< of no channel

  double consents{0}, delivered{0}, opened{0}, clicked{0}, unsubscribed{0};
  std::vector<double> messages_by_flow, orders_by_flow;
  std::vector<double> delivered_by_flow, opened_by_flow, clicked_by_flow, unsubscribed_by_flow;

  double orders{0}, repeat_orders{0}, order_value{0};
  double offers_issued{0}, offer_expansion{0}, offer_pulled_forward{0}, offer_given_away{0};
  double subscribers{0}, renewals{0}, members{0};

  double deliveries{0}, promoters{0}, detractors{0}, bad_experiences{0}, returns{0};
  std::vector<double> put_off;  ///< by segment
  double reviews{0}, stars{0}, friends{0}, friends_with_order{0};
  double root_customers{0}, organic_customers{0}, referred_customers{0};
  std::array<double, 3> pool_entries{};  ///< by where the visit ended
  std::array<double, 3> pool_visits{};   ///< retargeted visits, by pool
  std::array<double, 3> pool_orders{};   ///< of them
  std::int64_t events{0};

  double discounts{0};
  NaiveSums all{};     ///< of everybody, by the horizon
  NaiveSums cohort{};  ///< within the windows of the roots
  double cohort_open_refunds{0}, cohort_orders{0};
  std::vector<double> media_by_day, cash_by_day, goods_by_day;
  /// What the loops learn from, each with its time, in no order.
  std::vector<NaiveReview> written;
  std::vector<double> contact_times;
  std::vector<NaiveWin> wins;
  std::vector<NaiveTracked> tracked;
  /// By rotation of the event (docs/model.md 8.7).
  std::vector<double> engaged_paid, engaged_earned, acquired_paid, acquired_earned;
  std::vector<double> nurtured, retained, advocates, friends_by_rotation, media_by_rotation;
  std::vector<double> message_cost_by_rotation, incentives_by_rotation, rewards_by_rotation;
  std::vector<double> orders_by_rotation, visits_by_rotation, ad_visits_by_rotation;
  /// Money paid for ads of all kinds.
  [[nodiscard]] double media() const { return spend.total() + customer_ad_spend; }
  std::vector<double> root_revenue_by_day;         ///< net, roots and descendants at any age
  std::vector<double> cohort_contribution_by_day;  ///< before media, within the windows
};

/// Counts something of this time in its rotation, if that is one of the horizon.
void count_by_rotation(std::vector<double>& by_rotation, const Scenario& scenario, double time,
                       double amount = 1.0);

/// Money of one kind that a person causes at a time.
struct NaiveEntry {
  NaiveAccount account{};
  double time{0};
  double amount{0};
};

/// Books what a person causes: to the totals, the cash path and, if there is a root, the cohort.
void book(NaiveTally& tally, const Scenario& scenario, const std::optional<NaiveRoot>& root,
          const NaiveEntry& entry);

/// Books an ad cost of a channel and segment.
void book_media(NaiveTally& tally, const Scenario& scenario, int channel, int segment,
                const NaiveEntry& entry);

/// Books an ad cost of no channel.
void book_customer_ad(NaiveTally& tally, const Scenario& scenario, double time, double price);

/// Puts an amount (negative: paid) into the cash position of the day, if it is one of the horizon.
void book_cash(NaiveTally& tally, double time, double amount);

[[nodiscard]] inline bool is_in_cohort(const Scenario& scenario,
                                       const std::optional<NaiveRoot>& root, double time) {
  return root && time < root->first_order_time + scenario.calendar.cohort_days;
}

}  // namespace flywheel::test
