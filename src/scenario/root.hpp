#pragma once

#include <algorithm>
#include <cmath>

#include "core/elementary.hpp"

namespace flywheel {

/// A mean and its derivative by the log-odds that are being solved.
struct Sloped {
  double value{0};
  double slope{0};
};

/// A solution, and whether it meets its target or is only the nearest that was allowed.
struct Solution {
  double value{0};
  bool reached{true};
};

/// Log-odds beyond these are certainty for every purpose.
inline constexpr double largest_log_odds = 60.0;

/// Steps after which every search here has converged.
inline constexpr int thorough = 60;

[[nodiscard]] inline double logit(double probability) {
  return portable_log(probability) - portable_log1p(-probability);
}

[[nodiscard]] inline double logistic(double log_odds) {
  return 1.0 / (1.0 + portable_exp(-log_odds));
}

/// The log-odds x at which a mean probability equals `target`, both in (0, 1).
///
/// Newton's method on the logit of the mean, which is nearly a straight line in x, safeguarded by
/// the bracket that the iterates leave behind. `mean(x)` gives a Sloped and rises with x. Fewer
/// steps serve where the equation itself still changes between calls; they go no further than 1.
template <typename Mean>
[[nodiscard]] Solution solve_log_odds(const Mean& mean, double target, double start,
                                      int most_steps = thorough) {
  constexpr double tolerance = 1e-12;
  const double wanted = logit(std::clamp(target, 1e-12, 1.0 - 1e-12));
  double low = -largest_log_odds;
  double high = largest_log_odds;
  double x = std::clamp(start, low, high);
  for (int step = 0; step < most_steps; ++step) {
    const Sloped at = mean(x);
    const double value = std::clamp(at.value, 1e-300, 1.0 - 1e-15);
    const double error = logit(value) - wanted;
    (error > 0.0 ? high : low) = x;
    const double slope = at.slope / (value * (1.0 - value));
    const double farthest = most_steps < thorough ? 1.0 : 2.0 * largest_log_odds;
    const double move = std::clamp(error / slope, -farthest, farthest);
    if (std::abs(move) < tolerance * (1.0 + std::abs(x))) break;
    const double next = x - move;
    // Also where the slope vanished and the move is no number.
    x = next > low && next < high ? next : 0.5 * (low + high);
  }
  return {x, std::abs(x) < largest_log_odds - 1e-6};
}

/// An end of a bracket: where, and by how much the function is above its target there.
struct BracketEnd {
  double x{0};
  double excess{0};
};

/// The x at which a falling function crosses `target` between two ends that are above and below it.
///
/// False position with the Anderson-Bjorck rule: superlinear, never leaves its bracket. The result
/// is within `tolerance` in the function or in x.
template <typename Function>
[[nodiscard]] Solution cross(const Function& function, double target, BracketEnd low,
                             BracketEnd high, double tolerance) {
  for (int step = 0; step < thorough && high.x - low.x > tolerance; ++step) {
    const double x = (low.x * high.excess - high.x * low.excess) / (high.excess - low.excess);
    const double excess = function(x) - target;
    if (std::abs(excess) < tolerance) return {x, true};
    BracketEnd& near = excess < 0.0 ? high : low;
    BracketEnd& far = excess < 0.0 ? low : high;
    const double damping = 1.0 - excess / near.excess;
    far.excess *= damping > 0.0 ? damping : 0.5;
    near = {x, excess};
  }
  return {0.5 * (low.x + high.x), true};
}

/// The x in [low, high] at which a falling function crosses `target`, or the nearer end.
template <typename Function>
[[nodiscard]] Solution solve_falling(const Function& function, double target, double low,
                                     double high, double tolerance = 1e-9) {
  const double at_low = function(low) - target;
  if (at_low <= 0.0) return {low, at_low > -tolerance};
  const double at_high = function(high) - target;
  if (at_high >= 0.0) return {high, at_high < tolerance};
  return cross(function, target, {low, at_low}, {high, at_high}, tolerance);
}

}  // namespace flywheel
