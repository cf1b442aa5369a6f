#include "analysis/ratio.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "analysis/moments.hpp"
#include "core/check.hpp"

namespace flywheel {

Estimate ratio_of_means(std::span<const double> numerators, std::span<const double> denominators) {
  expect(numerators.size() == denominators.size() && numerators.size() >= 2,
         "a ratio of means is made of two pairs or more");
  const double below = compute_moments(denominators).mean;
  if (below == 0.0) {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    return {.value = undefined, .standard_error = undefined};
  }
  const double ratio = compute_moments(numerators).mean / below;
  std::vector<double> residuals;
  for (std::size_t pair = 0; pair < numerators.size(); ++pair) {
    residuals.push_back(numerators[pair] - ratio * denominators[pair]);
  }
  return {.value = ratio,
          .standard_error = compute_moments(residuals).standard_error() / std::abs(below)};
}

}  // namespace flywheel
