// Identities of the fast engine's figures: what was counted twice must agree.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "naive/small_scenario.hpp"
#include "support/catch.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

/// Futures of both small shops, in which every mechanism is on.
std::vector<FastFuture> small_futures() {
  std::vector<FastFuture> futures;
  for (std::uint64_t luck = 0; luck < 10; ++luck) {
    futures.push_back(play_fast(small_scenario(), luck));
    futures.push_back(play_fast(other_small_scenario(), luck));
  }
  return futures;
}

}  // namespace

TEST_CASE("revenue less refunds and costs is the contribution", "[verification]") {
  using enum Column;
  for (const FastFuture& f : small_futures()) {
    const double costs = f(goods_cost) + f(shipping_cost) + f(payment_fees) + f(message_cost) +
                         f(loyalty_cost) + f(referral_rewards) + f(service_cost) + f(return_cost) +
                         f(overhead_cost) + f(media_spend);
    CHECK(f(contribution) ==
          Approx(f(gross_revenue) - f(refunds) + f(membership_fees) - costs).epsilon(1e-12));
    CHECK(f(average_order_value) * f(orders) - f(discounts) ==
          Approx(f(gross_revenue)).epsilon(1e-12));
    CHECK(f(shipping_cost) == Approx(0.1 * f(average_order_value) * f(orders)).epsilon(1e-6));
    CHECK(f(payment_fees) == Approx(0.024 * f(gross_revenue)).epsilon(1e-6));
    CHECK(f(overhead_cost) == Approx(3.0 * 400 + 0.1 * f(media_spend)).epsilon(1e-6));
    CHECK(f(deepest_cash) <= f.outcome.cash.back() + 0.01);
  }
}

TEST_CASE("an order that takes up an offer may begin a subscription, of who has none",
          "[verification]") {
  using enum Column;
  Scenario scenario = small_scenario();
  scenario.day_zero = {};
  scenario.subscription.take_up = 0.0;
  const auto play = [&](double share, Days interval) {
    scenario.offers[0].subscribes = share;
    scenario.subscription.interval_days = interval;
    return play_fast(scenario, 3);
  };
  CHECK(play(0.0, 1e6)(subscribers) == 0.0);
  const FastFuture all = play(1.0, 1e6);  // nobody comes to a renewal
  const double taken_up = all(offer_expansion) + all(offer_pulled_forward);
  CHECK(all(subscribers) > 20.0);
  CHECK(all(subscribers) <= taken_up);
  CHECK(all(subscribers) > 0.5 * taken_up);  // who takes up two offers subscribes once
  const FastFuture some = play(0.5, 1e6);
  CHECK(some(subscribers) < all(subscribers));
  CHECK(play(1.0, 5.0)(renewals) > all(subscribers));
}

TEST_CASE("every ROAS is the quotient it is defined as", "[verification]") {
  using enum Column;
  for (const FastFuture& f : small_futures()) {
    const double net = f(cohort_gross_revenue) - f(cohort_refunds);
    const double earned = f(cohort_contribution) + 1.1 * f(media_spend);  // a tenth: the agency
    CHECK(f(cohort_roas_180) * f(media_spend) == Approx(net).epsilon(1e-12));
    CHECK(f(cohort_roas_180_gross) * f(media_spend) ==
          Approx(f(cohort_gross_revenue)).epsilon(1e-12));
    CHECK(f(cohort_roas_180_open) * f(media_spend) ==
          Approx(net - f(cohort_open_refunds)).epsilon(1e-12));
    CHECK(f(contribution_roas) * f(media_spend) == Approx(earned).epsilon(1e-7));
    CHECK(f(break_even_roas) * earned == Approx(1.1 * net).epsilon(1e-7));
    CHECK(earned > 0.0);
    CHECK(f(blended_roas) * f(media_spend) == Approx(f(gross_revenue) - f(refunds)).epsilon(1e-12));
    CHECK(f(ltv_to_cac) ==
          Approx(f(lifetime_value) / (1.1 * f(customer_acquisition_cost))).epsilon(1e-7));
    CHECK(f(calendar_roas) == Approx(f.outcome.calendar_roas.back()).epsilon(1e-6));
    CHECK(f(cohort_gross_revenue) <= f(gross_revenue));
  }
}

TEST_CASE("no ROAS breaks even where every order loses", "[verification]") {
  using enum Column;
  Scenario scenario = small_scenario();
  scenario.order.margin = 0.05;
  const FastFuture f = play_fast(scenario, 1);
  REQUIRE(f(cohort_contribution) + f(media_spend) < 0.0);
  CHECK(std::isnan(f(break_even_roas)));
}

TEST_CASE("a future pays back exactly when its cohort does not lose", "[verification]") {
  using enum Column;
  std::size_t paid = 0;
  std::size_t lost = 0;
  Scenario scenario = other_small_scenario();
  scenario.order.margin = 0.40;  // so that many futures lose
  for (std::uint64_t luck = 0; luck < 300; ++luck) {
    const FastFuture f = play_fast(scenario, luck);
    const bool gains = f(cohort_contribution) >= 0.0;
    CAPTURE(luck, f(cohort_contribution), f(payback_day));
    CHECK(std::isfinite(f(payback_day)) == gains);
    CHECK((f(ltv_to_cac) >= 1.0) == gains);
    (gains ? paid : lost) += 1;
  }
  CAPTURE(paid, lost);
  CHECK(paid >= 10);
  CHECK(lost >= 10);
}

TEST_CASE("a click wins one first order at most, and brand ads and views win others",
          "[verification]") {
  using enum Column;
  double more = 0.0;
  for (const FastFuture& f : small_futures()) {
    double of_clicks = 0.0;
    for (std::size_t channel = 0; channel <= 2; ++channel) {
      const double rate = f(click_conversion_rate_by_channel, channel);
      CHECK(rate >= 0.0);
      CHECK(rate <= 1.0);
      const double won = rate * f(clicks_by_channel, channel);
      CHECK(won < f(first_orders_by_channel, channel) + 0.5);
      of_clicks += won;
      if (channel == 1) more += f(first_orders_by_channel, channel) - won;
    }
    CHECK(f(click_conversion_rate) * f(clicks) == Approx(of_clicks));
  }
  CHECK(more > 10.0);  // channel 1 has brand ads
}

TEST_CASE("channels and segments add up to the whole", "[verification]") {
  using enum Column;
  for (const FastFuture& f : small_futures()) {
    const double of_channels = f(media_spend) - f(customer_ad_spend);
    CHECK(f.sum(spend_by_channel) == Approx(of_channels).epsilon(1e-12));
    CHECK(f.sum(spend_by_channel_segment) == Approx(of_channels).epsilon(1e-12));
    CHECK(f.sum(cohort_revenue_by_channel_segment) ==
          Approx(f(cohort_gross_revenue) - f(cohort_refunds)).epsilon(1e-12));
    CHECK(f.sum(impressions_by_channel) == f(impressions));
    CHECK(f.sum(impressions_by_channel_segment) == f(impressions));
    CHECK(f.sum(clicks_by_channel) == f(clicks));
    CHECK(f.sum(clicks_by_channel_segment) == f(clicks));
    CHECK(f.sum(first_orders_by_channel) == f(root_customers));
    CHECK(f.sum(first_orders_by_channel_segment) == f(root_customers));
    CHECK(f(retargeting_impressions) == f(impressions_by_channel, 2));
    CHECK(f(retargeting_clicks) == f(clicks_by_channel, 2));
    CHECK(f(retargeting_orders) == f(first_orders_by_channel, 2));
    for (std::size_t channel = 0; channel < 2; ++channel) {
      double shares = 0.0;
      for (std::size_t n = 0; n < exposure_class_count; ++n) {
        shares += f(exposure_share_by_channel, channel, n);
      }
      CHECK(shares == Approx(1.0).epsilon(1e-12));
      double reached = 0.0;
      double seen = 0.0;
      for (std::size_t segment = 0; segment < 2; ++segment) {
        const double reach = f(reach_by_channel_segment, channel, segment);
        CHECK(reach > 0.0);
        CHECK(reach * f(frequency_by_channel_segment, channel, segment) ==
              Approx(f(impressions_by_channel_segment, channel, segment)));
        reached += reach;
        seen += reach * f(frequency_by_channel_segment, channel, segment);
      }
      CHECK(reached == f(reach_by_channel, channel));
      CHECK(seen == Approx(f(impressions_by_channel, channel)));
    }
  }
}

TEST_CASE("every visit, customer and offer order is counted in exactly one way", "[verification]") {
  using enum Column;
  for (const FastFuture& f : small_futures()) {
    std::size_t won = 0;
    std::size_t orders_by_people = 0;
    for (std::size_t segment = 0; segment < 2; ++segment) {
      for (const Customer& customer : f.customers(segment)) {
        won += customer.from_day_zero ? 0U : 1U;
        orders_by_people += customer.orders - (customer.from_day_zero ? 1U : 0U);
      }
    }
    CHECK(f(root_customers) + f(organic_customers) + f(referred_customers) ==
          static_cast<double>(won));
    CHECK(f(orders) == static_cast<double>(orders_by_people));
    CHECK(f(orders) == f(repeat_orders) + static_cast<double>(won));
    CHECK(f(offer_orders) == f(offer_expansion) + f(offer_pulled_forward) + f(offer_given_away));
    CHECK(f(visits) == f.sum(visits_by_device));
    double bounced = 0.0;
    double seconds = 0.0;
    for (std::size_t device = 0; device < 2; ++device) {
      const double here = f(visits_by_device, device);
      const double left = here * f(bounce_rate_by_device, device);
      bounced += left;
      seconds += (here - left) * f(session_seconds_by_device, device);
      CHECK(f(cart_abandonment_by_device, device) >= f(checkout_abandonment_by_device, device));
    }
    CHECK(bounced == Approx(f(visits) * f(bounce_rate)));
    CHECK(seconds == Approx(f(visits) * (1.0 - f(bounce_rate)) * f(session_seconds)));
    CHECK(f(organic_visits) < f(visits));
    CHECK(f(referred_per_customer) * static_cast<double>(won) == Approx(f(referred_customers)));
    CHECK(f.sum(messages_by_flow) == f(messages));
    double delivered = 0.0;
    double opened = 0.0;
    double clicked = 0.0;
    double unsubscribed = 0.0;
    for (std::size_t flow = 0; flow < f.layout.size(messages_by_flow); ++flow) {
      const double sent = f(messages_by_flow, flow);
      if (sent == 0.0) continue;
      CHECK(sent * f(message_order_rate_by_flow, flow) == Approx(f(orders_by_flow, flow)));
      const double arrived = sent * f(delivery_rate_by_flow, flow);
      delivered += arrived;
      if (arrived == 0.0) continue;
      opened += arrived * f(open_rate_by_flow, flow);
      clicked += arrived * f(message_click_rate_by_flow, flow);
      unsubscribed += arrived * f(unsubscribe_rate_by_flow, flow);
    }
    CHECK(delivered == Approx(f(messages) * f(delivery_rate)));
    CHECK(opened == Approx(delivered * f(open_rate)));
    CHECK(clicked == Approx(delivered * f(message_click_rate)));
    CHECK(unsubscribed == Approx(delivered * f(unsubscribe_rate)));
    CHECK(f.sum(orders_by_flow) == Approx(f(message_order_rate) * f(messages)));
    CHECK(f.sum(abandonments_by_reason) > 0.0);
  }
}

TEST_CASE("platforms credit no order by last touch that nobody touched", "[verification]") {
  // What they see is part of what happened; with nothing lost they see it all.
  double lost = 0.0;
  for (std::uint64_t luck = 0; luck < 10; ++luck) {
    Scenario scenario = small_scenario();
    const FastFuture f = play_fast(scenario, luck);
    CHECK(f.sum(Column::tracked_orders_by_channel) <= f(Column::root_customers));
    lost += f(Column::root_customers) - f.sum(Column::tracked_orders_by_channel);
    for (ExposureTraits& channel : scenario.channels) channel.tracking_loss = 0.0;
    scenario.retargeting.tracking_loss = 0.0;
    for (ChannelMarket& market : scenario.market.channels) {
      std::fill(market.tracking_loss.begin(), market.tracking_loss.end(), 0.0);
    }
    const FastFuture seen = play_fast(scenario, luck);
    for (std::size_t channel = 0; channel < 3; ++channel) {
      CHECK(seen(Column::tracked_orders_by_channel, channel) ==
            seen(Column::first_orders_by_channel, channel));
    }
  }
  CHECK(lost > 0.0);
}

}  // namespace flywheel::test
