#include <algorithm>
#include <cmath>
#include <numeric>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "naive/world.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

/// A row with names.
struct Figures {
  OutcomeLayout layout;
  Outcome outcome;

  [[nodiscard]] double operator()(Column column) const {
    return outcome.row[layout.offset(column)];
  }
  [[nodiscard]] double sum(Column column) const {
    const auto begin = outcome.row.begin() + static_cast<std::ptrdiff_t>(layout.offset(column));
    return std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(layout.size(column)), 0.0);
  }
};

Figures play(const Scenario& scenario, std::uint64_t luck) {
  const OutcomeLayout layout = layout_of(scenario);
  return {layout, run_naive(scenario, layout, luck)};
}

}  // namespace

TEST_CASE("naive: money that comes in is money that is told", "[naive]") {
  using enum Column;
  for (const Scenario& scenario : {small_scenario(), other_small_scenario()}) {
    const Figures f = play(scenario, 5);
    const double costs = f(goods_cost) + f(shipping_cost) + f(payment_fees) + f(message_cost) +
                         f(loyalty_cost) + f(referral_rewards) + f(service_cost) + f(return_cost) +
                         f(overhead_cost) + f(media_spend);
    CHECK(f(contribution) ==
          Approx(f(gross_revenue) - f(refunds) + f(membership_fees) - costs).epsilon(1e-12));
    CHECK(f(average_order_value) * f(orders) - f(discounts) ==
          Approx(f(gross_revenue)).epsilon(1e-12));
    CHECK(f(cohort_roas_180) * f(media_spend) ==
          Approx(f(cohort_gross_revenue) - f(cohort_refunds)).epsilon(1e-12));
    CHECK(f.sum(cohort_revenue_by_channel_segment) ==
          Approx(f(cohort_gross_revenue) - f(cohort_refunds)).epsilon(1e-12));
    CHECK(f.sum(spend_by_channel_segment) + f(customer_ad_spend) ==
          Approx(f(media_spend)).epsilon(1e-12));
    CHECK(f(cohort_contribution) ==
          Approx(f(media_spend) * (f(contribution_roas) - 1.1)).epsilon(1e-12));  // a tenth: agency
    CHECK(f(shipping_cost) == Approx(0.1 * f(average_order_value) * f(orders)).epsilon(1e-12));
    CHECK(f(overhead_cost) == Approx(3.0 * 400 + 0.1 * f(media_spend)).epsilon(1e-12));
  }
}

TEST_CASE("naive: every click, visit, customer and offer order ends in exactly one way",
          "[naive]") {
  using enum Column;
  for (const Scenario& scenario : {small_scenario(), other_small_scenario()}) {
    const NaiveFuture future = play_naive(scenario, 6);
    const NaiveTally& tally = future.tally;
    const OutcomeLayout layout = layout_of(scenario);
    const Figures f{layout, report(scenario, layout, future)};
    const double paid_visits = tally.visits_by_source[0] + tally.visits_by_source[1] +
                               tally.visits_by_source[2] - tally.view_visits;
    CHECK(f(clicks) == paid_visits + tally.clicks_without_visit);
    CHECK(f(visits) == f.sum(visits_by_device));
    CHECK(f(visits) ==
          std::accumulate(tally.visits_by_source.begin(), tally.visits_by_source.end(), 0.0));
    CHECK(f.sum(abandonments_by_reason) == tally.visits_by_end[4]);
    CHECK(f.sum(first_orders_by_channel_segment) == f(root_customers));
    const auto won = std::count_if(
        future.shoppers.begin(), future.shoppers.end(),
        [](const NaiveShopper& shopper) { return shopper.is_customer && !shopper.existed; });
    CHECK(f(root_customers) + f(organic_customers) + f(referred_customers) ==
          static_cast<double>(won));
    CHECK(f(orders) == f(repeat_orders) + static_cast<double>(won));
    CHECK(f(offer_orders) == f(offer_expansion) + f(offer_pulled_forward) + f(offer_given_away));
    CHECK(f.sum(exposure_share_by_channel) != f.sum(exposure_share_by_channel));  // retargeting
    CHECK(tally.clicks_without_visit > 0.0);
  }
}

TEST_CASE("naive: cash ends where contribution does when everything is paid at once", "[naive]") {
  Scenario scenario = small_scenario();
  scenario.ledger.supplier_lead_days = 0.0;
  scenario.ledger.invoice_days = 0.0;
  scenario.ledger.payout_days = 0.0;
  scenario.ledger.stock = 0.0;
  const Figures f = play(scenario, 7);
  CHECK(f.outcome.cash.size() == 400);
  CHECK(f.outcome.cash.back() == Approx(f(Column::contribution)).epsilon(1e-6));
  CHECK(f.outcome.calendar_roas.back() == Approx(f(Column::calendar_roas)).epsilon(1e-6));
  const auto deepest = std::min_element(f.outcome.cash.begin(), f.outcome.cash.end());
  CHECK(f(Column::deepest_cash) == Approx(*deepest).epsilon(1e-6));
  CHECK(f(Column::deepest_cash_day) == static_cast<double>(deepest - f.outcome.cash.begin()));
}

TEST_CASE("naive: paths are dated as the ledger says", "[naive]") {
  Scenario scenario = quiet_scenario({.shoppers = 1, .flight_days = 4, .cohort_days = 16});
  add_channel(scenario, 0.0, 1.0);
  scenario.ledger = {.content_per_day = 1.0,
                     .agency_share = 0.1,
                     .supplier_lead_days = 3.0,
                     .invoice_days = 5.0,
                     .payout_days = 2.0};
  NaiveFuture future{NaiveTally{scenario},
                     {NaiveShopper{Stream{{}, Purpose::trait, 0}}},
                     play_naive(scenario, 0).loops};
  future.shoppers[0].impressions = {0};
  const std::optional<NaiveRoot> root = NaiveRoot{2.5, 0, 0};
  book_media(future.tally, scenario, 0, 0, {.time = 1.5, .amount = 100.0});  // cash -110 on day 6
  book(future.tally, scenario, root, {NaiveAccount::revenue, 2.5, 90.0});    // cash on day 4
  book(future.tally, scenario, root, {NaiveAccount::goods, 2.5, 30.0});      // cash on day 0
  book(future.tally, scenario, std::nullopt, {NaiveAccount::goods, 2.5, 8.0});  // paid before
  book(future.tally, scenario, root, {NaiveAccount::refund, 9.5, 20.0});        // day 9
  book(future.tally, scenario, root, {NaiveAccount::revenue, 10.5, 71.0});      // day 12
  book(future.tally, scenario, root, {NaiveAccount::revenue, 18.75, 1.0});      // after the window
  book(future.tally, scenario, std::nullopt, {NaiveAccount::revenue, 3.0, 7.0});  // day 5
  book(future.tally, scenario, root, {NaiveAccount::revenue, 20.0, 99.0});  // after the horizon
  const OutcomeLayout layout = layout_of(scenario);
  const Figures f{layout, report(scenario, layout, future)};

  CHECK(f.outcome.cash[0] == -31.0F);
  CHECK(f.outcome.cash[4] == 90.0F - 35.0F);
  CHECK(f.outcome.cash[6] == 97.0F - 30.0F - 110.0F - 7.0F);
  CHECK(f.outcome.cash[19] == 168.0F - 30.0F - 110.0F - 20.0F - 20.0F);
  CHECK(f(Column::deepest_cash) == Approx(97.0 - 30.0 - 110.0 - 20.0 - 12.0));  // day 11
  CHECK(f(Column::deepest_cash_day) == 11.0);
  CHECK(std::isnan(f.outcome.calendar_roas[0]));
  CHECK(f.outcome.calendar_roas[2] == 0.9F);
  // 90 - 30 - 20 + 71 = 111 on day 10 covers 100 and a tenth of it; what comes on day 18 is not the
  // cohort's any more.
  CHECK(f(Column::payback_day) == 10.0);
  CHECK(f(Column::cohort_contribution) == Approx(1.0));
  CHECK(f(Column::cohort_gross_revenue) == 161.0);
  CHECK(f(Column::calendar_roas) == Approx((162.0 - 20.0) / 100.0));
  CHECK(f(Column::contribution) == Approx(169.0 - 20.0 - 38.0 - 20.0 - 10.0 - 100.0));
}

TEST_CASE("naive: a cohort has paid back from the day after which it stays above", "[naive]") {
  Scenario scenario = quiet_scenario({.shoppers = 1, .flight_days = 4, .cohort_days = 16});
  add_channel(scenario, 0.0, 1.0);
  NaiveFuture future{NaiveTally{scenario},
                     {NaiveShopper{Stream{{}, Purpose::trait, 0}}},
                     play_naive(scenario, 0).loops};
  future.shoppers[0].impressions = {0};
  const std::optional<NaiveRoot> root = NaiveRoot{1.5, 0, 0};
  const OutcomeLayout layout = layout_of(scenario);
  const auto payback = [&] { return Figures{layout, report(scenario, layout, future)}; };
  book_media(future.tally, scenario, 0, 0, {.time = 1.5, .amount = 50.0});
  book(future.tally, scenario, root, {NaiveAccount::revenue, 1.5, 60.0});
  CHECK(payback()(Column::payback_day) == 1.0);
  book(future.tally, scenario, root, {NaiveAccount::refund, 5.5, 20.0});
  CHECK(std::isnan(payback()(Column::payback_day)));
  book(future.tally, scenario, root, {NaiveAccount::revenue, 8.5, 10.0});
  CHECK(payback()(Column::payback_day) == 8.0);
}

TEST_CASE("naive: equal luck is an equal future, other luck another", "[naive]") {
  const Scenario scenario = small_scenario();
  const OutcomeLayout layout = layout_of(scenario);
  const Outcome first = run_naive(scenario, layout, 8);
  const Outcome again = run_naive(scenario, layout, 8);
  const Outcome other = run_naive(scenario, layout, 9);
  CHECK(first.cash == again.cash);
  CHECK(first.events == again.events);
  CHECK(first.cash != other.cash);
}

TEST_CASE("naive: credit goes by the rule to touches within their windows", "[naive]") {
  Scenario scenario = small_scenario();  // clicks 7 days, views 1 day, touches 14 days
  for (ExposureTraits& channel : scenario.channels) channel.tracking_loss = 0.0;
  scenario.retargeting.tracking_loss = 0.0;
  for (ChannelMarket& market : scenario.market.channels) {
    std::fill(market.tracking_loss.begin(), market.tracking_loss.end(), 0.0);
  }
  scenario.market.channels[2].tracking_loss[4] = 1.0;
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}};
  NaiveShopper shopper{Stream{{}, Purpose::trait, 0}};
  const auto credit = [&](CreditRule rule, double now) {
    scenario.attribution.rule = rule;
    const auto touch = credited_touch(scenario, shopper, now);
    return touch ? touch->channel : -1;
  };
  using enum CreditRule;

  CHECK(credit(last_touch, 0.5) == -1);
  remember(world, shopper, {.time = 1.0, .channel = 0, .is_click = false});
  CHECK(credit(last_touch, 2.0) == 0);
  CHECK(credit(last_touch, 2.01) == -1);
  CHECK(credit(last_click, 1.5) == -1);
  remember(world, shopper, {.time = 3.0, .channel = 1, .is_click = true});
  remember(world, shopper, {.time = 4.0, .channel = 2, .is_click = true});  // not to be tracked
  remember(world, shopper, {.time = 4.5, .channel = 0, .is_click = false});
  CHECK(credit(last_touch, 5.0) == 2);
  CHECK(credit(last_click, 5.0) == 2);
  CHECK(credit(first_click, 5.0) == 1);
  CHECK(credit(first_click, 10.5) == -1);  // the kept click is too old
  CHECK(credit(last_touch, 11.0) == 2);
  CHECK(credit(last_touch, 11.01) == -1);
  scenario.attribution.rule = last_touch;
  CHECK(tracked_touch(scenario, shopper, 5.0)->channel == 1);
  remember(world, shopper, {.time = 12.0, .channel = 0, .is_click = true});
  CHECK(credit(first_click, 12.5) == 0);
  scenario.calendar.conversion_days = 2;
  CHECK(credit(last_touch, 14.0) == 0);
  CHECK(credit(last_touch, 14.5) == -1);
}

}  // namespace flywheel::test
