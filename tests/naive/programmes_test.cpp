#include <cmath>

#include "naive/engine.hpp"
#include "naive/small_scenario.hpp"
#include "naive/world.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/plausible.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t shoppers = 20'000;

std::uint64_t count(double figure) { return static_cast<std::uint64_t>(std::llround(figure)); }

double normal_tail_above(double score) { return 0.5 * std::erfc(score / std::sqrt(2.0)); }

/// Everybody makes a first order of 100 on day 0; nothing else is on.
Scenario everybody_buys(int days) {
  Scenario scenario =
      quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = days - 1});
  scenario.organic.visits_per_shopper_day = 50.0;
  scenario.order.mean_value = 100.0;
  let_all_visits_order(scenario);
  return scenario;
}

/// Repeat purchases without dropout at a rate that changes once, after the first of them.
double purchases_with_step(double rate, double factor, double days) {
  const double waiting = (1.0 - std::exp(-rate * days)) / rate;
  return rate * waiting + rate * factor * (days - waiting);
}

}  // namespace

TEST_CASE("naive: purchase rate and basket level have normal scores of the given correlation",
          "[naive][statistical]") {
  const InverseTable normal = normal_table(0.0, 1.0);
  AudienceTraits audience;
  audience.purchase_rate = TraitQuantile{normal};
  audience.basket_level = TraitQuantile{normal};
  audience.affinity = TraitQuantile{normal};
  audience.rate_basket_correlation = 0.6;
  std::vector<double> products;
  std::vector<double> own;
  std::vector<double> rates;
  for (std::uint64_t k = 0; k < shoppers; ++k) {
    Stream stream{Key{1, 2}, Purpose::trait, k};
    const NaiveTraits traits = draw_naive_traits(stream, audience);
    products.push_back(traits.l * traits.v);
    rates.push_back(traits.l);
    own.push_back(traits.a);
  }
  CHECK(plausible_mean(products, 0.6));
  CHECK(plausible_variance(rates, 1.0));
  CHECK(plausible_independence(rates, own));
}

TEST_CASE("naive: an order costs, comes back and is judged as the traits say",
          "[naive][statistical]") {
  Scenario scenario = everybody_buys(3);
  scenario.order.margin = 0.6;
  scenario.order.bad_product = 0.2;
  scenario.order.bad_delivery = 0.1;
  scenario.order.contact_good = 0.05;
  scenario.order.contact_bad = 0.5;
  scenario.order.resolved = 0.4;
  scenario.order.return_good = 0.1;
  scenario.order.return_bad = 0.5;
  scenario.order.partial_share = 0.5;
  scenario.order.partial_value = 0.45;
  scenario.order.resale_share = 0.5;
  scenario.order.contact_cost = 5.0;
  scenario.order.return_cost = 7.0;
  scenario.advocacy = {.trait_loading = 0.6,
                       .noise_loading = 0.8,
                       .bad_effect = 1.2,
                       .promoter_above = -0.2,
                       .detractor_below = -1.0,
                       .review_promoter = 0.3,
                       .review_passive = 0.1,
                       .review_detractor = 0.5};
  const NaiveTally tally = play_naive(scenario, 1).tally;
  const double any = 1.0 - 0.8 * 0.9;
  const double bad = any * (1.0 - 0.5 * 0.4);
  const double returned = (1.0 - bad) * 0.1 + bad * 0.5;
  CHECK(count(tally.deliveries) == shoppers);
  CHECK(plausible_count(count(tally.bad_experiences), shoppers, bad));
  CHECK(plausible_count(count(tally.returns), shoppers, returned));
  const double contacts = sum_of(tally.all, NaiveAccount::service) / 5.0;
  CHECK(plausible_count(count(contacts), shoppers, any * 0.5 + (1.0 - any) * 0.05));
  CHECK(sum_of(tally.all, NaiveAccount::return_handling) == Approx(7.0 * tally.returns));
  const double part = sum_of(tally.all, NaiveAccount::refund) / tally.returns;
  CHECK(plausible_mean(part, 55.0 * 0.5, count(tally.returns), 50.0 + 22.5));
  CHECK(sum_of(tally.all, NaiveAccount::resale) ==
        Approx(0.5 * 0.4 * sum_of(tally.all, NaiveAccount::refund)));

  const double promoters = (1.0 - bad) * normal_tail_above(-0.2) + bad * normal_tail_above(1.0);
  const double detractors = (1.0 - bad) * normal_tail_above(1.0) + bad * normal_tail_above(-0.2);
  CHECK(plausible_count(count(tally.promoters), shoppers, promoters));
  CHECK(plausible_count(count(tally.detractors), shoppers, detractors));
  CHECK(plausible_count(count(tally.reviews), shoppers,
                        0.3 * promoters + 0.1 * (1.0 - promoters - detractors) + 0.5 * detractors));
}

TEST_CASE("naive: refunds come after delivery and leave the window open", "[naive][statistical]") {
  Scenario scenario = everybody_buys(11);  // day 0 and a window of 10 days
  scenario.funnel.source_log_odds[1] = -100.0;
  add_channel(scenario, 5.0, 0.01);  // everybody buys by an ad, all on day 0
  scenario.channels[0].click_rate = 1.0;
  scenario.attribution = {.rule = CreditRule::last_touch, .click_days = 7.0, .view_days = 1.0};
  scenario.order.return_good = 1.0;
  scenario.order.delivery_days = 4.0;
  scenario.order.early_return_share = 1.0;
  scenario.order.early_return_days = 4.0;
  const NaiveTally tally = play_naive(scenario, 2).tally;
  // Two gamma(4) delays of mean 4 are a gamma(8) of mean 8: P(G > 10) = P(Poisson(10) < 8).
  double late = 0.0;
  double term = std::exp(-10.0);
  for (int k = 0; k < 8; ++k) {
    late += term;
    term *= 10.0 / (k + 1);
  }
  const double all = sum_of(tally.cohort, NaiveAccount::revenue);
  CHECK(all == Approx(100.0 * tally.root_customers));
  CHECK(
      plausible_count(count(tally.cohort_open_refunds / 100.0), count(tally.root_customers), late));
  CHECK(tally.cohort_open_refunds + sum_of(tally.cohort, NaiveAccount::refund) == Approx(all));
}

TEST_CASE("naive: offers expand, pull forward and are given away", "[naive][statistical]") {
  Scenario scenario = everybody_buys(10);
  scenario.messages.consent_at_order = 0.7;
  scenario.offers = {{.after_days = 5.0,
                      .depth = 0.2,
                      .valid_days = 3.0,
                      .take_up = 0.3,
                      .pulled_forward = 0.4,
                      .give_away = 0.0}};
  const NaiveTally taken = play_naive(scenario, 3).tally;
  CHECK(plausible_count(count(taken.offers_issued), shoppers, 0.7));
  CHECK(plausible_count(count(taken.offer_expansion), count(taken.offers_issued), 0.3 * 0.6));
  CHECK(plausible_count(count(taken.offer_pulled_forward), count(taken.offers_issued), 0.3 * 0.4));
  CHECK(taken.discounts == Approx(20.0 * (taken.offer_expansion + taken.offer_pulled_forward)));

  // All purchases fall into day 6, when the offer of day 5 holds for those who consented.
  scenario.offers[0].take_up = 0.0;
  scenario.offers[0].give_away = 0.5;
  scenario.offers[0].habit = 0.5;
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.8;
  for (std::size_t day = 0; day < scenario.repeat.clock.size(); ++day) {
    scenario.repeat.clock[day] = day > 6 ? 1.0 : 0.0;
  }
  const NaiveTally given = play_naive(scenario, 4).tally;
  CHECK(plausible_mean(given.repeat_orders / shoppers, std::sqrt(0.8), shoppers, 0.8));
  // Redemptions so far make the next less likely: a pure birth process of rates 0.4, 0.2, 0.1 ...
  double expected = 0.0;
  std::vector<double> state(12, 0.0);
  state[0] = 1.0;
  constexpr int steps = 20'000;
  for (int step = 0; step < steps; ++step) {
    for (std::size_t n = state.size() - 1; n-- > 0;) {
      const double moved = state[n] * 0.4 * std::pow(0.5, static_cast<double>(n)) / steps;
      state[n] -= moved;
      state[n + 1] += moved;
    }
  }
  for (std::size_t n = 0; n < state.size(); ++n) expected += static_cast<double>(n) * state[n];
  CHECK(plausible_mean(given.offer_given_away / given.offers_issued, std::sqrt(expected),
                       count(given.offers_issued), expected));
}

TEST_CASE("naive: tiers and memberships change purchases from their order on",
          "[naive][statistical]") {
  Scenario scenario = everybody_buys(60);
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.02;
  scenario.loyalty.membership_rate_factor = 1.5;
  scenario.loyalty.membership_take_up = 0.3;
  scenario.loyalty.membership_fee = 20.0;
  const auto repeats = [&](std::uint64_t luck) {
    return play_naive(scenario, luck).tally.repeat_orders / shoppers;
  };
  const double days = 60.0 - 0.02;
  const double member = purchases_with_step(0.02, 1.5, days);
  const double other = purchases_with_step(0.02, 1.0, days);
  const double expected = 0.3 * member + 0.7 * other;
  CHECK(plausible_mean(repeats(5), std::sqrt(1.5 * expected), shoppers, expected));
  const NaiveTally members = play_naive(scenario, 6).tally;
  CHECK(sum_of(members.all, NaiveAccount::membership) == Approx(20.0 * members.members));
  CHECK(plausible_count(count(members.members), shoppers, 0.3 * (1.0 - std::exp(-0.02 * days))));

  scenario.loyalty.membership_take_up = 0.0;
  scenario.loyalty.tier_orders = 2;
  scenario.loyalty.tier_rate_factor = 0.5;
  const double tier = purchases_with_step(0.02, 0.5, days);
  CHECK(plausible_mean(repeats(7), std::sqrt(1.5 * tier), shoppers, tier));

  // With dropout at rate m, m phi in the tier: the first repeat at s, then a shorter clock.
  scenario.repeat.mean_dropout = 0.05;
  scenario.loyalty.tier_dropout_factor = 0.4;
  double mortal = 0.0;
  constexpr int slices = 20'000;
  for (int k = 0; k < slices; ++k) {
    const double s = days * (k + 0.5) / slices;
    const double afterwards = 0.01 * (1.0 - std::exp(-0.02 * (days - s))) / 0.02;
    mortal += 0.02 * std::exp(-0.07 * s) * (1.0 + afterwards) * days / slices;
  }
  CHECK(plausible_mean(repeats(8), std::sqrt(1.5 * mortal), shoppers, mortal));
}

TEST_CASE("naive: friends pay less at first, spend more, and pay off to who sent them",
          "[naive][statistical]") {
  Scenario scenario = everybody_buys(8);
  scenario.referral = {.promoters_only = true,
                       .share_rate = 0.5,
                       .fixed_count = true,
                       .clicks_per_share = 1.0,
                       .value_uplift = 1.25,
                       .friend_discount = 0.1,
                       .referrer_reward = 9.0,
                       .depletion = false};
  scenario.advocacy.noise_loading = 1.0;
  scenario.advocacy.promoter_above = 0.5;
  scenario.funnel.source_log_odds[3] = -50.0;  // a friend orders with chance 1/32
  const NaiveTally tally = play_naive(scenario, 9).tally;
  const double sharing = 0.5 * normal_tail_above(0.5);
  CHECK(plausible_count(count(tally.friends), count(tally.orders), sharing));
  CHECK(plausible_count(count(tally.referred_customers), count(tally.friends), 1.0 / 32.0));
  CHECK(tally.discounts == Approx(12.5 * tally.referred_customers));
  CHECK(tally.order_value ==
        Approx(100.0 * tally.organic_customers + 125.0 * tally.referred_customers));
  CHECK(sum_of(tally.all, NaiveAccount::reward) == Approx(9.0 * tally.referred_customers));
}

TEST_CASE("naive: message orders replace the next purchases", "[naive][statistical]") {
  Scenario scenario = everybody_buys(12);
  scenario.messages.consent_at_order = 1.0;
  scenario.messages.pulled_forward = 0.4;
  scenario.flows = {{.trigger = Trigger::calendar,
                     .first_after_days = 3.0,
                     .delivery_rate = 1.0,
                     .open_rate = 1.0,
                     .click_rate = 1.0,
                     .order_rate = 0.5}};
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.3;
  for (std::size_t day = 0; day < scenario.repeat.clock.size(); ++day) {
    scenario.repeat.clock[day] = day > 6 ? std::min(5.0, static_cast<double>(day) - 6.0) : 0.0;
  }
  const NaiveTally tally = play_naive(scenario, 10).tally;
  CHECK(plausible_count(count(tally.orders_by_flow[0]), shoppers, 0.5));
  const double purchases = tally.repeat_orders - tally.orders_by_flow[0];
  // 1.5 purchases on average, but the first is left out with chance 0.5 * 0.4, if there is one.
  const double expected = 1.5 - 0.2 * (1.0 - std::exp(-1.5));
  CHECK(plausible_mean(purchases / shoppers, std::sqrt(1.6), shoppers, expected));
}

TEST_CASE("naive: ads follow each order, cost media and replace the next purchases",
          "[naive][statistical]") {
  Scenario scenario = everybody_buys(30);
  scenario.ledger.agency_share = 0.1;
  scenario.customer_ads = {.enabled = true,
                           .price = 500.0,
                           .start_days = 2.0,
                           .window_days = 10.0,
                           .impressions_per_day = 0.3,
                           .click_rate = 0.1,
                           .order_rate = 0.0,
                           .replaced_share = 0.5};
  // One order each: 3 impressions on average, in days 2 to 12.
  const NaiveTally seen = play_naive(scenario, 14).tally;
  CHECK(plausible_mean(seen.customer_ad_impressions / shoppers, std::sqrt(3.0), shoppers, 3.0));
  CHECK(plausible_count(count(seen.customer_ad_clicks), count(seen.customer_ad_impressions), 0.1));
  CHECK(seen.customer_ad_spend == Approx(0.5 * seen.customer_ad_impressions));
  CHECK(seen.media() == Approx(seen.customer_ad_spend));
  CHECK(seen.media_by_day[1] == 0.0);
  CHECK(seen.media_by_day[7] > 0.0);
  CHECK(seen.media_by_day[13] == 0.0);

  // Each order brings 0.3 others by the ads that follow it, as many generations as there is time.
  scenario.customer_ads.click_rate = 0.5;
  scenario.customer_ads.order_rate = 0.2;
  scenario.customer_ads.window_days = 1.0;
  scenario.customer_ads.impressions_per_day = 3.0;
  const NaiveTally tally = play_naive(scenario, 15).tally;
  CHECK(tally.repeat_orders == tally.customer_ad_orders);
  CHECK(plausible_mean(tally.customer_ad_orders / shoppers, std::sqrt(0.3 / 0.7 / 0.7 / 0.7),
                       shoppers, 0.3 / 0.7));
}

TEST_CASE("naive: orders of ads to customers replace the next purchases", "[naive][statistical]") {
  Scenario scenario = everybody_buys(30);
  scenario.customer_ads = {.enabled = true,
                           .start_days = 1.0,
                           .window_days = 2.0,
                           .impressions_per_day = 0.5,
                           .click_rate = 1.0,
                           .order_rate = 0.4,
                           .replaced_share = 0.5};
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = 0.3;
  // All purchases of the repeat process fall into day 29, when no ad can follow them any more; they
  // are 20 on average, so each replacement finds one.
  for (std::size_t day = 0; day < scenario.repeat.clock.size(); ++day) {
    scenario.repeat.clock[day] = day > 29 ? 20.0 / 0.3 : 0.0;
  }
  const NaiveTally tally = play_naive(scenario, 16).tally;
  REQUIRE(tally.customer_ad_orders > 0.6 * shoppers);
  const double purchases = tally.repeat_orders - tally.customer_ad_orders;
  CHECK(plausible_mean((purchases + 0.5 * tally.customer_ad_orders) / shoppers, std::sqrt(21.0),
                       shoppers, 20.0));
}

TEST_CASE("naive: subscriptions that run on day 0 are as old as survival leaves them",
          "[naive][statistical]") {
  Scenario scenario = quiet_scenario({.shoppers = 1, .flight_days = 1, .cohort_days = 10});
  scenario.day_zero = {.customers = shoppers, .tenure_days = 65.0, .subscribers = shoppers / 2};
  scenario.subscription = {.take_up = 0.0,
                           .interval_days = 11.0,
                           .churn_alpha = 1.0,
                           .churn_beta = 1.0,
                           .pause_probability = 0.2,
                           .failed_payment = 0.5,
                           .recovered = 0.6};
  const NaiveFuture future = play_naive(scenario, 18);
  // All have one date within the run. S(k) = q^k / (k + 1), k = 0 ... 4; of those who passed k
  // dates a share (k + 1) / (k + 2) does not end at the next, and 0.8 (1 - 0.5 * 0.4) / q then
  // order.
  const double paid = 1.0 - 0.8 * 0.5 * 0.4;
  double sum = 0.0;
  double order = 0.0;
  for (int k = 0; k < 5; ++k) {
    const double left = std::pow(paid, k) / (k + 1);
    sum += left;
    order += left * (k + 1) / (k + 2) * 0.8 * 0.8;
  }
  CHECK(plausible_count(count(future.tally.renewals), shoppers / 2, order / sum));
  std::size_t young = 0;
  for (const NaiveShopper& shopper : future.shoppers) {
    young += shopper.renewal_end_probability > 0.0 && shopper.first_order_time > -11.0 ? 1U : 0U;
  }
  CHECK(plausible_count(young, shoppers / 2, 1.0 / sum));
}

TEST_CASE("naive: detractors put a share of the audience off, which bounces",
          "[naive][statistical]") {
  // Half of the audience comes and buys on day 0, all of them detractors; from day 7 on who is put
  // off bounces. Everybody comes 20 times or so on day 8.
  Scenario scenario = quiet_scenario({.shoppers = shoppers, .flight_days = 1, .cohort_days = 13});
  scenario.organic.visits_per_shopper_day = 20.0;
  for (double& demand : scenario.market.demand) demand = 0.0;
  scenario.market.demand[0] = std::log(2.0) / 20.0;
  scenario.market.demand[8] = 1.0;
  let_all_visits_order(scenario);
  scenario.order.delivery_days = 0.0;
  scenario.advocacy = {.noise_loading = 1.0,
                       .promoter_above = 100.0,
                       .detractor_below = 99.0,
                       .friends_put_off = 0.8};
  const NaiveTally tally = play_naive(scenario, 19).tally;
  const double first = 0.5 * shoppers;
  CHECK(plausible_mean(tally.put_off[0] / tally.deliveries, std::sqrt(0.8), count(tally.deliveries),
                       0.8));
  const double away = 1.0 - std::exp(-0.8 * 0.5);
  const double expected = first + first * (1.0 - away);
  CHECK(std::abs(tally.orders - expected) < 5.0 * std::sqrt(1.5 * shoppers));
  CHECK(tally.visits_by_end[0] > 15.0 * away * first);
}

TEST_CASE("naive: a lapsed customer who joins pays the first fee and no other", "[naive]") {
  Scenario scenario = everybody_buys(380);
  scenario.segments[0].size = 200;
  scenario.messages = {.consent_at_order = 1.0, .lapsed_factor = 1.0};
  scenario.flows = {{.trigger = Trigger::calendar,
                     .first_after_days = 3.0,
                     .delivery_rate = 1.0,
                     .open_rate = 1.0,
                     .click_rate = 1.0,
                     .order_rate = 1.0}};
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_dropout = 1e6;
  scenario.loyalty.membership_take_up = 1.0;
  scenario.loyalty.membership_fee = 20.0;
  const NaiveTally lapsed = play_naive(scenario, 11).tally;
  CHECK(lapsed.members == 200.0);
  CHECK(sum_of(lapsed.all, NaiveAccount::membership) == Approx(20.0 * 200.0));
  scenario.repeat.mean_dropout = 0.0;
  CHECK(sum_of(play_naive(scenario, 12).tally.all, NaiveAccount::membership) ==
        Approx(2.0 * 20.0 * 200.0));
}

TEST_CASE("naive: of one moment a message comes before a renewal", "[naive]") {
  Scenario scenario = everybody_buys(8);
  scenario.segments[0].size = 200;
  scenario.messages.consent_at_order = 1.0;
  scenario.subscription = {
      .take_up = 1.0, .interval_days = 5.0, .churn_alpha = 0.001, .churn_beta = 1000.0};
  scenario.flows = {{.trigger = Trigger::lapse, .first_after_days = 5.0, .delivery_rate = 1.0}};
  const NaiveTally tally = play_naive(scenario, 13).tally;
  CHECK(tally.renewals == 200.0);
  CHECK(tally.messages_by_flow[0] == 200.0);
}

TEST_CASE("naive: messages to an invited friend are the shop's until the first order", "[naive]") {
  Scenario scenario = quiet_scenario({});
  scenario.flows = {{.trigger = Trigger::calendar, .delivery_rate = 1.0, .cost = 2.0}};
  NaiveWorld world{scenario, {}, NaiveTally{scenario}, {}};
  NaiveShopper friend_of_root{Stream{{}, Purpose::trait, 0}};
  friend_of_root.root = NaiveRoot{0.0, 0, 0};
  friend_of_root.consent = NaiveConsent::given;
  const NaiveEvent event{.time = 1.0, .kind = NaiveEventKind::message};
  get_message(world, friend_of_root, event);
  CHECK(sum_of(world.tally.all, NaiveAccount::message) == 2.0);
  CHECK(sum_of(world.tally.cohort, NaiveAccount::message) == 0.0);
  friend_of_root.is_customer = true;
  get_message(world, friend_of_root, event);
  CHECK(sum_of(world.tally.cohort, NaiveAccount::message) == 2.0);
}

}  // namespace flywheel::test
