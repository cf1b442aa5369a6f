#include "naive/small_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "random/hash.hpp"
#include "random/trait_tables.hpp"

namespace flywheel::test {

namespace {

std::size_t days_of(const Scenario& scenario) {
  return static_cast<std::size_t>(scenario.calendar.horizon());
}

ChannelMarket calm_market(std::size_t days) {
  return {.price = std::vector<double>(days, 1.0),
          .click = std::vector<double>(days, 1.0),
          .tracking_loss = std::vector<double>(days, 0.0),
          .strength = std::vector<double>(100, 1.0)};
}

/// Seven days' swing around 1: a value that differs from day to day.
double swing(std::size_t day, double size) {
  return 1.0 + size * std::sin(2.0 * std::numbers::pi * static_cast<double>(day) / 7.0);
}

}  // namespace

Scenario quiet_scenario(const QuietPlan& plan) {
  Scenario scenario;
  scenario.calendar = {.start = {2026, 3, 2},
                       .flight_days = plan.flight_days,
                       .conversion_days = plan.conversion_days,
                       .cohort_days = plan.cohort_days,
                       .rotation_days = 7};
  const std::size_t days = days_of(scenario);
  scenario.audience.has_intent = false;
  scenario.segments = {{.size = plan.shoppers}};
  scenario.funnel.source_log_odds.assign(unpaid_source_count, 0.0);
  scenario.funnel.source_factor.assign(unpaid_source_count, 1.0);
  scenario.funnel.reason_shares.fill(0.1);
  scenario.repeat.clock.resize(days + 1);
  for (std::size_t day = 0; day <= days; ++day) {
    scenario.repeat.clock[day] = static_cast<double>(day);
  }
  scenario.market = {.channels = {calm_market(days)},
                     .demand = std::vector<double>(days, 1.0),
                     .conversion_log_odds = std::vector<double>(days, 0.0),
                     .conversion_factor = std::vector<double>(days, 1.0),
                     .rival_price = {},
                     .ideas = {},
                     .season = std::vector<double>(days, 1.0)};
  scenario.retargeting.price.assign(days, 0.0);
  return scenario;
}

TraitQuantile keep_table(Scenario& scenario, InverseTable table) {
  scenario.tables.push_back(std::make_shared<const InverseTable>(std::move(table)));
  return TraitQuantile{*scenario.tables.back()};
}

void add_channel(Scenario& scenario, double impressions_per_shopper_day, double price) {
  const auto days = static_cast<std::size_t>(scenario.calendar.flight_days);
  Delivery delivery;
  delivery.flight_days = days;
  for (const SegmentTraits& segment : scenario.segments) {
    const double impressions = impressions_per_shopper_day * static_cast<double>(segment.size);
    delivery.impressions_per_day.insert(delivery.impressions_per_day.end(), days, impressions);
    delivery.price.insert(delivery.price.end(), days, price * segment.price_factor);
  }
  scenario.channels.push_back({.identity = scenario.channels.size() + 1});
  scenario.deliveries.push_back(delivery);
  scenario.market.channels.push_back(calm_market(days_of(scenario)));
  scenario.funnel.source_log_odds.insert(scenario.funnel.source_log_odds.begin(), 0.0);
  scenario.funnel.source_factor.insert(scenario.funnel.source_factor.begin(), 1.0);
}

void let_all_visits_order(Scenario& scenario) {
  for (auto& steps : scenario.funnel.step_log_odds) steps.fill(50.0);
}

namespace {

void draw_small_traits(Scenario& scenario) {
  AudienceTraits& audience = scenario.audience;
  audience.exposure = keep_table(scenario, gamma_table(1.0));
  audience.affinity = keep_table(scenario, gamma_table(2.0));
  audience.price_sensitivity = keep_table(scenario, gamma_table(2.5));
  audience.engagement = keep_table(scenario, gamma_table(1.5));
  audience.propensity = keep_table(scenario, gamma_table(3.0));
  audience.purchase_rate = keep_table(scenario, gamma_table(1.258));
  audience.dropout = keep_table(scenario, gamma_table(0.723));
  audience.basket_level = keep_table(scenario, lognormal_table(-0.5 * 0.5 * 0.5, 0.5));
  scenario.order.noise = keep_table(scenario, gamma_table(4.0));
}

/// E[x a^sharpness exp(zeta z)] with x of mean 1, a gamma of shape 2 and mean 1.
double mean_weight_of(double sharpness, double zeta) {
  return std::tgamma(2.0 + sharpness) / std::pow(2.0, sharpness) * std::exp(0.5 * zeta * zeta);
}

void add_small_channels(Scenario& scenario) {
  add_channel(scenario, 0.5, 0.4);
  scenario.channels[0] = {.identity = hash_text("display"),
                          .sharpness = 0.5,
                          .intent_targeting = 0.3,
                          .mean_weight = mean_weight_of(0.5, 0.3),
                          .click_rate = 0.03,
                          .affinity_exponent = 1.0,
                          .click_intent = 0.2,
                          .wear_out = 0.43,
                          .wear_in = 0.2,
                          .memory_days = 10.0,
                          .largest_response = 0.8,  // at K = 0; 0.668 at K = 1, then less
                          .frequency_cap = 4,
                          .refresh_days = 10,
                          .view_rate = 0.02,
                          .view_delay_days = 1.5,
                          .mobile_share = 0.7,
                          .tracking_loss = 0.2};
  add_channel(scenario, 0.06, 18.0);
  scenario.channels[1] = {.identity = hash_text("search"),
                          .sharpness = 0.2,
                          .intent_targeting = 0.6,
                          .mean_weight = mean_weight_of(0.2, 0.6),
                          .click_rate = 0.1,
                          .affinity_exponent = 0.5,
                          .click_intent = 0.3,
                          .mobile_share = 0.6,
                          .tracking_loss = 0.1,
                          .brand_price = 0.25,
                          .pays_per_click = true};
  const auto flight = static_cast<std::size_t>(scenario.calendar.flight_days);
  for (std::size_t day = 0; day < flight; ++day) {
    scenario.deliveries[1].brand_shares.push_back(0.15 * swing(day + 5, 0.5));
  }
  for (Delivery& delivery : scenario.deliveries) {
    for (std::size_t cell = 0; cell < delivery.price.size(); ++cell) {
      delivery.impressions_per_day[cell] *= swing(cell % flight, 0.4);
      delivery.price[cell] *= swing(cell % flight + 2, 0.2);
    }
  }
}

void add_small_market(Scenario& scenario) {
  MarketPath& market = scenario.market;
  market.channels[0].strength = {1.3, 0.8, 1.1};
  market.channels[1].strength = {0.9};
  for (std::size_t day = 0; day < days_of(scenario); ++day) {
    market.demand[day] = swing(day + 1, 0.3);
    market.conversion_log_odds[day] = 0.3 * std::log(market.demand[day]);
    market.conversion_factor[day] = std::pow(market.demand[day], 0.3);
    scenario.repeat.clock[day + 1] = scenario.repeat.clock[day] + swing(day, 0.25);
    scenario.retargeting.price[day] = 0.3 * swing(day, 0.3);
    if (day < 8 || day > 12) continue;
    for (ChannelMarket& channel : market.channels) {  // a named shock
      channel.click[day] = 0.6;
      channel.tracking_loss[day] = 0.3;
    }
  }
}

void set_small_landing(Scenario& scenario) {
  scenario.organic = {.visits_per_shopper_day = 0.004,
                      .intent_loading = 0.5,
                      .label_shares = {0.3, 0.25, 0.2, 0.15, 0.1}};
  FunnelTraits& funnel = scenario.funnel;
  funnel.step_log_odds = {{{0.4, 1.0, -0.4, 0.3, 0.8}, {0.2, 0.7, -0.6, 0.1, 0.5}}};
  funnel.source_log_odds = {-0.1, 0.15, 0.35, 0.0, 0.2, 0.25, 0.0};
  funnel.intent_loading = 0.4;
  funnel.mean_propensity = 0.06;
  funnel.source_factor = {1.0, 1.0, 2.0, 1.0, 1.3, 1.5, 1.0};
  funnel.rescued_share = 0.1;
  funnel.reason_shares = {0.23, 0.12, 0.11, 0.10, 0.10, 0.10, 0.08, 0.07, 0.05, 0.04};
  funnel.session_log_median = std::log(127.0);
  funnel.session_log_spread = 0.76;
  funnel.pages_mean = 3.5;
  funnel.immediate_share = 0.8;
  funnel.immediate_delay_days = 0.02;
  funnel.later_delay_days = 3.0;
  funnel.form_rate = 0.1;
  funnel.unpaid_mobile_share = 0.65;
  RetargetingTraits& retargeting = scenario.retargeting;
  retargeting.enabled = true;
  retargeting.impressions_per_day = 0.8;
  retargeting.window_days = 10.0;
  retargeting.cap_per_window = 5;
  retargeting.pool = Depth::engaged;
  retargeting.pools = {{{0.7, 1.3, 0.6}, {1.2, 1.0, 1.0}, {1.6, 0.8, 1.8}}};
  retargeting.click_rate = 0.08;
  retargeting.affinity_exponent = 0.7;
  retargeting.return_probability = 0.2;
  retargeting.return_delay_days = 4.0;
  retargeting.mobile_share = 0.75;
  retargeting.tracking_loss = 0.25;
  retargeting.last_day = scenario.calendar.flight_days + scenario.calendar.conversion_days;
  retargeting.affordable_per_day.assign(static_cast<std::size_t>(retargeting.last_day), 60.0);
  retargeting.expected_entries_per_day = 25.0;
}

void set_small_orders(Scenario& scenario) {
  scenario.order.mean_value = 73.0;
  scenario.order.margin = 0.55;
  scenario.order.shipping_share = 0.1;
  scenario.order.payment_fee = 0.024;
  scenario.order.delivery_days = 4.0;
  scenario.order.bad_product = 0.15;
  scenario.order.bad_delivery = 0.1;
  scenario.order.contact_good = 0.05;
  scenario.order.contact_bad = 0.5;
  scenario.order.resolved = 0.6;
  scenario.order.return_good = 0.15;
  scenario.order.return_bad = 0.4;
  scenario.order.partial_share = 0.3;
  scenario.order.partial_value = 0.45;
  scenario.order.early_return_share = 0.6;
  scenario.order.early_return_days = 5.0;
  scenario.order.late_return_days = 18.0;
  scenario.order.return_cost = 6.0;
  scenario.order.resale_share = 0.5;
  scenario.order.contact_cost = 5.0;
  scenario.advocacy = {.trait_loading = std::sqrt(0.3),
                       .noise_loading = std::sqrt(0.7),
                       .bad_effect = 1.0,
                       .promoter_above = -0.1,
                       .detractor_below = -0.9,
                       .review_promoter = 0.3,
                       .review_passive = 0.1,
                       .review_detractor = 0.4,
                       .friends_put_off = 1.5};
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.02;
  scenario.repeat.mean_dropout = 0.01;
}

FlowTraits small_flow(Trigger trigger, int messages, double first_after_days, double every_days) {
  return {.trigger = trigger,
          .messages = messages,
          .first_after_days = first_after_days,
          .every_days = every_days,
          .delivery_rate = 0.96,
          .open_rate = 0.4,
          .click_rate = 0.12,
          .order_rate = 0.03,
          .unsubscribe_rate = 0.01,
          .cost = 0.01};
}

void set_small_messages(Scenario& scenario) {
  scenario.messages = {.consent_at_order = 0.5,
                       .sms_share = 0.4,
                       .pressure_decay = std::numbers::ln2 / 7.0,
                       .pressure_fatigue = 0.1,
                       .pressure_unsubscribe = 0.15,
                       .pulled_forward = 0.4,
                       .lapsed_factor = 0.3};
  scenario.flows = {small_flow(Trigger::order, 2, 1.0, 3.0),
                    small_flow(Trigger::delivery, 1, 2.0, 0.0),
                    small_flow(Trigger::cart_abandoned, 3, 0.05, 1.0),
                    small_flow(Trigger::browse_abandoned, 2, 0.5, 2.0),
                    small_flow(Trigger::lapse, 2, 28.0, 12.5),
                    small_flow(Trigger::calendar, 1, 2.0, 10.0)};
  scenario.flows[1].by_text = true;
  scenario.flows[1].cost = 0.03;
  scenario.flows[2].order_rate = 0.1;
  scenario.flows[2].discount = 0.05;
  scenario.flows[3].order_rate = 0.08;
  scenario.flows[4].discount = 0.1;
}

void set_small_programmes(Scenario& scenario) {
  scenario.offers = {{.after_days = 20.0,
                      .depth = 0.15,
                      .valid_days = 14.0,
                      .take_up = 0.12,
                      .pulled_forward = 0.4,
                      .give_away = 0.3,
                      .habit = 1.2,
                      .subscribes = 0.6}};
  scenario.subscription = {.take_up = 0.15,
                           .interval_days = 30.0,
                           .discount = 0.08,
                           .churn_alpha = 0.535,
                           .churn_beta = 1.945,
                           .pause_probability = 0.1,
                           .failed_payment = 0.1,
                           .recovered = 0.6};
  scenario.customer_ads = {.enabled = true,
                           .price = 40.0,
                           .start_days = 2.5,
                           .window_days = 25.0,
                           .impressions_per_day = 0.4,
                           .click_rate = 0.08,
                           .order_rate = 0.2,
                           .replaced_share = 0.6};
  scenario.loyalty = {.points_cost_share = 0.012,
                      .tier_orders = 3,
                      .tier_rate_factor = 1.3,
                      .tier_dropout_factor = 0.7,
                      .membership_take_up = 0.2,
                      .membership_fee = 20.0,
                      .membership_rate_factor = 1.2};
  scenario.referral = {.promoters_only = true,
                       .share_rate = 0.3,
                       .clicks_per_share = 2.0,
                       .delay_days = 7.0,
                       .value_uplift = 1.16,
                       .friend_discount = 0.1,
                       .referrer_reward = 10.0};
  scenario.day_zero = {.customers = 60,
                       .tenure_days = 200.0,
                       .consent_share = 0.4,
                       .subscribers = 14,
                       .rating = 4.1,
                       .reviews = 12.0};
  scenario.ledger = {.content_per_day = 3.0,
                     .agency_share = 0.1,
                     .supplier_lead_days = 20.0,
                     .invoice_days = 30.0,
                     .payout_days = 3.0,
                     .stock = 1'500.0};
}

}  // namespace

Scenario small_scenario() {
  Scenario scenario =
      quiet_scenario({.flight_days = 28, .conversion_days = 14, .cohort_days = 358});
  draw_small_traits(scenario);
  scenario.audience.has_intent = true;
  scenario.audience.rate_basket_correlation = 0.3;
  scenario.segments = {{.identity = hash_text("young"), .size = 600, .click_factor = 1.1},
                       {.identity = hash_text("old"),
                        .size = 400,
                        .price_factor = 1.3,
                        .click_factor = 0.85,
                        .conversion_log_odds = 0.4,
                        .conversion_factor = std::exp(0.4),
                        .basket_factor = 1.2,
                        .loyalty_factor = 0.9}};
  add_small_channels(scenario);
  add_small_market(scenario);
  set_small_landing(scenario);
  set_small_orders(scenario);
  set_small_messages(scenario);
  set_small_programmes(scenario);
  scenario.momentum.organic_growth.visits_per_shopper_day = scenario.organic.visits_per_shopper_day;
  return scenario;
}

Scenario other_small_scenario() {
  Scenario scenario = small_scenario();
  scenario.audience.dropout = keep_table(scenario, beta_table(0.793, 2.426));
  scenario.audience.has_intent = false;
  scenario.audience.rate_basket_correlation = 0.0;
  scenario.funnel.uses_propensity = true;
  scenario.repeat.process = RepeatProcess::bg_nbd;
  for (std::size_t day = 0; day < scenario.repeat.clock.size(); ++day) {
    scenario.repeat.clock[day] = static_cast<double>(day);
  }
  scenario.retargeting.pays_per_click = true;
  scenario.retargeting.pool = Depth::click;
  scenario.retargeting.cap_per_window = 0;
  scenario.retargeting.affordable_per_day.clear();
  for (double& price : scenario.retargeting.price) price *= 20.0;
  scenario.attribution.rule = CreditRule::first_click;
  scenario.advocacy.friends_put_off = 0.0;  // so rotations are played together
  scenario.referral.promoters_only = false;
  scenario.referral.share_rate = 0.2;
  scenario.referral.fixed_count = true;
  scenario.referral.delay_days = 0.0;
  scenario.referral.retarget_friends = false;
  scenario.referral.depletion = false;
  return scenario;
}

Scenario canonical_scenario(std::uint64_t shoppers) {
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = 60, .cohort_days = 180});
  AudienceTraits& audience = scenario.audience;
  // Affinity and propensity are not scaled to mean 1: only their products with the rates count.
  audience.affinity = keep_table(scenario, beta_table(2.0, 98.0));
  audience.propensity = keep_table(scenario, beta_table(2.0, 60.0));
  audience.purchase_rate = keep_table(scenario, gamma_table(0.55));
  audience.dropout = keep_table(scenario, gamma_table(0.60));
  audience.basket_level = keep_table(scenario, lognormal_table(-0.18, 0.6));
  add_channel(scenario, 0.2, 0.012);
  scenario.channels[0].click_rate = 0.5;
  scenario.funnel.uses_propensity = true;
  scenario.funnel.mean_propensity = 1.0;
  scenario.funnel.source_factor = {1.0, 2.0, 1.0, 1.0, 2.0, 1.0};
  scenario.retargeting.enabled = true;
  scenario.retargeting.impressions_per_day = 0.5;
  scenario.retargeting.window_days = 14.0;
  scenario.retargeting.pool = Depth::click;
  scenario.retargeting.click_rate = 0.007;
  scenario.retargeting.last_day = 60.0;
  scenario.retargeting.price.assign(60, 0.012);
  scenario.order.mean_value = std::exp(4.1 + 0.18);
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.55 / 10.6 / 7.0;
  scenario.repeat.mean_dropout = 0.60 / 11.7 / 7.0;
  scenario.referral = {.promoters_only = false,
                       .share_rate = 0.05,
                       .fixed_count = true,
                       .clicks_per_share = 1.0,
                       .retarget_friends = false,
                       .depletion = false};
  return scenario;
}

}  // namespace flywheel::test
