#pragma once

#include <span>

#include "analysis/estimate.hpp"

namespace flywheel {

/// One output in three futures that share a parameter draw: y11 and y12 also share the market path,
/// y23 has another market; the shoppers of all three are independent.
struct FutureTriple {
  double y11;
  double y12;
  double y23;
};

/// Variance of an output by level of randomness, in the squared unit of the output.
struct VarianceSplit {
  Estimate shoppers;        ///< E Var(y | parameters, market)
  Estimate market;          ///< E Var(E(y | parameters, market) | parameters)
  Estimate parameters;      ///< Var E(y | parameters)
  Estimate total;           ///< mean of the sample variances of the three futures
  Estimate unexplained;     ///< total - shoppers - market - parameters: zero but for sampling error
  Estimate shoppers_share;  ///< of the total, as are the next two
  Estimate market_share;
  Estimate parameters_share;

  /// The three levels add up to the total within `errors` standard errors of the difference.
  [[nodiscard]] bool adds_up(double errors = 5.0) const;
};

/// Law of total variance, each part unbiased (a small one may come out below zero):
///
///     shoppers   = E(y11 - y12)^2 / 2
///     market     = E(y11 - y23)^2 / 2 - shoppers
///     parameters = Cov(y11, y23)
///
/// y11 and y12 are exchangeable, so the last two are averaged over both pairs with y23, which
/// costs nothing and lowers their error. Standard errors by the delete-one jackknife over draws.
/// Needs at least three triples, all finite.
[[nodiscard]] VarianceSplit split_variance(std::span<const FutureTriple> triples);

}  // namespace flywheel
