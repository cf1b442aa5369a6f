#include "ledger/figures.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <span>

#include "ledger/paths.hpp"

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double over(double part, double whole) { return whole != 0.0 ? part / whole : not_a_number; }
double ratio(std::int64_t part, std::int64_t whole) {
  return over(static_cast<double>(part), static_cast<double>(whole));
}
double over(Money part, Money whole) { return over(part.in_units(), whole.in_units()); }

/// Sum of a [channel, segment] table along segments, by channel.
template <class Value>
std::vector<Value> by_channel(const std::vector<Value>& table, std::size_t segments) {
  std::vector<Value> sums(table.size() / segments);
  for (std::size_t i = 0; i < table.size(); ++i) sums[i / segments] += table[i];
  return sums;
}

/// Counts of visits as ratios are made of them.
struct VisitFigures {
  explicit VisitFigures(const VisitSteps& steps)
      : visits{static_cast<double>(steps.visits)},
        engaged{static_cast<double>(steps.engaged)},
        carts{static_cast<double>(steps.carts)},
        checkouts{static_cast<double>(steps.checkouts)},
        orders{static_cast<double>(steps.orders)},
        seconds{0.001 * static_cast<double>(steps.milliseconds)} {}

  [[nodiscard]] double bounce_rate() const { return over(visits - engaged, visits); }
  [[nodiscard]] double session_seconds() const { return over(seconds, engaged); }
  [[nodiscard]] double cart_abandonment() const { return over(carts - orders, carts); }
  [[nodiscard]] double checkout_abandonment() const { return over(checkouts - orders, checkouts); }
  [[nodiscard]] double conversion_rate() const { return over(orders, visits); }

  double visits;
  double engaged;
  double carts;
  double checkouts;
  double orders;
  double seconds;
};

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
    write_messages();
    write_programmes();
    write_advocacy();
    write_retargeting();
    write_life();
    return std::move(row_);
  }

 private:
  void set(Column column, double value) { row_[layout_->offset(column)] = value; }
  void set(Column column, Money value) { set(column, value.in_units()); }
  void set(Column column, std::size_t first, double value) {
    row_[layout_->offset(column, first)] = value;
  }
  void set(Column column, std::size_t first, std::size_t second, double value) {
    row_[layout_->offset(column, first, second)] = value;
  }
  template <class Values>
  void set_all(Column column, const Values& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      row_[layout_->offset(column) + i] = as_double(values[i]);
    }
  }
  static double as_double(Money value) { return value.in_units(); }
  static double as_double(std::int64_t value) { return static_cast<double>(value); }

  template <class Values>
  static double sum(const Values& values) {
    return as_double(std::accumulate(values.begin(), values.end(), std::int64_t{0}));
  }
  [[nodiscard]] double count(Count what) const { return static_cast<double>(tally_.of(what)); }
  [[nodiscard]] Money total(Account account) const { return books_.total(account); }
  [[nodiscard]] Money media() const { return total(Account::media); }

  [[nodiscard]] Money tracked_values() const {
    const std::vector<Money>& values = books_.tracked_values;
    return std::accumulate(values.begin(), values.end(), Money{});
  }

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

  /// The customer's life, by rotation.
  void write_life() {
    set(Column::service_contacts, count(Count::contacts));
    double customers = accounts_->existing_customers;
    for (std::size_t rotation = 0; rotation < tally_.life.size(); ++rotation) {
      const LifeStages& life = tally_.life[rotation];
      const Money media = spent_in(rotation, Account::media);
      const std::int64_t engaged = life.engaged_paid + life.engaged_earned;
      const std::int64_t acquired = life.acquired_paid + life.acquired_earned;
      const std::int64_t visits = life.visits_paid + life.visits_earned;
      set(Column::organic_share, rotation, over(as_double(life.visits_earned), as_double(visits)));
      set(Column::engaged_paid, rotation, as_double(life.engaged_paid));
      set(Column::engaged_earned, rotation, as_double(life.engaged_earned));
      set(Column::acquired_paid, rotation, as_double(life.acquired_paid));
      set(Column::acquired_earned, rotation, as_double(life.acquired_earned));
      set(Column::nurtured, rotation, as_double(life.nurtured));
      set(Column::retained, rotation, as_double(life.retained));
      set(Column::advocates, rotation, as_double(life.advocates));
      set(Column::friends_by_rotation, rotation, as_double(life.friends));
      set(Column::media_by_rotation, rotation, as_double(media));
      write_life_costs(rotation);
      customers += as_double(acquired);
      set(Column::acquire_rate, rotation, over(as_double(acquired), as_double(engaged)));
      set(Column::nurture_rate, rotation, over(as_double(life.nurtured), customers));
      set(Column::retain_rate, rotation, over(as_double(life.retained), customers));
      set(Column::advocate_rate, rotation, over(as_double(life.advocates), customers));
      set(Column::friend_rate, rotation, over(as_double(life.friends), customers));
      set(Column::engagement_per_media, rotation, over(as_double(engaged), as_double(media)));
      set(Column::cost_per_customer, rotation, over(as_double(media), as_double(acquired)));
    }
  }

  void write_life_costs(std::size_t rotation) {
    const Money incentives =
        spent_in(rotation, Account::discounts) + spent_in(rotation, Account::points);
    set(Column::message_cost_by_rotation, rotation,
        as_double(spent_in(rotation, Account::messages)));
    set(Column::incentives_by_rotation, rotation, as_double(incentives));
    set(Column::rewards_by_rotation, rotation, as_double(spent_in(rotation, Account::rewards)));
  }

  [[nodiscard]] Money spent_in(std::size_t rotation, Account account) const {
    const std::size_t length = accounts_->rotation_days;
    const std::size_t end = std::min(books_.horizon(), (rotation + 1) * length);
    Money sum;
    for (std::size_t day = rotation * length; day < end; ++day) {
      sum += books_.on(account, day);
    }
    return sum;
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
    set(Column::break_even_roas, earned > Money{}
                                     ? (1.0 + accounts_->terms.agency_share) * over(net, earned)
                                     : not_a_number);
    set(Column::blended_roas, over(all, media()));
    set(Column::calendar_roas, over(line, media()));
    set(Column::platform_roas, over(tracked_values(), media()));
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
    std::int64_t orders = 0;
    for (const std::int64_t part : tally_.click_orders) orders += part;
    const auto shown = static_cast<double>(impressions);
    const auto clicked = static_cast<double>(clicks);
    const Money brand =
        std::accumulate(books_.brand_spend.begin(), books_.brand_spend.end(), Money{});
    const double spend = (media() - brand - books_.customer_ad_spend).in_units();
    set(Column::impressions, shown);
    set(Column::clicks, clicked);
    set(Column::click_rate, over(clicked, shown));
    set(Column::cost_per_click, over(spend, clicked));
    set(Column::cost_per_mille, 1000.0 * over(spend, shown));
    set(Column::click_conversion_rate, over(as_double(orders), clicked));
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
    write_channel_rates();
  }

  /// Rates and costs of parts of the media: of channels, or of channels by segment.
  struct MediaParts {
    std::vector<std::int64_t> impressions;
    std::vector<std::int64_t> clicks;
    std::vector<std::int64_t> orders;
    std::vector<std::int64_t> click_orders;
    std::vector<Money> spend;
    std::vector<Money> brand;
  };
  struct MediaRates {
    Column click_rate;
    Column cost_per_click;
    Column cost_per_mille;
    Column conversion;
    Column acquisition_cost;
  };

  void write_channel_rates() {
    const std::size_t segments = tally_.segment_count;
    write_rates(
        {Column::click_rate_by_channel, Column::cost_per_click_by_channel,
         Column::cost_per_mille_by_channel, Column::click_conversion_rate_by_channel,
         Column::customer_acquisition_cost_by_channel},
        {by_channel(tally_.impressions, segments), by_channel(tally_.clicks, segments),
         by_channel(tally_.first_orders, segments), by_channel(tally_.click_orders, segments),
         by_channel(books_.spend, segments), by_channel(books_.brand_spend, segments)});
    write_rates({Column::click_rate_by_channel_segment, Column::cost_per_click_by_channel_segment,
                 Column::cost_per_mille_by_channel_segment,
                 Column::click_conversion_rate_by_channel_segment,
                 Column::customer_acquisition_cost_by_channel_segment},
                {tally_.impressions, tally_.clicks, tally_.first_orders, tally_.click_orders,
                 books_.spend, books_.brand_spend});
  }

  void write_rates(const MediaRates& columns, const MediaParts& parts) {
    for (std::size_t i = 0; i < parts.spend.size(); ++i) {
      const double shown = as_double(parts.impressions[i]);
      const double clicked = as_double(parts.clicks[i]);
      const double orders = as_double(parts.orders[i]);
      const double own = (parts.spend[i] - parts.brand[i]).in_units();
      const auto put = [&](Column column, double value) {
        row_[layout_->offset(column) + i] = value;
      };
      put(columns.click_rate, over(clicked, shown));
      put(columns.cost_per_click, over(own, clicked));
      put(columns.cost_per_mille, 1000.0 * over(own, shown));
      put(columns.conversion, over(as_double(parts.click_orders[i]), clicked));
      put(columns.acquisition_cost, over(parts.spend[i].in_units(), orders));
    }
  }

  /// Reach and frequency; retargeting has no audience of its own.
  void write_channels() {
    const std::vector<double>& sizes = accounts_->shoppers;
    const double shoppers = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    const auto impressions = by_channel(tally_.impressions, sizes.size());
    for (std::size_t channel = 0; channel + 1 < impressions.size(); ++channel) {
      std::array<std::int64_t, exposure_class_count> all{};
      for (std::size_t segment = 0; segment < sizes.size(); ++segment) {
        const std::int64_t* classes = tally_.exposures.data() + tally_.classes(channel, segment);
        for (std::size_t k = 0; k < all.size(); ++k) all[k] += classes[k];
        write_cell(channel, segment, {classes, all.size()});
      }
      const double reach = shoppers - static_cast<double>(all[0]);
      set(Column::reach_by_channel, channel, reach);
      set(Column::frequency_by_channel, channel,
          over(static_cast<double>(impressions[channel]), reach));
      for (std::size_t k = 0; k < all.size(); ++k) {
        set(Column::exposure_share_by_channel, channel, k, static_cast<double>(all[k]) / shoppers);
      }
    }
  }

  void write_cell(std::size_t channel, std::size_t segment, std::span<const std::int64_t> classes) {
    const double shoppers = accounts_->shoppers[segment];
    const double reach = shoppers - as_double(classes[0]);
    const auto impressions = static_cast<double>(tally_.impressions[tally_.cell(channel, segment)]);
    set(Column::reach_by_channel_segment, channel, segment, reach);
    set(Column::frequency_by_channel_segment, channel, segment, over(impressions, reach));
    const std::size_t first =
        layout_->offset(Column::exposure_share_by_channel_segment, channel, segment);
    for (std::size_t k = 0; k < classes.size(); ++k) {
      row_[first + k] = as_double(classes[k]) / shoppers;
    }
  }

  void write_landing() {
    const VisitFigures all{tally_.all_visits()};
    set(Column::visits, all.visits);
    set(Column::organic_visits, count(Count::organic_visits));
    set(Column::bounce_rate, all.bounce_rate());
    set(Column::session_seconds, all.session_seconds());
    set(Column::pages_per_session, over(count(Count::pages), all.engaged));
    set(Column::cart_rate, over(all.carts, all.visits));
    set(Column::cart_abandonment, all.cart_abandonment());
    set(Column::checkout_abandonment, all.checkout_abandonment());
    set(Column::conversion_rate, all.conversion_rate());
    for (std::size_t device = 0; device < tally_.visits.size(); ++device) {
      const VisitFigures one{tally_.visits[device]};
      set(Column::visits_by_device, device, one.visits);
      set(Column::conversion_rate_by_device, device, one.conversion_rate());
      set(Column::bounce_rate_by_device, device, one.bounce_rate());
      set(Column::session_seconds_by_device, device, one.session_seconds());
      set(Column::cart_abandonment_by_device, device, one.cart_abandonment());
      set(Column::checkout_abandonment_by_device, device, one.checkout_abandonment());
    }
    set_all(Column::abandonments_by_reason, tally_.reasons);
  }

  void write_messages() {
    const MessageSteps all = tally_.all_messages();
    set(Column::messages, as_double(all.sent));
    set(Column::delivery_rate, ratio(all.delivered, all.sent));
    set(Column::open_rate, ratio(all.opened, all.delivered));
    set(Column::message_click_rate, ratio(all.clicked, all.delivered));
    set(Column::message_order_rate, ratio(all.ordered, all.sent));
    set(Column::unsubscribe_rate, ratio(all.unsubscribed, all.delivered));
    for (std::size_t flow = 0; flow < tally_.messages.size(); ++flow) {
      const MessageSteps& one = tally_.messages[flow];
      set(Column::messages_by_flow, flow, as_double(one.sent));
      set(Column::orders_by_flow, flow, as_double(one.ordered));
      set(Column::delivery_rate_by_flow, flow, ratio(one.delivered, one.sent));
      set(Column::open_rate_by_flow, flow, ratio(one.opened, one.delivered));
      set(Column::message_click_rate_by_flow, flow, ratio(one.clicked, one.delivered));
      set(Column::message_order_rate_by_flow, flow, ratio(one.ordered, one.sent));
      set(Column::unsubscribe_rate_by_flow, flow, ratio(one.unsubscribed, one.delivered));
    }
  }

  void write_programmes() {
    set(Column::consents, count(Count::consents));
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
    set(Column::referred_per_customer, over(count(Count::referred_customers), won));
  }

  void write_retargeting() {
    const std::size_t segments = tally_.segment_count;
    const std::size_t last = tally_.impressions.size() / segments - 1;
    set(Column::pool_entries, sum(tally_.pool_entries));
    set_all(Column::pool_entries_by_pool, tally_.pool_entries);
    set_all(Column::retargeting_visits_by_pool, tally_.pool_visits);
    for (std::size_t pool = 0; pool < leaver_pool_count; ++pool) {
      set(Column::retargeting_conversion_rate_by_pool, pool,
          over(as_double(tally_.pool_orders[pool]), as_double(tally_.pool_visits[pool])));
    }
    set(Column::own_returns, count(Count::own_returns));
    set(Column::retargeting_impressions,
        static_cast<double>(by_channel(tally_.impressions, segments)[last]));
    set(Column::retargeting_clicks, static_cast<double>(by_channel(tally_.clicks, segments)[last]));
    set(Column::retargeting_orders,
        static_cast<double>(by_channel(tally_.first_orders, segments)[last]));
    set(Column::retargeting_conversion_rate,
        over(sum(tally_.pool_orders), sum(tally_.pool_visits)));
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
