#include "ledger/figures.hpp"

#include <algorithm>
#include <limits>

#include "ledger/paths.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double over(double part, double whole) { return whole != 0.0 ? part / whole : not_a_number; }
double over(Money part, Money whole) { return over(part.in_units(), whole.in_units()); }

/// Sum of a [channel, segment] table along segments, by channel.
template <class Value>
std::vector<Value> by_channel(const std::vector<Value>& table, std::size_t segments) {
  std::vector<Value> sums(table.size() / segments);
  for (std::size_t i = 0; i < table.size(); ++i) sums[i / segments] += table[i];
  return sums;
}

/// Writes one replication's row, heading by heading.
class RowWriter {
 public:
  RowWriter(const OutcomeLayout& layout, const Accounts& accounts)
      : layout_{&layout},
        accounts_{&accounts},
        tally_{*accounts.tally},
        books_{*accounts.books},
        row_(layout.row_size(), not_a_number) {}

  std::vector<double> write() {
    write_money();
    write_headline();
    write_advertising();
    write_channels();
    write_landing();
    write_programmes();
    write_advocacy();
    write_retargeting();
    return std::move(row_);
  }

 private:
  void set(Column column, double value) { row_[layout_->offset(column)] = value; }
  void set(Column column, Money value) { set(column, value.in_units()); }
  void set(Column column, std::size_t first, double value) {
    row_[layout_->offset(column, first)] = value;
  }
  template <class Values>
  void set_all(Column column, const Values& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      row_[layout_->offset(column) + i] = as_double(values[i]);
    }
  }
  static double as_double(Money value) { return value.in_units(); }
  static double as_double(std::int64_t value) { return static_cast<double>(value); }

  [[nodiscard]] double count(Count what) const { return static_cast<double>(tally_.of(what)); }
  [[nodiscard]] Money total(Account account) const { return books_.total(account); }
  [[nodiscard]] Money media() const { return total(Account::media); }

  void write_money() {
    set(Column::gross_revenue, total(Account::revenue));
    set(Column::discounts, total(Account::discounts));
    set(Column::refunds, total(Account::refunds));
    set(Column::goods_cost, total(Account::goods) + total(Account::returned_goods));
    set(Column::shipping_cost, total(Account::shipping));
    set(Column::payment_fees, total(Account::payment_fees));
    set(Column::message_cost, total(Account::messages));
    set(Column::loyalty_cost, total(Account::points));
    set(Column::referral_rewards, total(Account::rewards));
    set(Column::service_cost, total(Account::service));
    set(Column::return_cost, total(Account::return_handling));
    set(Column::overhead_cost, sum_of_days(overhead));
    set(Column::membership_fees, total(Account::membership_fees));
    set(Column::cohort_gross_revenue, books_.cohort.gross);
    set(Column::cohort_refunds, books_.cohort.refunds);
    set(Column::cohort_open_refunds, books_.cohort.open_refunds);
    set(Column::cohort_orders, count(Count::cohort_orders));
  }

  using DailyCost = Money (*)(const Books&, const LedgerTraits&, std::size_t);
  [[nodiscard]] Money sum_of_days(DailyCost cost) const {
    Money sum;
    for (std::size_t day = 0; day < books_.horizon(); ++day) {
      sum += cost(books_, accounts_->terms, day);
    }
    return sum;
  }

  [[nodiscard]] Money contribution() const {
    Money sum = total(Account::revenue) + total(Account::membership_fees);
    for (const Account cost :
         {Account::refunds, Account::goods, Account::returned_goods, Account::shipping,
          Account::payment_fees, Account::messages, Account::points, Account::rewards,
          Account::service, Account::return_handling, Account::media}) {
      sum -= total(cost);
    }
    return sum - sum_of_days(overhead);
  }

  void write_headline() {
    const CohortBooks& cohort = books_.cohort;
    const Money net = cohort.gross - cohort.refunds;
    const Money earned = net - cohort.costs;
    const Money advertising = media() + sum_of_days(agency_fee);
    const Money all = total(Account::revenue) - total(Account::refunds);
    const Money line = total(Account::cohort_revenue) - total(Account::cohort_refunds);
    const double roots = count(Count::root_customers);
    set(Column::cohort_roas_180, over(net, media()));
    set(Column::cohort_roas_180_gross, over(cohort.gross, media()));
    set(Column::cohort_roas_180_open, over(net - cohort.open_refunds, media()));
    set(Column::media_spend, media());
    set(Column::contribution, contribution());
    set(Column::cohort_contribution, earned - advertising);
    set(Column::contribution_roas, over(earned, media()));
    set(Column::break_even_roas, (1.0 + accounts_->terms.agency_share) * over(net, earned));
    set(Column::blended_roas, over(all, media()));
    set(Column::calendar_roas, over(line, media()));
    set(Column::platform_roas, over(books_.tracked_first_orders, media()));
    set(Column::customer_acquisition_cost, over(media().in_units(), roots));
    set(Column::lifetime_value, over(earned.in_units(), roots));
    set(Column::ltv_to_cac, over(earned, advertising));
    set(Column::payback_day, payback_day(books_, accounts_->terms));
    set(Column::root_customers, roots);
    set(Column::organic_customers, count(Count::organic_customers));
    set(Column::referred_customers, count(Count::referred_customers));
    write_cash();
  }

  void write_cash() {
    const std::vector<Money> cash = cash_path(books_, accounts_->terms);
    const auto deepest = std::min_element(cash.begin(), cash.end());
    set(Column::deepest_cash, *deepest);
    set(Column::deepest_cash_day, static_cast<double>(deepest - cash.begin()));
  }

  void write_advertising() {
    const std::size_t segments = tally_.segment_count;
    std::int64_t impressions = 0;
    std::int64_t clicks = 0;
    for (const std::int64_t part : tally_.impressions) impressions += part;
    for (const std::int64_t part : tally_.clicks) clicks += part;
    const auto shown = static_cast<double>(impressions);
    const auto clicked = static_cast<double>(clicks);
    const Money apart = books_.brand_spend + books_.customer_ad_spend;
    const double spend = (media() - apart).in_units();
    set(Column::impressions, shown);
    set(Column::clicks, clicked);
    set(Column::click_rate, over(clicked, shown));
    set(Column::cost_per_click, over(spend, clicked));
    set(Column::cost_per_mille, 1000.0 * over(spend, shown));
    set(Column::click_conversion_rate, over(count(Count::root_customers), clicked));
    set_all(Column::impressions_by_channel, by_channel(tally_.impressions, segments));
    set_all(Column::clicks_by_channel, by_channel(tally_.clicks, segments));
    set_all(Column::spend_by_channel, by_channel(books_.spend, segments));
    set_all(Column::first_orders_by_channel, by_channel(tally_.first_orders, segments));
    set_all(Column::tracked_orders_by_channel, tally_.tracked_orders);
    set_all(Column::impressions_by_channel_segment, tally_.impressions);
    set_all(Column::clicks_by_channel_segment, tally_.clicks);
    set_all(Column::spend_by_channel_segment, books_.spend);
    set_all(Column::first_orders_by_channel_segment, tally_.first_orders);
    set_all(Column::cohort_revenue_by_channel_segment, books_.cohort_revenue_by_origin);
    set(Column::brand_clicks, count(Count::brand_clicks));
  }

  /// Reach and frequency; retargeting has no audience of its own.
  void write_channels() {
    const auto impressions = by_channel(tally_.impressions, tally_.segment_count);
    for (std::size_t channel = 0; channel + 1 < impressions.size(); ++channel) {
      const std::int64_t* classes = tally_.exposures.data() + channel * exposure_class_count;
      const double reach = accounts_->shoppers - static_cast<double>(classes[0]);
      set(Column::reach_by_channel, channel, reach);
      set(Column::frequency_by_channel, channel,
          over(static_cast<double>(impressions[channel]), reach));
      for (std::size_t k = 0; k < exposure_class_count; ++k) {
        row_[layout_->offset(Column::exposure_share_by_channel, channel, k)] =
            static_cast<double>(classes[k]) / accounts_->shoppers;
      }
    }
  }

  void write_landing() {
    const double desktop = count(Count::desktop_visits);
    const double mobile = count(Count::mobile_visits);
    const double visits = desktop + mobile;
    const double engaged = count(Count::engaged);
    const double carts = count(Count::carts);
    const double checkouts = count(Count::checkouts);
    const double orders = count(Count::visit_orders);
    set(Column::visits, visits);
    set(Column::organic_visits, count(Count::organic_visits));
    set(Column::bounce_rate, over(visits - engaged, visits));
    set(Column::session_seconds, over(0.001 * count(Count::session_milliseconds), engaged));
    set(Column::pages_per_session, over(count(Count::pages), engaged));
    set(Column::cart_rate, over(carts, visits));
    set(Column::cart_abandonment, over(carts - orders, carts));
    set(Column::checkout_abandonment, over(checkouts - orders, checkouts));
    set(Column::conversion_rate, over(orders, visits));
    set(Column::visits_by_device, 0, desktop);
    set(Column::visits_by_device, 1, mobile);
    set(Column::conversion_rate_by_device, 0, over(count(Count::desktop_orders), desktop));
    set(Column::conversion_rate_by_device, 1, over(count(Count::mobile_orders), mobile));
    set_all(Column::abandonments_by_reason, tally_.reasons);
  }

  void write_programmes() {
    const double messages = count(Count::messages);
    const double delivered = count(Count::messages_delivered);
    set(Column::consents, count(Count::consents));
    set(Column::messages, messages);
    set(Column::delivery_rate, over(delivered, messages));
    set(Column::open_rate, over(count(Count::messages_opened), delivered));
    set(Column::message_click_rate, over(count(Count::messages_clicked), delivered));
    set(Column::message_order_rate, over(count(Count::messages_ordered), messages));
    set(Column::unsubscribe_rate, over(count(Count::unsubscribed), delivered));
    set_all(Column::messages_by_flow, tally_.flow_messages);
    set_all(Column::orders_by_flow, tally_.flow_orders);
    set(Column::customer_ad_impressions, count(Count::customer_ad_impressions));
    set(Column::customer_ad_clicks, count(Count::customer_ad_clicks));
    set(Column::customer_ad_orders, count(Count::customer_ad_orders));
    set(Column::customer_ad_spend, books_.customer_ad_spend);
    set(Column::orders, count(Count::orders));
    set(Column::repeat_orders, count(Count::repeat_orders));
    for (std::size_t age = 0; age < repeat_ages_days.size(); ++age) {
      set(Column::repeat_rate_by_age, age,
          over(static_cast<double>(tally_.repeated[age]),
               static_cast<double>(tally_.old_enough[age])));
    }
    set(Column::average_order_value, over(books_.order_values.in_units(), count(Count::orders)));
    set(Column::offers_issued, count(Count::offers_issued));
    set(Column::offer_expansion, count(Count::offer_expansion));
    set(Column::offer_pulled_forward, count(Count::offer_pulled_forward));
    set(Column::offer_given_away, count(Count::offer_given_away));
    set(Column::offer_orders, count(Count::offer_expansion) + count(Count::offer_pulled_forward) +
                                  count(Count::offer_given_away));
    set(Column::subscribers, count(Count::subscribers));
    set(Column::renewals, count(Count::renewals));
    set(Column::members, count(Count::members));
  }

  void write_advocacy() {
    const double deliveries = count(Count::deliveries);
    const double won = count(Count::root_customers) + count(Count::organic_customers) +
                       count(Count::referred_customers);
    set(Column::net_promoter_score,
        100.0 * over(count(Count::promoters) - count(Count::detractors), deliveries));
    set(Column::people_put_off, count(Count::people_put_off));
    set(Column::bad_experience_rate, over(count(Count::bad_experiences), deliveries));
    set(Column::return_rate, over(count(Count::returns), deliveries));
    set(Column::reviews, count(Count::reviews));
    set(Column::mean_stars, over(count(Count::stars), count(Count::reviews)));
    set(Column::friends, count(Count::friends));
    set(Column::referral_conversion_rate, over(count(Count::friend_orders), count(Count::friends)));
    set(Column::reproduction_number, over(count(Count::referred_customers), won));
  }

  void write_retargeting() {
    const std::size_t segments = tally_.segment_count;
    const std::size_t last = tally_.impressions.size() / segments - 1;
    set(Column::pool_entries, count(Count::pool_entries));
    set(Column::own_returns, count(Count::own_returns));
    set(Column::retargeting_impressions,
        static_cast<double>(by_channel(tally_.impressions, segments)[last]));
    set(Column::retargeting_clicks, static_cast<double>(by_channel(tally_.clicks, segments)[last]));
    set(Column::retargeting_orders,
        static_cast<double>(by_channel(tally_.first_orders, segments)[last]));
    set(Column::retargeting_conversion_rate,
        over(count(Count::retargeting_visit_orders), count(Count::retargeting_visits)));
  }

  const OutcomeLayout* layout_;
  const Accounts* accounts_;
  const Tally& tally_;
  const Books& books_;
  std::vector<double> row_;
};

}  // namespace

std::vector<double> make_row(const OutcomeLayout& layout, const Accounts& accounts) {
  return RowWriter{layout, accounts}.write();
}

}  // namespace flywheel
