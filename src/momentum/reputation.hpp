#pragma once

#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"

namespace flywheel {

/// The rating that people go by: a Bayesian average of the reviews, of day zero and written since,
/// with what a shop without reviews is trusted to be. Between 1 and 5 stars.
[[nodiscard]] double rating_of(const ReputationTraits& traits, const Observed& observed);

/// What reviews do (docs/model.md 8.4), against the first day.
struct Reputation {
  double conversion_effect{0};  ///< on the logarithm of the conversion rate
  double organic_factor{1};     ///< on organic visits
};

[[nodiscard]] Reputation reputation_of(const ReputationTraits& traits, const Observed& observed);

}  // namespace flywheel
