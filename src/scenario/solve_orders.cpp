#include "scenario/solve_orders.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include "core/check.hpp"
#include "random/normal_probability.hpp"
#include "scenario/root.hpp"

namespace flywheel {

namespace {

/// The derivative of trigamma, by the same means (Abramowitz and Stegun 6.4.13).
double tetragamma(double x) {
  double sum = 0.0;
  for (; x < 8.0; x += 1.0) sum -= 2.0 / (x * x * x);
  const double s = 1.0 / (x * x);
  return sum - s * (1.0 + 1.0 / x + s * (0.5 - s * (1.0 / 6.0 - s * (1.0 / 6.0 - s * 0.3))));
}

/// The y below which a share of satisfaction lies.
double satisfaction_quantile(double share, double bad_share, double bad_effect) {
  if (share <= 0.0) return -std::numeric_limits<double>::infinity();
  if (share >= 1.0) return std::numeric_limits<double>::infinity();
  const auto above = [=](double y) {
    return 1.0 - (1.0 - bad_share) * normal_probability(y) -
           bad_share * normal_probability(y + bad_effect);
  };
  return solve_falling(above, 1.0 - share, -9.0 - bad_effect, 9.0).value;
}

}  // namespace

double trigamma(double x) {
  expect(x > 0.0, "trigamma is asked for a number above 0");
  double sum = 0.0;
  for (; x < 8.0; x += 1.0) sum += 1.0 / (x * x);
  const double s = 1.0 / (x * x);
  return sum + 1.0 / x + 0.5 * s +
         s / x *
             (1.0 / 6.0 - s * (1.0 / 30.0 - s * (1.0 / 42.0 - s * (1.0 / 30.0 - s * 5.0 / 66.0))));
}

double inverse_trigamma(double value) {
  expect(value > 0.0, "trigamma takes values above 0");
  // 1 / trigamma is convex and nearly a line, so Newton's method on it converges from here on.
  double x = 0.5 + 1.0 / value;
  for (int step = 0; step < 50; ++step) {
    const double at = trigamma(x);
    const double move = at * (1.0 - at / value) / tetragamma(x);
    x += move;
    if (std::abs(move) < 1e-13 * x) break;
  }
  return x;
}

double shape_of_spread(double spread) { return inverse_trigamma(spread * spread); }

double inverse_shape_of_spread(double spread) { return std::max(1.02, shape_of_spread(spread)); }

double times_odds(double probability, double factor) {
  const double odds = factor * probability;
  return odds / (1.0 - probability + odds);
}

ReturnRates solve_return_rates(double rate, double bad_share, double odds_ratio) {
  if (rate <= 0.0 || rate >= 1.0) return {rate, rate};
  const auto mean = [=](double log_odds) {
    const double good = logistic(log_odds);
    const double bad = times_odds(good, odds_ratio);
    return Sloped{good + bad_share * (bad - good),
                  (1.0 - bad_share) * good * (1.0 - good) + bad_share * bad * (1.0 - bad)};
  };
  const double good = logistic(solve_log_odds(mean, rate, logit(rate)).value);
  return {good, times_odds(good, odds_ratio)};
}

double bad_experience_share(const OrderTraits& order) {
  const double bad = 1.0 - (1.0 - order.bad_product) * (1.0 - order.bad_delivery);
  return bad * (1.0 - order.contact_bad * order.resolved);
}

AnswerThresholds solve_thresholds(const AnswerShares& shares, double bad_share, double bad_effect) {
  return {.promoter_above = satisfaction_quantile(1.0 - shares.promoters, bad_share, bad_effect),
          .detractor_below = satisfaction_quantile(shares.detractors, bad_share, bad_effect)};
}

RemainingReasons remaining_reasons(const std::array<double, reason_count>& weights,
                                   const std::array<double, reason_count>& fixed) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  RemainingReasons remaining;
  for (std::size_t reason = 0; reason < weights.size(); ++reason) {
    const double share = total > 0.0 ? weights[reason] / total : 1.0 / reason_count;
    remaining.rescued_share += share * fixed[reason];
    remaining.shares[reason] = share * (1.0 - fixed[reason]);
  }
  const double rest = std::accumulate(remaining.shares.begin(), remaining.shares.end(), 0.0);
  for (double& share : remaining.shares) share = rest > 0.0 ? share / rest : 1.0 / reason_count;
  return remaining;
}

}  // namespace flywheel
