#pragma once

#include <vector>

#include "market/market_path.hpp"
#include "random/key.hpp"

namespace flywheel {

/// What ideas for better pages are like.
struct TestIdeaTraits {
  int count{0};
  double effect_scale{0};    ///< of a Student t with 3 degrees of freedom, log conversion rate
  double checkout_share{0};  ///< that concern the checkout
};

/// True effects of all ideas of a future. Most do next to nothing and a few do much, for better or
/// worse, hence the fat tails. Five draws each.
[[nodiscard]] std::vector<TestIdea> draw_ideas(const TestIdeaTraits& traits, Key market);

/// Without luck an idea does nothing: the mean of its effects.
[[nodiscard]] std::vector<TestIdea> expected_ideas(const TestIdeaTraits& traits);

}  // namespace flywheel
