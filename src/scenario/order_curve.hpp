#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "journey/funnel_traits.hpp"

namespace flywheel {

/// Log-odds of the five steps, [device][step], before anything adds to them.
using StepLogOdds = std::array<std::array<double, step_count>, 2>;

/// Order rates of many kinds of visitors, and their derivatives by the log-odds of all steps.
struct OrderRates {
  std::vector<double> values;
  std::vector<double> slopes;
};

/// How far visits come when every step's log-odds are raised by S: P_1 ... P_k, P = s(b + S).
///
/// With E = exp(-S) and B = exp(-b) that is 1 / ((1 + B_1 E) ... (1 + B_k E)), one polynomial and
/// one division, whatever S is made of. Sound for |S| up to 140.
class OrderCurve {
 public:
  explicit OrderCurve(const StepLogOdds& steps);

  /// Chance that a visit orders, averaged over devices, where E is `factor` times each decay.
  [[nodiscard]] OrderRates orders(const std::vector<double>& decays, double factor,
                                  double mobile_share) const;

  /// Chance that a visit is engaged, likewise.
  [[nodiscard]] OrderRates engaged(const std::vector<double>& decays, double factor,
                                   double mobile_share) const;

  /// Chance that a visit comes at least to this depth.
  [[nodiscard]] double reach(double decay, double mobile_share, Depth depth) const;

 private:
  std::array<std::array<double, step_count + 1>, 2> polynomial_;  ///< coefficients from 1 up
  StepLogOdds factors_;                                           ///< B
};

}  // namespace flywheel
