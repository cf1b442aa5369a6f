#include "journey/running_subscription.hpp"

#include <algorithm>
#include <cmath>

namespace flywheel {

RunningSubscriptions::RunningSubscriptions(const SubscriptionTraits& traits, double tenure_days) {
  const double unpaid = (1.0 - traits.pause_probability) * traits.failed_payment;
  const double paid = 1.0 - unpaid * (1.0 - traits.recovered);
  const double intervals = std::max(1.0, std::floor(tenure_days / traits.interval_days));
  double left = 1.0;
  double sum = 0.0;
  for (double k = 0.0; k < intervals; ++k) {
    sum += left;
    sums_.push_back(sum);
    left *= paid * (traits.churn_beta + k) / (traits.churn_alpha + traits.churn_beta + k);
  }
}

std::uint16_t RunningSubscriptions::renewals(double uniform) const {
  const auto after = std::upper_bound(sums_.begin(), sums_.end() - 1, uniform * sums_.back());
  return static_cast<std::uint16_t>(after - sums_.begin());
}

}  // namespace flywheel
