#include "scenario/draw_programs.hpp"

#include <algorithm>
#include <cmath>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

RepeatProcess process_of(RepeatModel model) {
  switch (model) {
    case RepeatModel::pareto_nbd:
      return RepeatProcess::pareto_nbd;
    case RepeatModel::bg_nbd:
      return RepeatProcess::bg_nbd;
    case RepeatModel::none:
      break;
  }
  return RepeatProcess::none;
}

Trigger trigger_of(FlowTrigger trigger) {
  switch (trigger) {
    case FlowTrigger::order:
      return Trigger::order;
    case FlowTrigger::delivery:
      return Trigger::delivery;
    case FlowTrigger::cart_abandoned:
      return Trigger::cart_abandoned;
    case FlowTrigger::browse_abandoned:
      return Trigger::browse_abandoned;
    case FlowTrigger::lapse:
      return Trigger::lapse;
    case FlowTrigger::calendar:
      break;
  }
  return Trigger::calendar;
}

}  // namespace

RepeatTraits draw_repeat(const RepeatPlan& plan, const DrawnNumbers& drawn) {
  RepeatTraits traits;
  traits.process = process_of(plan.model);
  if (plan.model == RepeatModel::none) return traits;
  traits.mean_rate = drawn(plan.rate_shape) / drawn(plan.rate_scale_days);
  if (plan.model == RepeatModel::pareto_nbd) {
    traits.mean_dropout = drawn(plan.dropout_shape) / drawn(plan.dropout_scale_days);
  }
  return traits;
}

MessageTraits draw_messages(const ConsentPlan& plan, const DrawnNumbers& drawn) {
  constexpr double shortest_half_life_days = 1e-3;
  return {.consent_at_order = drawn(plan.at_order),
          .sms_share = drawn(plan.sms_share),
          .pressure_decay =
              ln_two / std::max(shortest_half_life_days, drawn(plan.pressure_half_life_days)),
          .pressure_fatigue = drawn(plan.pressure_fatigue),
          .pressure_unsubscribe = drawn(plan.pressure_unsubscribe),
          .pulled_forward = drawn(plan.pulled_forward),
          .lapsed_factor = drawn(plan.lapsed_factor)};
}

CustomerAdTraits draw_customer_ads(const CustomerAdsPlan& plan, const DrawnNumbers& drawn) {
  if (plan.enabled == 0) return {};
  return {.enabled = true,
          .price = drawn(plan.price),
          .start_days = drawn(plan.start_days),
          .window_days = drawn(plan.window_days),
          .impressions_per_day = drawn(plan.impressions_per_day),
          .click_rate = drawn(plan.click_rate),
          .order_rate = drawn(plan.order_rate),
          .replaced_share = drawn(plan.replaced_share)};
}

FlowTraits draw_flow(const FlowPlan& plan, const DrawnNumbers& drawn) {
  return {.trigger = trigger_of(plan.trigger),
          .by_text = plan.medium == MessageMedium::sms,
          .messages = plan.messages,
          .first_after_days = drawn(plan.first_after_days),
          .every_days = drawn(plan.every_days),
          .delivery_rate = drawn(plan.delivery_rate),
          .open_rate = drawn(plan.open_rate),
          .click_rate = drawn(plan.click_rate),
          .order_rate = drawn(plan.order_rate),
          .unsubscribe_rate = drawn(plan.unsubscribe_rate),
          .cost = drawn(plan.cost),
          .discount = drawn(plan.discount)};
}

OfferTraits draw_offer(const OfferPlan& plan, const DrawnNumbers& drawn) {
  return {.after_days = drawn(plan.after_days),
          .depth = drawn(plan.depth),
          .valid_days = drawn(plan.valid_days),
          .take_up = drawn(plan.take_up),
          .pulled_forward = drawn(plan.pulled_forward),
          .give_away = drawn(plan.give_away),
          .habit = drawn(plan.habit),
          .subscribes = drawn(plan.subscribes)};
}

SubscriptionTraits draw_subscription(const SubscriptionPlan& plan, const DrawnNumbers& drawn) {
  return {.take_up = plan.enabled != 0 ? drawn(plan.take_up) : 0.0,
          .interval_days = static_cast<double>(plan.interval_days),
          .discount = drawn(plan.discount),
          .churn_alpha = drawn(plan.churn_alpha),
          .churn_beta = drawn(plan.churn_beta),
          .pause_probability = drawn(plan.pause_probability),
          .failed_payment = drawn(plan.failed_payment),
          .recovered = drawn(plan.recovered)};
}

LoyaltyTraits draw_loyalty(const LoyaltyPlan& plan, const DrawnNumbers& drawn) {
  if (plan.enabled == 0) return {};
  return {.points_cost_share = drawn(plan.points_share) * drawn(plan.redeemed_share),
          .tier_orders = plan.tier_orders,
          .tier_rate_factor = drawn(plan.tier_rate_factor),
          .tier_dropout_factor = drawn(plan.tier_dropout_factor),
          .membership_take_up = drawn(plan.membership_take_up),
          .membership_fee = drawn(plan.membership_fee),
          .membership_rate_factor = drawn(plan.membership_rate_factor)};
}

ReferralTraits draw_referral(const ReferralPlan& plan, const DrawnNumbers& drawn,
                             double promoter_share) {
  const bool promoters_only = plan.promoters_only != 0;
  const double share_rate = plan.enabled != 0 ? drawn(plan.share_rate) : 0.0;
  const double of_those =
      promoters_only ? share_rate / std::max(promoter_share, 1e-12) : share_rate;
  const bool is_fixed = plan.law == InvitationLaw::fixed;
  const double clicks = drawn(plan.clicks_per_share);
  return {.promoters_only = promoters_only,
          .share_rate = std::min(1.0, of_those),
          .fixed_count = is_fixed,
          .clicks_per_share = is_fixed ? std::floor(clicks + 0.5) : clicks,
          .delay_days = drawn(plan.delay_days),
          .value_uplift = drawn(plan.value_uplift),
          .friend_discount = drawn(plan.friend_discount),
          .referrer_reward = drawn(plan.referrer_reward),
          .retarget_friends = plan.retarget_friends != 0,
          .depletion = plan.depletion != 0};
}

}  // namespace flywheel
