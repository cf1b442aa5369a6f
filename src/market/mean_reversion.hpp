#pragma once

#include <vector>

#include "random/stream.hpp"

namespace flywheel {

/// A stationary Ornstein-Uhlenbeck logarithm, seen once a day.
struct MeanReversion {
  double volatility{0};  ///< v, stationary standard deviation of the logarithm; at least 0
  double reversion{0};   ///< per day, at least 0; 0 keeps the first day's value for ever
};

/// How the daily shocks of several logarithms hang together through one common factor f:
/// price e_c = own_price n_c + price f, demand e_d = own_demand n_d + demand f, all normals of
/// variance 1.
struct FactorLoadings {
  double price{0};
  double own_price{1};
  double demand{0};
  double own_demand{1};
};

/// Loadings that give every two prices the correlation `between_prices` and each price the
/// correlation `price_demand` with demand: sqrt(rho) and rho_d / sqrt(rho). One factor carries no
/// more than rho_d^2 = rho; a larger rho_d counts as the largest possible.
[[nodiscard]] FactorLoadings factor_loadings(double between_prices, double price_demand);

/// The first `days` standard normals of a stream; a longer path begins with the shorter one.
[[nodiscard]] std::vector<double> normal_path(Stream stream, int days);

/// Day by day, own_loading * own + loading * common; both paths have the same length.
[[nodiscard]] std::vector<double> blend(const std::vector<double>& own, double own_loading,
                                        const std::vector<double>& common, double loading);

/// The factor exp(X(d) - v^2 / 2), mean 1, where X is the exact daily discretization of the
/// process: X(0) = v e(0), X(d) = f X(d-1) + v sqrt(1 - f^2) e(d), f = exp(-reversion)
/// (Uhlenbeck, Ornstein 1930). `shocks` e are standard normals.
[[nodiscard]] std::vector<double> mean_reverting_factor(const MeanReversion& process,
                                                        const std::vector<double>& shocks);

}  // namespace flywheel
