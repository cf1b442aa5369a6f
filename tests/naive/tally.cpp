#include "naive/tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace flywheel::test {

double sign_of(NaiveAccount account) {
  switch (account) {
    case NaiveAccount::revenue:
    case NaiveAccount::resale:
    case NaiveAccount::membership:
      return 1.0;
    default:
      return -1.0;
  }
}

double sum_of(const NaiveSums& sums, NaiveAccount account) {
  return sums[static_cast<std::size_t>(account)];
}

double NaiveGrid::of_channel(std::size_t channel) const {
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(channel * segments);
  return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(segments), 0.0);
}

double NaiveGrid::total() const { return std::accumulate(values.begin(), values.end(), 0.0); }

NaiveTally::NaiveTally(const Scenario& scenario) {
  const std::size_t channels = scenario.channels.size() + 1;
  const std::size_t segments = scenario.segments.size();
  for (NaiveGrid* grid :
       {&impressions, &clicks, &ad_spend, &spend, &first_orders, &click_orders, &cohort_revenue}) {
    *grid = {segments, std::vector<double>(channels * segments, 0.0)};
  }
  tracked_orders.assign(channels, 0.0);
  visits_by_source.assign(scenario.channels.size() + unpaid_source_count, 0.0);
  visit_orders_by_source = visits_by_source;
  messages_by_flow.assign(scenario.flows.size(), 0.0);
  orders_by_flow = messages_by_flow;
  delivered_by_flow = messages_by_flow;
  opened_by_flow = messages_by_flow;
  clicked_by_flow = messages_by_flow;
  unsubscribed_by_flow = messages_by_flow;
  put_off.assign(segments, 0.0);
  const auto days = static_cast<std::size_t>(scenario.calendar.horizon());
  media_by_day.assign(days, 0.0);
  cash_by_day.assign(days, 0.0);
  goods_by_day.assign(days, 0.0);
  root_revenue_by_day.assign(days, 0.0);
  cohort_contribution_by_day.assign(days, 0.0);
  const auto length = static_cast<std::size_t>(scenario.calendar.rotation_days);
  for (std::vector<double>* by_rotation :
       {&engaged_paid, &engaged_earned, &acquired_paid, &acquired_earned, &nurtured, &retained,
        &advocates, &friends_by_rotation, &media_by_rotation, &message_cost_by_rotation,
        &incentives_by_rotation, &rewards_by_rotation, &orders_by_rotation, &visits_by_rotation,
        &ad_visits_by_rotation}) {
    by_rotation->assign((days + length - 1) / length, 0.0);
  }
}

void count_by_rotation(std::vector<double>& by_rotation, const Scenario& scenario, double time,
                       double amount) {
  if (time >= scenario.calendar.horizon()) return;
  by_rotation[static_cast<std::size_t>(time / scenario.calendar.rotation_days)] += amount;
}

void book_cash(NaiveTally& tally, double time, double amount) {
  const auto day = static_cast<std::size_t>(std::max(0.0, std::floor(time)));
  if (day < tally.cash_by_day.size()) tally.cash_by_day[day] += amount;
}

namespace {

/// What the customer's life costs in this rotation.
void book_life_cost(NaiveTally& tally, const Scenario& scenario, const NaiveEntry& entry) {
  const auto add = [&](std::vector<double>& costs) {
    count_by_rotation(costs, scenario, entry.time, entry.amount);
  };
  if (entry.account == NaiveAccount::message) add(tally.message_cost_by_rotation);
  if (entry.account == NaiveAccount::loyalty) add(tally.incentives_by_rotation);
  if (entry.account == NaiveAccount::reward) add(tally.rewards_by_rotation);
}

double cash_time(const LedgerTraits& ledger, const NaiveEntry& entry) {
  switch (entry.account) {
    case NaiveAccount::revenue:
    case NaiveAccount::membership:
      return entry.time + ledger.payout_days;
    case NaiveAccount::goods:
      return entry.time - ledger.supplier_lead_days;
    default:
      return entry.time;
  }
}

}  // namespace

void book(NaiveTally& tally, const Scenario& scenario, const std::optional<NaiveRoot>& root,
          const NaiveEntry& entry) {
  if (entry.time >= scenario.calendar.horizon()) return;
  const auto account = static_cast<std::size_t>(entry.account);
  const double income = sign_of(entry.account) * entry.amount;
  const bool is_net_revenue =
      entry.account == NaiveAccount::revenue || entry.account == NaiveAccount::refund;
  tally.all[account] += entry.amount;
  book_life_cost(tally, scenario, entry);
  // Suppliers were paid before day 0 for what the usual business sells in the first days.
  const bool was_paid = entry.account == NaiveAccount::goods && !root &&
                        std::floor(entry.time) < scenario.ledger.supplier_lead_days;
  if (entry.account == NaiveAccount::goods && !was_paid) {
    tally.goods_by_day[static_cast<std::size_t>(entry.time)] += entry.amount;
  }
  if (!was_paid) book_cash(tally, cash_time(scenario.ledger, entry), income);
  if (!root) return;
  const auto day = static_cast<std::size_t>(entry.time);
  if (is_net_revenue) tally.root_revenue_by_day[day] += income;
  if (!is_in_cohort(scenario, root, entry.time)) return;
  tally.cohort[account] += entry.amount;
  tally.cohort_contribution_by_day[day] += income;
  if (is_net_revenue) tally.cohort_revenue.at(root->channel, root->segment) += income;
}

namespace {

void pay_media(NaiveTally& tally, const Scenario& scenario, double time, double amount) {
  tally.media_by_day[static_cast<std::size_t>(time)] += amount;
  count_by_rotation(tally.media_by_rotation, scenario, time, amount);
  book_cash(tally, time + scenario.ledger.invoice_days,
            -amount * (1.0 + scenario.ledger.agency_share));
}

}  // namespace

void book_media(NaiveTally& tally, const Scenario& scenario, int channel, int segment,
                const NaiveEntry& entry) {
  tally.spend.at(channel, segment) += entry.amount;
  pay_media(tally, scenario, entry.time, entry.amount);
}

void book_customer_ad(NaiveTally& tally, const Scenario& scenario, double time, double price) {
  tally.customer_ad_spend += price;
  pay_media(tally, scenario, time, price);
}

}  // namespace flywheel::test
