#pragma once

#include <functional>

#include "random/incomplete.hpp"

namespace flywheel {

/// The value of a quantile function and its first two derivatives by the probability.
struct Jet {
  double value;
  double slope;
  double curvature;
};

/// A continuous distribution as the tables of shoppers' traits need it: by way of a coordinate y
/// (the logarithm of a gamma variate, the logit of a beta variate, the standard normal variate)
/// in which tails of any depth are smooth. Everything is computed without libm.
struct Law {
  /// The coordinate beyond which `tail` (in (0, 1)) lies on that side. A guess on the side of that
  /// end makes the search short; not a number means none.
  std::function<double(double tail, Side side, double guess)> coordinate;
  /// The variate and its derivatives by the probability at a coordinate.
  std::function<Jet(double coordinate)> jet;
};

/// Gamma of this shape (above 0) times `scale`.
[[nodiscard]] Law gamma_law(double shape, double scale);

/// 1 / gamma: `scale` / G, G gamma of this shape (above 0) and scale 1.
[[nodiscard]] Law inverse_gamma_law(double shape, double scale);

/// Beta of shapes a and b (above 0).
[[nodiscard]] Law beta_law(double a, double b);

[[nodiscard]] Law normal_law(double mean, double deviation);

/// e^(mu + sigma Z), Z standard normal.
[[nodiscard]] Law lognormal_law(double mu, double sigma);

}  // namespace flywheel
