#pragma once

#include <cstdint>
#include <vector>

#include "journey/repeat_traits.hpp"

namespace flywheel {

/// How old the subscriptions are that run on day 0: customers took them up at a constant rate, and
/// of each take-up the share is left that has passed its renewal dates. So the number of dates
/// passed, k = 0, 1, ... of as many whole intervals as the tenure holds (at least one), has
/// probability proportional to
///     S(k) = q^k E[(1 - theta)^k] = product over i < k of q (beta + i) / (alpha + beta + i),
/// theta ~ Beta(alpha, beta) the chance to end at a date and q the chance that no failed payment
/// does: the survival of the shifted beta-geometric (Fader & Hardie 2007).
class RunningSubscriptions {
 public:
  RunningSubscriptions(const SubscriptionTraits& traits, double tenure_days);

  /// Renewal dates passed, from a uniform number in [0, 1).
  [[nodiscard]] std::uint16_t renewals(double uniform) const;

 private:
  std::vector<double> sums_;  ///< of S(0), S(0) + S(1), ...
};

}  // namespace flywheel
