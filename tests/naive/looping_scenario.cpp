#include <algorithm>
#include <cmath>

#include "naive/small_scenario.hpp"
#include "scenario/due_shares.hpp"

namespace flywheel::test {

namespace {

double left_after(double days, double half_life) { return std::exp2(-days / half_life); }

/// The money that a channel's delivery takes, as far as its clicks come as expected.
ChannelLearning learning_of(const Scenario& scenario, std::size_t channel) {
  const ExposureTraits& traits = scenario.channels[channel];
  const Delivery& delivery = scenario.deliveries[channel];
  ChannelLearning learning{.identity = traits.identity,
                           .planned_shares = std::vector<double>(scenario.segments.size(), 0.0),
                           .budget = std::vector<double>(delivery.flight_days, 0.0),
                           .sharpness = traits.sharpness,
                           .affinity_exponent = traits.affinity_exponent,
                           .intent_targeting = traits.intent_targeting,
                           .click_intent = traits.click_intent,
                           .pays_per_click = traits.pays_per_click,
                           .clicks = {{-1.0, 0.2, 0.95}, {0.5, 0.5, 0.8}, {2.0, 0.3, 0.5}}};
  double all = 0.0;
  for (std::size_t cell = 0; cell < delivery.price.size(); ++cell) {
    const std::size_t segment = cell / delivery.flight_days;
    const double paid_for =
        traits.pays_per_click ? traits.click_rate * scenario.segments[segment].click_factor : 1.0;
    const double money = delivery.impressions_per_day[cell] * delivery.price[cell] * paid_for;
    learning.planned_shares[segment] += money;
    learning.budget[cell % delivery.flight_days] += money;
    all += money;
  }
  for (double& share : learning.planned_shares) share /= all;
  return learning;
}

void add_targeting(Scenario& scenario) {
  TargetingTraits& targeting = scenario.momentum.targeting;
  targeting = {.enabled = true,
               .least_share = 0.5,
               .most_share = 1.6,
               .prior_conversions = 4.0,
               .kept = left_after(7.0, 28.0),
               .learning_conversions = 12.0,
               .reset_change = 0.5,
               .learned_conversions = 20.0,
               .half_conversions = 60.0,
               .ceiling = 1.6,
               .due = due_shares(scenario.funnel, {.rotation_days = scenario.calendar.rotation_days,
                                                   .days = scenario.calendar.flight_days + 7.0,
                                                   .window_days = scenario.attribution.click_days}),
               .affinities = {},
               .channels = {}};
  // Mean powers of affinity, by the logit of its probability.
  for (double logit = -34.0; logit <= 34.0; logit += 0.5) {
    const double below = 1.0 / (1.0 + std::exp(-logit));
    targeting.affinities.emplace_back(scenario.audience.affinity(below),
                                      0.5 * below / (1.0 + std::exp(logit)));
  }
  for (std::size_t channel = 0; channel < scenario.channels.size(); ++channel) {
    targeting.channels.push_back(learning_of(scenario, channel));
  }
}

void add_reviews(Scenario& scenario) {
  scenario.momentum.feedback = {
      .enabled = true, .half_volume = 80.0, .least_bad = 0.4, .least_returns = 0.7};
  scenario.momentum.reputation = {.enabled = true,
                                  .products = 10.0,
                                  .log_lift = std::log(1.5),
                                  .half_reviews = 3.0,
                                  .rating_effect = 0.3,
                                  .organic_effect = 0.4,
                                  .prior_reviews = 10.0,
                                  .prior_rating = 4.0,
                                  .first_reviews = scenario.day_zero.reviews,
                                  .first_rating = scenario.day_zero.rating};
  scenario.momentum.organic_growth = {
      .enabled = true,
      .visits_per_shopper_day = scenario.organic.visits_per_shopper_day,
      .content_per_day = scenario.ledger.content_per_day,
      .content_visits = 0.01 / 1000.0,
      .content_kept = left_after(1.0, 60.0),
      .seo_gain = 0.3,
      .seo_reviews = 60.0,
      .word_of_mouth = 0.003};
}

}  // namespace

Scenario looping_scenario() {
  Scenario scenario = small_scenario();
  scenario.segments[1].conversion_log_odds = 0.8;
  scenario.segments[1].conversion_factor = std::exp(0.8);
  MomentumTraits& momentum = scenario.momentum;
  momentum.rotation_days = scenario.calendar.rotation_days;
  momentum.flight_days = scenario.calendar.flight_days;
  momentum.uses_propensity = scenario.funnel.uses_propensity;
  for (std::size_t step = 0; step < momentum.step_shares.size(); ++step) {
    const double mobile = scenario.funnel.unpaid_mobile_share;
    momentum.step_shares[step] =
        (1.0 - mobile) / (1.0 + std::exp(-scenario.funnel.step_log_odds[0][step])) +
        mobile / (1.0 + std::exp(-scenario.funnel.step_log_odds[1][step]));
  }
  momentum.page_tests = {.enabled = true,
                         .ideas_per_rotation = 1,
                         .run_rotations = 2,
                         .critical_value = 1.0,
                         .effect_scale = 0.2,
                         .checkout_share = 0.5};
  for (int number = 0; number * 7 < scenario.calendar.horizon(); ++number) {
    scenario.market.ideas.push_back(
        {.effect = 0.25 * std::sin(1.0 + 2.0 * number), .at_checkout = number % 2 == 1});
  }
  add_targeting(scenario);
  add_reviews(scenario);
  return scenario;
}

}  // namespace flywheel::test
