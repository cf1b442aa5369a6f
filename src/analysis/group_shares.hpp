#pragma once

#include <span>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/variance_split.hpp"

namespace flywheel {

/// Shares of an output's variance by groups of its inputs.
struct GroupShares {
  std::vector<Estimate> groups;
  Estimate rest;  ///< 1 less their sum: interactions across groups, and inputs of no group
};

/// Closed first-order share of each group of inputs, Var E(y | group) / Var y: all that the inputs
/// of the group make by themselves and together.
///
/// Pick-freeze: `partners` holds, draw by draw, one output for each group, whose inputs in the
/// group are those of the draw's triple and whose others are drawn anew, apart from every other
/// output.
///
///     share = Cov(y, partner) / Var y
///
/// y is the mean of the triple, each of which has these inputs too; the variance is the mean of the
/// sample variances of all outputs, those of the partners among them, since all have one law: what
/// makes the estimator efficient (Janon, Klein, Lagnoux, Nodet & Prieur 2014, equation 6). A small
/// share may come out below zero. Standard errors by the delete-one jackknife over draws.
///
/// At least three triples; as many partners as triples times groups; all finite. An output that
/// never varies has shares of 0.
[[nodiscard]] GroupShares split_by_group(std::span<const FutureTriple> triples,
                                         std::span<const double> partners);

}  // namespace flywheel
