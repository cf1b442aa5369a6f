#include "momentum/feedback.hpp"

#include "core/elementary.hpp"

namespace flywheel {

Mended mend(const FeedbackTraits& traits, const Observed& observed) {
  if (!traits.enabled) return {};
  const double volume = observed.reviews + observed.contacts;
  const double left = portable_exp(-ln_two * volume / traits.half_volume);
  return {.bad_factor = traits.least_bad + (1.0 - traits.least_bad) * left,
          .return_odds = traits.least_returns + (1.0 - traits.least_returns) * left};
}

}  // namespace flywheel
