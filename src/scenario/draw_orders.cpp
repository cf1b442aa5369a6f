#include "scenario/draw_orders.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/elementary.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

namespace {

std::array<double, reason_count> values_of(const std::array<Number, reason_count>& numbers,
                                           const DrawnNumbers& drawn) {
  std::array<double, reason_count> values{};
  std::transform(numbers.begin(), numbers.end(), values.begin(), drawn);
  return values;
}

}  // namespace

OrderTraits draw_orders(const Plan& plan, const DrawnNumbers& drawn) {
  const ExperiencePlan& experience = plan.experience;
  const MoneyPlan& money = plan.money;
  OrderTraits order{.terms = {},
                    .mean_value = drawn(plan.basket.order_value),
                    .noise = {},
                    .margin = drawn(money.gross_margin),
                    .shipping_share = drawn(money.shipping_share),
                    .payment_fee = drawn(money.payment_fee),
                    .delivery_days = drawn(experience.delivery_days),
                    .bad_product = drawn(experience.bad_product),
                    .bad_delivery = drawn(experience.bad_delivery),
                    .contact_good = drawn(experience.contact_good),
                    .contact_bad = drawn(experience.contact_bad),
                    .resolved = drawn(experience.resolved),
                    .return_good = 0.0,
                    .return_bad = 0.0,
                    .partial_share = drawn(money.partial_share),
                    .partial_value = drawn(money.partial_value),
                    .early_return_share = drawn(money.early_return_share),
                    .early_return_days = drawn(money.early_return_days),
                    .late_return_days = drawn(money.late_return_days),
                    .return_cost = drawn(money.return_cost),
                    .resale_share = drawn(money.resale_share),
                    .contact_cost = drawn(money.contact_cost)};
  const ReturnRates returns = solve_return_rates(
      drawn(money.return_rate), bad_experience_share(order), drawn(money.bad_return_odds));
  order.return_good = returns.good;
  order.return_bad = returns.bad;
  return order;
}

AnswerShares draw_answer_shares(const ExperiencePlan& plan, const DrawnNumbers& drawn) {
  const AnswerShares weights{drawn(plan.promoters), drawn(plan.passives), drawn(plan.detractors)};
  const double total = weights.promoters + weights.passives + weights.detractors;
  if (total <= 0.0) return {.promoters = 0.0, .passives = 1.0, .detractors = 0.0};
  return {weights.promoters / total, weights.passives / total, weights.detractors / total};
}

AdvocacyTraits draw_advocacy(const ExperiencePlan& plan, const DrawnNumbers& drawn,
                             double bad_share) {
  const AnswerShares shares = draw_answer_shares(plan, drawn);
  const double bad_effect = drawn(plan.bad_effect);
  const double own = drawn(plan.trait_share);
  const AnswerThresholds thresholds = solve_thresholds(shares, bad_share, bad_effect);
  const double promoter = drawn(plan.review_promoter);
  const double passive = drawn(plan.review_passive);
  const double detractor = drawn(plan.review_detractor);
  const double mean_weight =
      shares.promoters * promoter + shares.passives * passive + shares.detractors * detractor;
  const double rate = mean_weight > 0.0 ? drawn(plan.review_rate) / mean_weight : 0.0;
  return {.trait_loading = std::sqrt(own),
          .noise_loading = std::sqrt(1.0 - own),
          .bad_effect = bad_effect,
          .promoter_above = thresholds.promoter_above,
          .detractor_below = thresholds.detractor_below,
          .review_promoter = std::min(1.0, rate * promoter),
          .review_passive = std::min(1.0, rate * passive),
          .review_detractor = std::min(1.0, rate * detractor),
          .friends_put_off = drawn(plan.friends_put_off)};
}

FunnelTraits draw_funnel(const Plan& plan, const DrawnNumbers& drawn) {
  const FunnelPlan& funnel = plan.funnel;
  const RemainingReasons reasons = remaining_reasons(values_of(funnel.reason_shares, drawn),
                                                     values_of(funnel.reasons_fixed, drawn));
  FunnelTraits traits;
  traits.uses_propensity = funnel.model == FunnelModel::propensity;
  traits.rescued_share = reasons.rescued_share;
  traits.reason_shares = reasons.shares;
  traits.session_log_median = portable_log(std::max(1e-3, drawn(funnel.session_seconds)));
  traits.session_log_spread = drawn(funnel.session_spread);
  traits.pages_mean = drawn(funnel.pages_mean);
  traits.immediate_share = drawn(funnel.immediate_share);
  traits.immediate_delay_days = drawn(funnel.immediate_delay_days);
  traits.later_delay_days = drawn(funnel.later_delay_days);
  traits.form_rate = drawn(plan.consent.form);
  traits.unpaid_mobile_share = drawn(funnel.mobile_share);
  return traits;
}

}  // namespace flywheel
