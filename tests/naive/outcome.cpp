// From what was counted to the columns of src/outcome/columns.cpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "naive/engine.hpp"
#include "naive/row.hpp"

namespace flywheel::test {

namespace {

using enum Column;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

template <typename Values>
double sum(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double net_revenue(const NaiveSums& sums) {
  return sum_of(sums, NaiveAccount::revenue) - sum_of(sums, NaiveAccount::refund);
}

/// Income less cost of all accounts.
double margin_of(const NaiveSums& sums) {
  double margin = 0.0;
  for (std::size_t k = 0; k < naive_account_count; ++k) {
    margin += sign_of(static_cast<NaiveAccount>(k)) * sums[k];
  }
  return margin;
}

double overhead_of(const Scenario& scenario, const NaiveTally& tally) {
  return scenario.ledger.content_per_day * scenario.calendar.horizon() +
         scenario.ledger.agency_share * tally.media();
}

std::vector<double> accumulate_path(std::vector<double> by_day) {
  std::partial_sum(by_day.begin(), by_day.end(), by_day.begin());
  return by_day;
}

/// Cash by day; no supplier is paid for goods that come from the stock of day 0.
std::vector<double> cash_with_stock(const Scenario& scenario, const NaiveTally& tally) {
  std::vector<double> cash = tally.cash_by_day;
  double stock = scenario.ledger.stock;
  for (std::size_t day = 0; day < cash.size(); ++day) {
    const double taken = std::min(stock, tally.goods_by_day[day]);
    stock -= taken;
    const double paid = static_cast<double>(day) - scenario.ledger.supplier_lead_days;
    cash[static_cast<std::size_t>(std::max(0.0, paid))] += taken;
  }
  return cash;
}

std::vector<double> cash_path(const Scenario& scenario, const NaiveTally& tally) {
  std::vector<double> path = accumulate_path(cash_with_stock(scenario, tally));
  for (std::size_t day = 0; day < path.size(); ++day) {
    path[day] -= scenario.ledger.content_per_day * static_cast<double>(day + 1);
  }
  return path;
}

/// Backwards from the horizon, as long as media and fee are covered.
double find_payback_day(const NaiveTally& tally, double agency_share) {
  const std::vector<double> media = accumulate_path(tally.media_by_day);
  const std::vector<double> earned = accumulate_path(tally.cohort_contribution_by_day);
  std::size_t day = media.size();
  while (day > 0 && media[day - 1] > 0.0 &&
         earned[day - 1] >= media[day - 1] * (1.0 + agency_share)) {
    --day;
  }
  return day < media.size() ? static_cast<double>(day) : undefined;
}

void report_headline(NaiveRow& row, const Scenario& scenario, const NaiveTally& tally) {
  const double media = tally.media();
  const double media_and_agency = media * (1.0 + scenario.ledger.agency_share);
  const double gross = sum_of(tally.cohort, NaiveAccount::revenue);
  const double cohort_net = net_revenue(tally.cohort);
  const double before_media = margin_of(tally.cohort);
  const double roots = tally.root_customers;
  row.set(cohort_roas_180, cohort_net / media);
  row.set(cohort_roas_180_gross, gross / media);
  row.set(cohort_roas_180_open, (cohort_net - tally.cohort_open_refunds) / media);
  row.set(media_spend, media);
  row.set(contribution, margin_of(tally.all) - overhead_of(scenario, tally) - media);
  row.set(cohort_contribution, before_media - media_and_agency);
  row.set(contribution_roas, before_media / media);
  const double fee = 1.0 + scenario.ledger.agency_share;
  row.set(break_even_roas, before_media > 0.0 ? cohort_net / before_media * fee : undefined);
  row.set(blended_roas, net_revenue(tally.all) / media);
  row.set(calendar_roas, sum(tally.root_revenue_by_day) / media);
  row.set(platform_roas, tally.tracked_value / media);
  row.set(customer_acquisition_cost, media / roots);
  row.set(lifetime_value, before_media / roots);
  row.set(ltv_to_cac, before_media / media_and_agency);
  row.set(payback_day, find_payback_day(tally, scenario.ledger.agency_share));
  const std::vector<double> cash = cash_path(scenario, tally);
  const auto deepest = std::min_element(cash.begin(), cash.end());
  row.set(deepest_cash, *deepest);
  row.set(deepest_cash_day, static_cast<double>(deepest - cash.begin()));
  row.set(root_customers, roots);
  row.set(organic_customers, tally.organic_customers);
  row.set(referred_customers, tally.referred_customers);
}

using Classes = std::array<double, exposure_class_count>;

/// Shoppers of a segment by how many of a channel's ads they saw. Friends come behind the audience.
Classes count_exposures(const NaiveFuture& future, double audience, std::size_t channel,
                        std::size_t segment) {
  Classes classes{};
  for (std::size_t i = 0; i < static_cast<std::size_t>(audience); ++i) {
    const NaiveShopper& shopper = future.shoppers[i];
    if (shopper.segment != static_cast<int>(segment)) continue;
    const auto seen = static_cast<std::size_t>(shopper.impressions[channel]);
    classes[std::min(seen, exposure_class_count - 1)] += 1.0;
  }
  return classes;
}

/// Retargeting, the last channel, has no audience of its own.
void report_no_exposure(NaiveRow& row, std::size_t channel, std::size_t segments) {
  row.set(reach_by_channel, undefined, channel);
  row.set(frequency_by_channel, undefined, channel);
  for (std::size_t k = 0; k < exposure_class_count; ++k) {
    row.set(exposure_share_by_channel, undefined, channel, k);
    for (std::size_t g = 0; g < segments; ++g) {
      row.set(exposure_share_by_channel_segment, undefined, channel, g, k);
    }
  }
  for (std::size_t g = 0; g < segments; ++g) {
    row.set(reach_by_channel_segment, undefined, channel, g);
    row.set(frequency_by_channel_segment, undefined, channel, g);
  }
}

void report_exposure(NaiveRow& row, const Scenario& scenario, const NaiveFuture& future) {
  double audience = 0.0;
  for (const SegmentTraits& segment : scenario.segments) {
    audience += static_cast<double>(segment.size);
  }
  const NaiveGrid& seen = future.tally.impressions;
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    Classes all{};
    for (std::size_t g = 0; g < scenario.segments.size(); ++g) {
      const auto size = static_cast<double>(scenario.segments[g].size);
      const Classes classes = count_exposures(future, audience, c, g);
      const double reached = size - classes[0];
      row.set(reach_by_channel_segment, reached, c, g);
      row.set(frequency_by_channel_segment, seen.values[c * seen.segments + g] / reached, c, g);
      for (std::size_t k = 0; k < exposure_class_count; ++k) {
        all[k] += classes[k];
        row.set(exposure_share_by_channel_segment, classes[k] / size, c, g, k);
      }
    }
    const double reached = audience - all[0];
    row.set(reach_by_channel, reached, c);
    row.set(frequency_by_channel, seen.of_channel(c) / reached, c);
    for (std::size_t k = 0; k < exposure_class_count; ++k) {
      row.set(exposure_share_by_channel, all[k] / audience, c, k);
    }
  }
  report_no_exposure(row, scenario.channels.size(), scenario.segments.size());
}

/// Rates and costs of channels, and of channels by segment.
void report_rates(NaiveRow& row, const NaiveTally& tally) {
  for (std::size_t c = 0; c < tally.tracked_orders.size(); ++c) {
    const double shown = tally.impressions.of_channel(c);
    const double clicked = tally.clicks.of_channel(c);
    const double paid_here = tally.ad_spend.of_channel(c);
    const double won = tally.first_orders.of_channel(c);
    row.set(click_rate_by_channel, clicked / shown, c);
    row.set(cost_per_click_by_channel, paid_here / clicked, c);
    row.set(cost_per_mille_by_channel, 1000.0 * paid_here / shown, c);
    row.set(click_conversion_rate_by_channel, tally.click_orders.of_channel(c) / clicked, c);
    row.set(customer_acquisition_cost_by_channel, tally.spend.of_channel(c) / won, c);
  }
  const std::size_t segments = tally.clicks.segments;
  for (std::size_t k = 0; k < tally.clicks.values.size(); ++k) {
    const std::size_t c = k / segments;
    const std::size_t g = k % segments;
    const double shown = tally.impressions.values[k];
    const double clicked = tally.clicks.values[k];
    const double won = tally.first_orders.values[k];
    row.set(click_rate_by_channel_segment, clicked / shown, c, g);
    row.set(cost_per_click_by_channel_segment, tally.ad_spend.values[k] / clicked, c, g);
    row.set(cost_per_mille_by_channel_segment, 1000.0 * tally.ad_spend.values[k] / shown, c, g);
    row.set(click_conversion_rate_by_channel_segment, tally.click_orders.values[k] / clicked, c, g);
    row.set(customer_acquisition_cost_by_channel_segment, tally.spend.values[k] / won, c, g);
  }
}

void report_advertising(NaiveRow& row, const NaiveTally& tally) {
  const double seen = tally.impressions.total();
  const double clicked = tally.clicks.total();
  const double paid = tally.ad_spend.total();
  row.set(impressions, seen);
  row.set(clicks, clicked);
  row.set(click_rate, clicked / seen);
  row.set(cost_per_click, paid / clicked);
  row.set(cost_per_mille, 1000.0 * paid / seen);
  row.set(click_conversion_rate, tally.click_orders.total() / clicked);
  report_rates(row, tally);
  for (std::size_t c = 0; c < tally.tracked_orders.size(); ++c) {
    row.set(impressions_by_channel, tally.impressions.of_channel(c), c);
    row.set(clicks_by_channel, tally.clicks.of_channel(c), c);
    row.set(spend_by_channel, tally.spend.of_channel(c), c);
    row.set(first_orders_by_channel, tally.first_orders.of_channel(c), c);
  }
  row.set_all(tracked_orders_by_channel, tally.tracked_orders);
  row.set_grid(impressions_by_channel_segment, tally.impressions);
  row.set_grid(clicks_by_channel_segment, tally.clicks);
  row.set_grid(spend_by_channel_segment, tally.spend);
  row.set_grid(first_orders_by_channel_segment, tally.first_orders);
  row.set_grid(cohort_revenue_by_channel_segment, tally.cohort_revenue);
  row.set(Column::brand_clicks, tally.brand_clicks);
}

void report_landing(NaiveRow& row, const Scenario& scenario, const NaiveTally& tally) {
  const auto& ends = tally.visits_by_end;
  const double all = sum(ends);
  const double bounced = ends[0];
  const double ordered = ends[5];
  const double checkouts = ends[4] + ordered;
  const double carts = ends[3] + checkouts;
  const auto organic = static_cast<std::size_t>(scenario.source(UnpaidSource::organic));
  row.set(visits, all);
  row.set(organic_visits, tally.visits_by_source[organic]);
  row.set_all(organic_visits_by_source, tally.organic_by_label);
  row.set(bounce_rate, bounced / all);
  row.set(session_seconds, sum(tally.seconds_by_device) / (all - bounced));
  row.set(pages_per_session, tally.pages / (all - bounced));
  row.set(cart_rate, carts / all);
  row.set(cart_abandonment, (carts - ordered) / carts);
  row.set(checkout_abandonment, (checkouts - ordered) / checkouts);
  row.set(conversion_rate, ordered / all);
  row.set_all(visits_by_device, tally.visits_by_device);
  for (std::size_t device = 0; device < 2; ++device) {
    row.set(conversion_rate_by_device,
            tally.visit_orders_by_device[device] / tally.visits_by_device[device], device);
    const auto& reached = tally.ends_by_device[device];
    const double engaged = tally.visits_by_device[device] - reached[0];
    row.set(bounce_rate_by_device, reached[0] / tally.visits_by_device[device], device);
    row.set(session_seconds_by_device, tally.seconds_by_device[device] / engaged, device);
    row.set(cart_abandonment_by_device,
            (reached[3] + reached[4]) / (reached[3] + reached[4] + reached[5]), device);
    row.set(checkout_abandonment_by_device, reached[4] / (reached[4] + reached[5]), device);
  }
  row.set_all(abandonments_by_reason, tally.reasons);
}

void report_post_purchase(NaiveRow& row, const NaiveTally& tally) {
  const double sent = sum(tally.messages_by_flow);
  row.set(consents, tally.consents);
  row.set(messages, sent);
  row.set(delivery_rate, tally.delivered / sent);
  row.set(open_rate, tally.opened / tally.delivered);
  row.set(message_click_rate, tally.clicked / tally.delivered);
  row.set(message_order_rate, sum(tally.orders_by_flow) / sent);
  row.set(unsubscribe_rate, tally.unsubscribed / tally.delivered);
  row.set_all(messages_by_flow, tally.messages_by_flow);
  row.set_all(orders_by_flow, tally.orders_by_flow);
  for (std::size_t flow = 0; flow < tally.messages_by_flow.size(); ++flow) {
    const double number = tally.messages_by_flow[flow];
    const double arrived = tally.delivered_by_flow[flow];
    row.set(delivery_rate_by_flow, arrived / number, flow);
    row.set(open_rate_by_flow, tally.opened_by_flow[flow] / arrived, flow);
    row.set(message_click_rate_by_flow, tally.clicked_by_flow[flow] / arrived, flow);
    row.set(message_order_rate_by_flow, tally.orders_by_flow[flow] / number, flow);
    row.set(unsubscribe_rate_by_flow, tally.unsubscribed_by_flow[flow] / arrived, flow);
  }
  row.set(customer_ad_impressions, tally.customer_ad_impressions);
  row.set(customer_ad_clicks, tally.customer_ad_clicks);
  row.set(customer_ad_orders, tally.customer_ad_orders);
  row.set(customer_ad_spend, tally.customer_ad_spend);
}

void report_reorder(NaiveRow& row, const Scenario& scenario, const NaiveFuture& future) {
  const NaiveTally& tally = future.tally;
  row.set(orders, tally.orders);
  row.set(repeat_orders, tally.repeat_orders);
  for (std::size_t k = 0; k < repeat_ages_days.size(); ++k) {
    const double age = repeat_ages_days[k];
    double old_enough = 0.0;
    double bought_again = 0.0;
    for (const NaiveShopper& shopper : future.shoppers) {
      if (!shopper.is_customer || shopper.existed) continue;
      if (shopper.first_order_time + age > scenario.calendar.horizon()) continue;
      old_enough += 1.0;
      if (shopper.second_order_time <= shopper.first_order_time + age) bought_again += 1.0;
    }
    row.set(repeat_rate_by_age, bought_again / old_enough, k);
  }
  row.set(average_order_value, tally.order_value / tally.orders);
  row.set(offers_issued, tally.offers_issued);
  row.set(offer_orders,
          tally.offer_expansion + tally.offer_pulled_forward + tally.offer_given_away);
  row.set(offer_expansion, tally.offer_expansion);
  row.set(offer_pulled_forward, tally.offer_pulled_forward);
  row.set(offer_given_away, tally.offer_given_away);
  row.set(subscribers, tally.subscribers);
  row.set(renewals, tally.renewals);
  row.set(members, tally.members);
}

void report_advocacy(NaiveRow& row, const Scenario& scenario, const NaiveTally& tally) {
  const double won = tally.root_customers + tally.organic_customers + tally.referred_customers;
  row.set(net_promoter_score, 100.0 * (tally.promoters - tally.detractors) / tally.deliveries);
  row.set(people_put_off, sum(tally.put_off));
  row.set(bad_experience_rate, tally.bad_experiences / tally.deliveries);
  row.set(return_rate, tally.returns / tally.deliveries);
  row.set(reviews, tally.reviews);
  row.set(mean_stars, tally.stars / tally.reviews);
  const DayZeroTraits& before = scenario.day_zero;
  row.set(displayed_rating,
          (before.rating * before.reviews + tally.stars) / (before.reviews + tally.reviews));
  row.set(friends, tally.friends);
  row.set(referral_conversion_rate, tally.friends_with_order / tally.friends);
  row.set(referred_per_customer, tally.referred_customers / won);
}

/// Expectations that no engine plays: the fast one takes them from the scenario by quadrature.
/// Left open here, and left out where engines are compared.
void leave_out_reproduction(NaiveRow& row, const OutcomeLayout& layout) {
  for (const Column column : {reproduction_number, reproduction_number_180}) {
    for (std::size_t k = 0; k < layout.size(column); ++k) row.set(column, undefined, k);
  }
  row.set(largest_reproduction_number, undefined);
}

void report_retargeting(NaiveRow& row, const Scenario& scenario, const NaiveTally& tally) {
  const auto number = static_cast<std::size_t>(scenario.source(UnpaidSource::retargeting));
  const auto returns = static_cast<std::size_t>(scenario.source(UnpaidSource::own_return));
  double entries = 0.0;
  for (std::size_t pool = 0; pool < 3; ++pool) {
    entries += tally.pool_entries[pool];
    row.set(pool_entries_by_pool, tally.pool_entries[pool], pool);
    row.set(retargeting_visits_by_pool, tally.pool_visits[pool], pool);
    row.set(retargeting_conversion_rate_by_pool, tally.pool_orders[pool] / tally.pool_visits[pool],
            pool);
  }
  row.set(pool_entries, entries);
  row.set(own_returns, tally.visits_by_source[returns]);
  row.set(retargeting_impressions, tally.impressions.of_channel(number));
  row.set(retargeting_clicks, tally.clicks.of_channel(number));
  row.set(retargeting_orders, tally.first_orders.of_channel(number));
  row.set(retargeting_conversion_rate,
          tally.visit_orders_by_source[number] / tally.visits_by_source[number]);
}

void report_money(NaiveRow& row, const Scenario& scenario, const NaiveTally& tally) {
  const auto all = [&](NaiveAccount account) { return sum_of(tally.all, account); };
  row.set(gross_revenue, all(NaiveAccount::revenue));
  row.set(discounts, tally.discounts);
  row.set(refunds, all(NaiveAccount::refund));
  row.set(goods_cost, all(NaiveAccount::goods) - all(NaiveAccount::resale));
  row.set(shipping_cost, all(NaiveAccount::shipping));
  row.set(payment_fees, all(NaiveAccount::payment_fee));
  row.set(message_cost, all(NaiveAccount::message));
  row.set(loyalty_cost, all(NaiveAccount::loyalty));
  row.set(referral_rewards, all(NaiveAccount::reward));
  row.set(service_cost, all(NaiveAccount::service));
  row.set(return_cost, all(NaiveAccount::return_handling));
  row.set(overhead_cost, overhead_of(scenario, tally));
  row.set(membership_fees, all(NaiveAccount::membership));
  row.set(cohort_gross_revenue, sum_of(tally.cohort, NaiveAccount::revenue));
  row.set(cohort_refunds, sum_of(tally.cohort, NaiveAccount::refund));
  row.set(Column::cohort_open_refunds, tally.cohort_open_refunds);
  row.set(Column::cohort_orders, tally.cohort_orders);
}

void report_solution(NaiveRow& row, const Scenario& scenario) {
  const Solved& solved = scenario.solved;
  row.set(incremental_share, solved.incremental_share);
  row.set(incremental_share_missed, solved.incremental_reached ? 0.0 : 1.0);
  row.set(retargeting_incremental_share, solved.retargeting_share);
  const bool retargeting_missed = scenario.retargeting.enabled && !solved.retargeting_reached;
  row.set(retargeting_share_missed, retargeting_missed ? 1.0 : 0.0);
  row.set(base_rates_missed, solved.rates_reached ? 0.0 : 1.0);
}

}  // namespace

Outcome report(const Scenario& scenario, const OutcomeLayout& layout, const NaiveFuture& future) {
  const NaiveTally& tally = future.tally;
  NaiveRow row{layout};
  report_headline(row, scenario, tally);
  report_exposure(row, scenario, future);
  report_advertising(row, tally);
  report_landing(row, scenario, tally);
  report_post_purchase(row, tally);
  report_reorder(row, scenario, future);
  report_advocacy(row, scenario, tally);
  leave_out_reproduction(row, layout);
  report_retargeting(row, scenario, tally);
  report_money(row, scenario, tally);
  report_solution(row, scenario);
  report_loops(row, scenario, future);

  Outcome outcome;
  outcome.row = row.take();
  outcome.events = tally.events;
  const std::vector<double> media = accumulate_path(tally.media_by_day);
  const std::vector<double> revenue = accumulate_path(tally.root_revenue_by_day);
  const std::vector<double> cash = cash_path(scenario, tally);
  for (std::size_t day = 0; day < media.size(); ++day) {
    outcome.calendar_roas.push_back(static_cast<float>(revenue[day] / media[day]));
    outcome.cash.push_back(static_cast<float>(cash[day]));
  }
  return outcome;
}

}  // namespace flywheel::test
