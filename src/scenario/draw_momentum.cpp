#include "scenario/draw_momentum.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/elementary.hpp"
#include "random/normal_quantile.hpp"
#include "scenario/buyer_steps.hpp"
#include "scenario/due_shares.hpp"

namespace flywheel {

namespace {

/// What is left after some days of something that halves in `half_life`.
double left_after(double days, double half_life) {
  return portable_exp(-ln_two * days / half_life);
}

PageTestTraits draw_page_tests(const Plan& plan, const DrawnNumbers& drawn) {
  const PageTestsPlan& tests = plan.page_tests;
  return {.enabled = plan.loops.page_tests != 0 && tests.ideas_per_rotation > 0,
          .ideas_per_rotation = tests.ideas_per_rotation,
          .run_rotations = tests.run_rotations,
          .critical_value = normal_upper_quantile(0.5 * drawn(tests.significance))};
}

FeedbackTraits draw_feedback(const Plan& plan, const DrawnNumbers& drawn) {
  return {.enabled = plan.loops.feedback != 0,
          .half_volume = drawn(plan.feedback.half_volume),
          .least_bad = drawn(plan.feedback.least_bad),
          .least_returns = drawn(plan.feedback.least_returns)};
}

ReputationTraits draw_reputation(const Plan& plan, const DrawnNumbers& drawn) {
  const ReputationPlan& reputation = plan.reputation;
  return {.enabled = plan.loops.reputation != 0,
          .products = drawn(reputation.products),
          .log_lift = portable_log(drawn(reputation.review_lift)),
          .half_reviews = drawn(reputation.half_reviews),
          .rating_effect = drawn(reputation.rating_effect),
          .organic_effect = drawn(reputation.organic_effect),
          .prior_reviews = drawn(reputation.prior_reviews),
          .prior_rating = drawn(reputation.prior_rating),
          .first_reviews = drawn(plan.day_zero.reviews),
          .first_rating = drawn(plan.day_zero.rating)};
}

OrganicGrowthTraits draw_organic_growth(const Plan& plan, const DrawnNumbers& drawn,
                                        const Scenario& scenario) {
  const OrganicGrowthPlan& growth = plan.organic_growth;
  double shoppers = 0.0;
  for (const SegmentTraits& segment : scenario.segments) {
    shoppers += static_cast<double>(segment.size);
  }
  return {.enabled = plan.loops.organic_growth != 0,
          .content_per_day = drawn(plan.money.content_per_day),
          .content_visits = drawn(growth.content_visits) / 1000.0 / shoppers,
          .content_kept = left_after(1.0, drawn(growth.content_half_life_days)),
          .seo_gain = drawn(growth.seo_gain),
          .seo_reviews = drawn(growth.seo_reviews),
          .word_of_mouth = drawn(growth.word_of_mouth) / 1000.0};
}

ChannelLearning draw_learning(const Plan& plan, const ExposureTraits& channel, std::size_t number,
                              const MediaTraits& media, double media_factor) {
  ChannelLearning learning{.identity = channel.identity,
                           .planned_shares = media.segment_shares,
                           .budget = plan.daily_budget[number],
                           .sharpness = channel.sharpness,
                           .affinity_exponent = channel.affinity_exponent,
                           .intent_targeting = channel.intent_targeting,
                           .click_intent = channel.click_intent,
                           .pays_per_click = channel.pays_per_click};
  for (double& day : learning.budget) day *= media_factor;
  return learning;
}

TargetingTraits draw_targeting(const Plan& plan, const DrawnNumbers& drawn,
                               const Scenario& scenario) {
  const TargetingPlan& targeting = plan.targeting;
  const double rotation = plan.campaign.rotation_days;
  const double window =
      std::min(scenario.attribution.click_days, static_cast<double>(plan.campaign.conversion_days));
  return {.enabled = plan.loops.targeting != 0,
          .least_share = drawn(targeting.least_share),
          .most_share = drawn(targeting.most_share),
          .prior_conversions = drawn(targeting.prior_conversions),
          .kept = left_after(rotation, drawn(targeting.half_life_days)),
          .learning_conversions = drawn(targeting.learning_conversions) * rotation / 7.0,
          .reset_change = drawn(targeting.reset_change),
          .learned_conversions = drawn(targeting.learned_conversions),
          .half_conversions = drawn(targeting.half_conversions),
          .ceiling = drawn(targeting.ceiling),
          .due = due_shares(scenario.funnel, {.rotation_days = plan.campaign.rotation_days,
                                              .days = plan.campaign.flight_days + window,
                                              .window_days = window}),
          .affinities = {},
          .channels = {}};
}

MarketplaceTraits draw_marketplace(const Plan& plan, const DrawnNumbers& drawn) {
  const MarketplacePlan& market = plan.marketplace;
  return {
      .enabled = plan.loops.marketplace != 0,
      .doubling_exponent = portable_log(drawn(market.progress_ratio)) / ln_two,
      .prior_orders = drawn(market.prior_orders),
      .pass_on = drawn(market.pass_on),
      .follow = drawn(market.follow),
      .price_floor = (1.0 - drawn(plan.money.gross_margin)) / (1.0 - drawn(market.least_margin)),
      .price_elasticity = drawn(market.price_elasticity),
      .traffic_elasticity = drawn(market.traffic_elasticity),
      .sellers = drawn(market.sellers),
      .entry = drawn(market.entry),
      .attraction = drawn(market.attraction),
      .breadth = drawn(market.breadth),
      .poor_share = drawn(market.poor_share),
      .pruning = drawn(market.pruning),
      .selection_effect = drawn(market.selection_effect),
      .selection_traffic = drawn(market.selection_traffic),
      .clutter_effect = drawn(market.clutter_effect),
      .delivery_scale = drawn(market.delivery_scale),
      .fastest = drawn(market.fastest),
      .delivery_effect = drawn(market.delivery_effect),
      .first_stock = drawn(market.first_stock),
      .lead_rotations = market.lead_rotations,
      .cover_rotations = drawn(market.cover_rotations)};
}

}  // namespace

MomentumTraits draw_momentum(const MomentumSource& source, const Scenario& scenario) {
  const auto& [plan, drawn, media, media_factor, affinities, clicks] = source;
  MomentumTraits traits{.rotation_days = plan.campaign.rotation_days,
                        .flight_days = plan.campaign.flight_days,
                        .step_shares = buyer_steps(scenario),
                        .uses_propensity = scenario.funnel.uses_propensity,
                        .page_tests = draw_page_tests(plan, drawn),
                        .feedback = draw_feedback(plan, drawn),
                        .reputation = draw_reputation(plan, drawn),
                        .organic_growth = draw_organic_growth(plan, drawn, scenario),
                        .targeting = draw_targeting(plan, drawn, scenario),
                        .marketplace = draw_marketplace(plan, drawn)};
  traits.organic_growth.visits_per_shopper_day = scenario.organic.visits_per_shopper_day;
  for (const SegmentTraits& segment : scenario.segments) {
    traits.marketplace.usual_visits += scenario.organic.visits_per_shopper_day *
                                       static_cast<double>(segment.size) * traits.rotation_days;
  }
  for (std::size_t node = 0; node < affinities.size(); ++node) {
    traits.targeting.affinities.emplace_back(affinities.values[node], affinities.weights[node]);
  }
  for (std::size_t channel = 0; channel < media.size(); ++channel) {
    traits.targeting.channels.push_back(
        draw_learning(plan, scenario.channels[channel], channel, media[channel], media_factor));
    if (channel < clicks.size()) traits.targeting.channels.back().clicks = clicks[channel];
  }
  return traits;
}

Scenario stop_loops(const LoopsPlan& loops, Scenario scenario) {
  MomentumTraits& momentum = scenario.momentum;
  if (loops.targeting == 0) momentum.targeting.enabled = false;
  if (loops.page_tests == 0) {
    momentum.page_tests.enabled = false;
    scenario.market.ideas.clear();
  }
  if (loops.feedback == 0) momentum.feedback.enabled = false;
  if (loops.reputation == 0) momentum.reputation.enabled = false;
  if (loops.organic_growth == 0) momentum.organic_growth.enabled = false;
  if (loops.marketplace == 0) {
    momentum.marketplace.enabled = false;
    scenario.market.rival_price.clear();
  }
  if (loops.referral == 0) scenario.referral.share_rate = 0.0;
  if (loops.retargeting == 0) scenario.retargeting.enabled = false;
  if (loops.messages == 0) scenario.messages.runs = false;
  if (loops.offers == 0) scenario.offers.clear();
  return scenario;
}

}  // namespace flywheel
