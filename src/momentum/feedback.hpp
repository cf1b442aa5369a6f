#pragma once

#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"

namespace flywheel {

/// What feedback has left of what goes wrong (docs/model.md 8.3).
struct Mended {
  double bad_factor{1};   ///< on bad products, bad deliveries, contacts not resolved
  double return_odds{1};  ///< factor
};

[[nodiscard]] Mended mend(const FeedbackTraits& traits, const Observed& observed);

}  // namespace flywheel
