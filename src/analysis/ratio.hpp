#pragma once

#include <span>

#include "analysis/estimate.hpp"

namespace flywheel {

/// Mean of the numerators over mean of the denominators, of as many pairs, at least two and finite.
///
/// Standard error by the delta method from the residuals of the pairs, R the ratio (Cochran 1977,
/// section 6.3):
///
///     sd(numerator - R denominator) / (sqrt(n) |mean denominator|)
///
/// so that what moves both alike makes no error. Not a number where the denominators' mean is 0.
[[nodiscard]] Estimate ratio_of_means(std::span<const double> numerators,
                                      std::span<const double> denominators);

}  // namespace flywheel
