#pragma once

#include <array>

#include "journey/funnel_traits.hpp"
#include "journey/order_traits.hpp"

namespace flywheel {

/// The second derivative of ln Gamma at x > 0: recurrence up to 8, then the asymptotic series
/// (Abramowitz and Stegun 6.4.12); relative error below 1e-12.
[[nodiscard]] double trigamma(double x);

/// The x at which trigamma has this value, above 0 (Newton's method on 1 / trigamma).
[[nodiscard]] double inverse_trigamma(double value);

/// Standard deviation of the logarithm of a gamma variate, turned into the variate's shape: the
/// variance of the logarithm is trigamma(shape).
[[nodiscard]] double shape_of_spread(double spread);

/// The shape of an inverse gamma variate of finite mean with this spread of logarithms: spreads
/// above 1.27 have none, and get the largest possible (shape 1.02).
[[nodiscard]] double inverse_shape_of_spread(double spread);

/// Odds times `factor`.
[[nodiscard]] double times_odds(double probability, double factor);

/// Chance of a return after a good and after a bad experience.
struct ReturnRates {
  double good{0};
  double bad{0};
};

/// Rates with the mean `rate` over experiences of which `bad_share` are bad, and odds that are
/// `odds_ratio` times as high after a bad one.
[[nodiscard]] ReturnRates solve_return_rates(double rate, double bad_share, double odds_ratio);

/// How often a customer keeps a bad experience: product or delivery bad, and not repaired.
[[nodiscard]] double bad_experience_share(const OrderTraits& order);

/// Shares of answers among customers; the sum is 1.
struct AnswerShares {
  double promoters{0};
  double passives{0};
  double detractors{0};
};

/// Satisfaction above which a customer is a promoter (below which a detractor), such that the
/// shares hold when satisfaction is standard normal, lowered by `bad_effect` for the bad share.
struct AnswerThresholds {
  double promoter_above{0};
  double detractor_below{0};
};
[[nodiscard]] AnswerThresholds solve_thresholds(const AnswerShares& shares, double bad_share,
                                                double bad_effect);

/// Ten shares of reasons of abandonment after some were removed.
struct RemainingReasons {
  double rescued_share{0};                    ///< of failed checkouts
  std::array<double, reason_count> shares{};  ///< of the others, sum 1
};

/// `weights` need not add up to 1; `fixed` is the share of each reason that is gone.
[[nodiscard]] RemainingReasons remaining_reasons(const std::array<double, reason_count>& weights,
                                                 const std::array<double, reason_count>& fixed);

}  // namespace flywheel
