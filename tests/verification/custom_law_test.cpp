// What customers of the fast engine do after their first order, against the closed forms of the
// papers.
#include <algorithm>
#include <cmath>

#include "naive/small_scenario.hpp"
#include "random/trait_tables.hpp"
#include "support/catch.hpp"
#include "support/goodness_of_fit.hpp"
#include "support/plausible.hpp"
#include "verification/fast_future.hpp"

namespace flywheel::test {

namespace {

constexpr std::uint64_t shoppers = 40'000;
constexpr double week = 7.0;

std::vector<double> repeat_orders(const FastFuture& future) {
  std::vector<double> orders;
  for (const Customer& customer : future.customers()) orders.push_back(customer.orders - 1.0);
  return orders;
}

/// A scenario of customers whose first order is at day 0 exactly.
Scenario new_at_day_zero(int days) {
  Scenario scenario = quiet_scenario({.shoppers = 1, .flight_days = 1, .cohort_days = days - 1});
  scenario.day_zero = {.customers = shoppers, .tenure_days = 0.0};
  return scenario;
}

void buy_by_pareto_nbd(Scenario& scenario, double r, double alpha, double s, double beta) {
  scenario.audience.purchase_rate = keep_table(scenario, gamma_table(r));
  scenario.audience.dropout = keep_table(scenario, gamma_table(s));
  scenario.repeat.process = RepeatProcess::pareto_nbd;
  scenario.repeat.mean_rate = r / alpha / week;
  scenario.repeat.mean_dropout = s / beta / week;
}

/// Parameters of Fader, Hardie and Lee 2005 for CDNOW, in weeks.
void buy_by_bg_nbd(Scenario& scenario) {
  scenario.audience.purchase_rate = keep_table(scenario, gamma_table(0.243));
  scenario.audience.dropout = keep_table(scenario, beta_table(0.793, 2.426));
  scenario.repeat.process = RepeatProcess::bg_nbd;
  scenario.repeat.mean_rate = 0.243 / 4.414 / week;
}

}  // namespace

TEST_CASE("repeat purchases have the published means of Pareto/NBD",
          "[verification][statistical]") {
  // (.55, 10.56, .61, 11.64) weeks: E[X(t)], t = 1 ... 5 weeks, as the dossier quotes them; they
  // are r beta / (alpha (s - 1)) (1 - (beta / (beta + t))^(s - 1)) (Schmittlein et al. 1987).
  const std::vector<double> published = {.05077821, .09916088, .14542507, .18979930, .23247466};
  for (int weeks = 1; weeks <= 5; ++weeks) {
    Scenario scenario = new_at_day_zero(7 * weeks);
    buy_by_pareto_nbd(scenario, 0.55, 10.56, 0.61, 11.64);
    CHECK(plausible_mean(repeat_orders(play_fast(scenario, 1)),
                         published[static_cast<std::size_t>(weeks) - 1]));
  }
}

TEST_CASE("repeat purchases of customers won in the run have the law of Pareto/NBD",
          "[verification][statistical]") {
  // P(X(t) = n) = integral over the rate and the time of dropout; with s = 1 the time alive has the
  // density beta / (beta + u)^2, and given it X is negative binomial in r, alpha. Trapezoid in u.
  constexpr double r = 1.258;
  constexpr double alpha = 20.0;
  constexpr double beta = 9.0;
  constexpr int weeks = 20;
  Scenario scenario = everybody_buys(shoppers, 7 * weeks);
  buy_by_pareto_nbd(scenario, r, alpha, 1.0, beta);
  const double t = weeks - 1.0 / 30.0 / week;  // first orders come after 1/30 day on average
  const auto alive = [&](double n, double u) {
    return std::exp(std::lgamma(r + n) - std::lgamma(r) - std::lgamma(n + 1.0) +
                    r * std::log(alpha / (alpha + u)) +
                    (n > 0.0 ? n * std::log(u / (alpha + u)) : 0.0));
  };
  const auto chance = [&](std::uint64_t n) {
    const auto count = static_cast<double>(n);
    double sum = beta / (beta + t) * alive(count, t);
    constexpr int slices = 4000;
    for (int k = 0; k < slices; ++k) {
      const double u = t * (k + 0.5) / slices;
      sum += t / slices * beta / ((beta + u) * (beta + u)) * alive(count, u);
    }
    return sum;
  };
  const FastFuture future = play_fast(scenario, 2);
  std::vector<std::uint64_t> orders;
  for (const Customer& customer : future.customers()) orders.push_back(customer.orders - 1);
  CHECK(orders.size() == shoppers);
  CHECK(fits_counts(orders, chance));
  double counted = 0.0;
  for (const std::uint64_t order : orders) counted += static_cast<double>(order);
  CHECK(future(Column::repeat_orders) == counted);
}

TEST_CASE("repeat purchases have the published law of BG/NBD", "[verification][statistical]") {
  Scenario scenario = new_at_day_zero(39 * 7);
  buy_by_bg_nbd(scenario);
  const FastFuture future = play_fast(scenario, 3);
  const std::vector<double> orders = repeat_orders(future);
  CHECK(plausible_mean(orders, 1.196723));
  CHECK(plausible_variance(orders, 6.44795));
  const std::vector<double> published = {.5737864, .1993953, .0854298,
                                         .0458604, .0276714, .0179655};
  for (std::size_t n = 0; n < published.size(); ++n) {
    const auto seen = std::count(orders.begin(), orders.end(), static_cast<double>(n));
    CHECK(plausible_count(static_cast<std::uint64_t>(seen), shoppers, published[n]));
  }
}

TEST_CASE("customers of day zero have aged by Pareto/NBD and by BG/NBD",
          "[verification][statistical]") {
  // What they buy is E[X(U + t)] - E[X(U)], U uniform in the tenure.
  const int weeks = 30;
  Scenario scenario = new_at_day_zero(7 * weeks);
  scenario.day_zero.tenure_days = 140.0;
  buy_by_pareto_nbd(scenario, 0.55, 10.56, 0.61, 11.64);
  const auto pareto = [](double t) {
    return 0.55 * 11.64 / (10.56 * -0.39) * (1.0 - std::pow(11.64 / (11.64 + t), -0.39));
  };
  // BG/NBD given the dropout chance p: rate l alive, E[X(t)] = (1 - exp(-l p t)) / p; over l gamma
  // (1 - (alpha / (alpha + p t))^r) / p, over p ~ Beta by the midpoint rule in its logit.
  const auto bg = [](double t) {
    double sum = 0.0;
    double weights = 0.0;
    for (int k = 0; k < 2000; ++k) {
      const double logit = -40.0 + 55.0 * (k + 0.5) / 2000;
      const double p = 1.0 / (1.0 + std::exp(-logit));
      const double weight = std::exp(0.793 * std::log(p) - 2.426 * std::log1p(std::exp(logit)));
      weights += weight;
      sum += weight * (1.0 - std::pow(4.414 / (4.414 + p * t), 0.243)) / p;
    }
    return sum / weights;
  };
  CHECK(bg(39.0) == Approx(1.196723).epsilon(1e-5));  // the published mean
  const auto aged = [&](const auto& law) {
    double mean = 0.0;
    for (int k = 0; k < 200; ++k) {
      const double age = 0.1 * (k + 0.5);
      mean += (law(age + weeks) - law(age)) / 200.0;
    }
    return mean;
  };
  CHECK(plausible_mean(repeat_orders(play_fast(scenario, 4)), aged(pareto)));
  buy_by_bg_nbd(scenario);
  CHECK(plausible_mean(repeat_orders(play_fast(scenario, 5)), aged(bg)));
}

TEST_CASE("order values have the mean and variance of gamma-gamma", "[verification][statistical]") {
  // Fader and Hardie 2013: Z = gamma(p, nu), nu = gamma(q, v): E[Z] = p v / (q - 1), on CDNOW
  // 6.2496 * 15.4435 / 2.7442 = 35.1709.
  constexpr double p = 6.2496;
  constexpr double q = 3.7442;
  constexpr double v = 15.4435;
  Scenario scenario = everybody_buys(4000, 2);
  scenario.order.mean_value = p * v / (q - 1.0);
  scenario.audience.basket_level = keep_table(scenario, inverse_gamma_table(q, q - 1.0));
  scenario.order.noise = keep_table(scenario, gamma_table(p));
  const auto value = [](const FastFuture& future) { return future(Column::average_order_value); };
  CHECK(plausible_mean(sample(scenario, 20, value), 35.1709));
  // With q = 9 the fourth moment exists: Var Z = E[Z]^2 ((p + 1) (q - 1) / (p (q - 2)) - 1).
  scenario.order.mean_value = 1000.0;
  scenario.audience.basket_level = keep_table(scenario, inverse_gamma_table(9.0, 8.0));
  scenario.segments[0].size = 200;
  const double variance = 1e6 * ((p + 1.0) * 8.0 / (p * 7.0) - 1.0);
  CHECK(plausible_variance(sample(scenario, 600, value), variance / 200.0));
}

TEST_CASE("subscriptions survive renewals like the shifted beta-geometric",
          "[verification][statistical]") {
  // The survival after 6 and 12 renewals that alpha .535, beta 1.945 was fitted to (Recharge:
  // .449 and .33), by S(k) = S(k-1) (beta + k - 1) / (alpha + beta + k - 1) (Fader, Hardie 2007).
  constexpr double alpha = 0.535;
  constexpr double beta = 1.945;
  double survival = 1.0;
  double renewals = 0.0;
  for (int k = 1; k <= 12; ++k) {
    survival *= (beta + k - 1.0) / (alpha + beta + k - 1.0);
    renewals += survival;
    if (k != 6 && k != 12) continue;
    Scenario scenario = everybody_buys(shoppers, 2 + 30 * k);
    scenario.subscription = {
        .take_up = 1.0, .interval_days = 30.0, .churn_alpha = alpha, .churn_beta = beta};
    const FastFuture future = play_fast(scenario, 6);
    const auto staying =
        std::count_if(future.customers().begin(), future.customers().end(),
                      [](const Customer& customer) { return customer.subscribed; });
    CHECK(plausible_count(static_cast<std::uint64_t>(staying), shoppers, survival));
    CHECK(survival == Approx(k == 6 ? 0.449 : 0.33).margin(0.001));
    scenario.segments[0].size = 2000;
    const auto renewed = [](const FastFuture& played) { return played(Column::renewals); };
    CHECK(plausible_mean(sample(scenario, 30, renewed), 2000.0 * renewals));
    scenario.subscription.pause_probability = 0.3;
    CHECK(plausible_mean(sample(scenario, 30, renewed), 0.7 * 2000.0 * renewals));
  }
}

TEST_CASE("a first message meets the rates of a rested recipient", "[verification][statistical]") {
  Scenario scenario = everybody_buys(shoppers, 10);
  scenario.messages.consent_at_order = 0.5;
  scenario.messages.pressure_fatigue = 1.0;
  scenario.messages.pressure_unsubscribe = 0.3;
  scenario.flows = {{.trigger = Trigger::delivery,
                     .messages = 1,
                     .first_after_days = 1.0,
                     .delivery_rate = 0.9,
                     .open_rate = 0.2,
                     .click_rate = 0.1,
                     .unsubscribe_rate = 0.1,
                     .cost = 0.01}};
  // Pressure is 0: fatigue exp(-(0 - 1)) lifts opens and clicks by e, unsubscribing by exp(-.3).
  const FastFuture future = play_fast(scenario, 7);
  const std::uint64_t sent = future.count(Column::messages);
  const auto share = [&](Column rate, double of) {
    return static_cast<std::uint64_t>(std::llround(future(rate) * of));
  };
  const double delivered = future(Column::delivery_rate) * static_cast<double>(sent);
  CHECK(plausible_count(future.count(Column::consents), shoppers, 0.5));
  CHECK(future(Column::consents) == future(Column::messages));
  CHECK(plausible_count(share(Column::delivery_rate, static_cast<double>(sent)), sent, 0.9));
  CHECK(plausible_count(share(Column::open_rate, delivered), sent, 0.9 * 0.2 * std::exp(1.0)));
  CHECK(plausible_count(share(Column::message_click_rate, delivered), sent,
                        0.9 * 0.1 * std::exp(1.0)));
  CHECK(plausible_count(share(Column::unsubscribe_rate, delivered), sent,
                        0.9 * 0.1 * std::exp(-0.3)));
  CHECK(future(Column::message_cost) == Approx(0.01 * static_cast<double>(sent)).epsilon(1e-9));
}

TEST_CASE("each flow has the rates of its own", "[verification][statistical]") {
  Scenario scenario = everybody_buys(shoppers, 10);
  scenario.messages.consent_at_order = 1.0;
  const FlowTraits mail{.trigger = Trigger::order,
                        .messages = 1,
                        .first_after_days = 1.0,
                        .delivery_rate = 0.9,
                        .open_rate = 0.5,
                        .click_rate = 0.3,
                        .order_rate = 0.1};
  FlowTraits text = mail;
  text.first_after_days = 2.0;
  text.delivery_rate = 0.6;
  text.open_rate = 0.8;
  text.click_rate = 0.7;
  text.order_rate = 0.2;
  text.unsubscribe_rate = 0.25;  // the other flow has been before
  scenario.flows = {mail, text};
  const FastFuture future = play_fast(scenario, 8);
  for (std::size_t flow = 0; flow < 2; ++flow) {
    const FlowTraits& traits = scenario.flows[flow];
    const std::uint64_t sent = future.count(Column::messages_by_flow, flow);
    const double delivered =
        future(Column::delivery_rate_by_flow, flow) * static_cast<double>(sent);
    const auto arrived = static_cast<std::uint64_t>(std::llround(delivered));
    const auto share = [&](Column rate, double of) {
      return static_cast<std::uint64_t>(std::llround(future(rate, flow) * of));
    };
    CHECK(plausible_count(arrived, sent, traits.delivery_rate));
    CHECK(plausible_count(share(Column::open_rate_by_flow, delivered), arrived, traits.open_rate));
    CHECK(plausible_count(share(Column::message_click_rate_by_flow, delivered), arrived,
                          traits.click_rate));
    CHECK(plausible_count(share(Column::message_order_rate_by_flow, static_cast<double>(sent)),
                          sent, traits.order_rate));
    CHECK(plausible_count(share(Column::unsubscribe_rate_by_flow, delivered), arrived,
                          traits.unsubscribe_rate));
  }
}

}  // namespace flywheel::test
