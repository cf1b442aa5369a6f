#pragma once

#include <cstddef>
#include <span>

#include "analysis/estimate.hpp"

namespace flywheel {

/// Bins into which an input of this length is cut: 2 n^0.4, at least 2, at least two values each.
[[nodiscard]] std::size_t importance_bins(std::size_t count);

/// First-order share of an output's variance, Var(E(Y | X)) / Var(Y), from the rows of one run.
///
/// The rows are ordered by the input (ties by position) and cut into bins of equal count; the
/// variance within bins, W / (n - bins), estimates E Var(Y | X) without the upward bias that
/// binned means alone would have (given-data estimation: Strong & Oakley 2013; the correction is
/// that of the analysis of variance, Kelley 1935):
///
///     share = 1 - (W / (n - bins)) / (T / (n - 1))
///
/// Unbiased at zero, so an idle input may come out slightly negative; what is left is the
/// variation of the conditional mean inside one bin, of order 1 / bins^2. Standard error by the
/// delete-one jackknife with the bins held, less what it counts twice: a jackknife doubles the
/// variance that comes from pairs of values (Efron & Stein 1981), here 2 s_b^4 (n_b - 1) / n_b per
/// bin, nearly all there is for an idle input (whose error, never set below the pairs' part, is
/// still a sixth too large on average). Correlated inputs share what they explain: then the shares
/// need not add up to at most one.
///
/// Both spans of equal length, at least 8, finite; an output that never varies has share 0.
[[nodiscard]] Estimate first_order_share(std::span<const double> input,
                                         std::span<const double> output);

/// The share that the largest of `inputs` idle inputs exceeds in one run out of twenty: what a
/// share has to be above to be told from chance.
///
/// Of an idle input W / T is a beta variable of (n - bins) / 2 and (bins - 1) / 2 (analysis of
/// variance: the part of a normal sample's sum of squares that lies within groups), so that each
/// share exceeds 1 - q (n - 1) / (n - bins) with the chance of a W / T below q. The chance of each
/// is 1 - 0.95^(1 / inputs), for 0.95 of none (Sidak 1967). Exact for a normal output and
/// independent inputs; of a lognormal one with s = 1 it is one run out of eight at some tens of
/// rows.
///
/// At least 8 rows and one input.
[[nodiscard]] double largest_idle_share(std::size_t rows, std::size_t inputs);

/// Rows, to two digits, from which on largest_idle_share of so many inputs is below `share`, above
/// 0: what it takes to tell that share from chance.
[[nodiscard]] std::size_t rows_to_tell(double share, std::size_t inputs);

}  // namespace flywheel
