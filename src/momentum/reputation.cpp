#include "momentum/reputation.hpp"

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// How much of the lift that reviews can bring is there with so many in the whole shop.
double volume_share(const ReputationTraits& traits, double reviews) {
  return 1.0 - portable_exp(-ln_two * reviews / (traits.products * traits.half_reviews));
}

}  // namespace

double rating_of(const ReputationTraits& traits, const Observed& observed) {
  const double reviews = traits.prior_reviews + traits.first_reviews + observed.reviews;
  if (reviews <= 0.0) return traits.first_rating;
  return (traits.prior_reviews * traits.prior_rating + traits.first_reviews * traits.first_rating +
          observed.stars) /
         reviews;
}

Reputation reputation_of(const ReputationTraits& traits, const Observed& observed) {
  if (!traits.enabled) return {};
  const double stars = rating_of(traits, observed) - rating_of(traits, {});
  const double volume = volume_share(traits, traits.first_reviews + observed.reviews) -
                        volume_share(traits, traits.first_reviews);
  return {.conversion_effect = traits.log_lift * volume + traits.rating_effect * stars,
          .organic_factor = portable_exp(traits.organic_effect * stars)};
}

}  // namespace flywheel
