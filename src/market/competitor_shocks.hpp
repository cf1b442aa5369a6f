#pragma once

#include <vector>

#include "random/key.hpp"

namespace flywheel {

/// Competitors who push up all prices for a while: shot noise on the log price.
struct CompetitorShocks {
  double per_day{0};     ///< rate of arrivals from day 0 on, at least 0
  double mean_jump{0};   ///< m, mean of the exponential jump of the log price; in [0, 1)
  double decay_days{1};  ///< time in which a jump falls to 1/e; above 0
};

/// J(d), the log price that arrivals before noon of day d still carry then:
/// the sum over T_k <= d + 1/2 of Y_k exp(-(d + 1/2 - T_k) / decay), Y_k exponential.
/// Arrival k has its own two draws, gap then jump, so a longer path begins with the shorter one.
[[nodiscard]] std::vector<double> competitor_log_price(const CompetitorShocks& shocks, Key market,
                                                       int days);

/// E[exp J(d)] = ((1 - m exp(-(d + 1/2) / decay)) / (1 - m))^(rate decay): Campbell's theorem with
/// the moment generating function 1 / (1 - m s) of the jumps.
[[nodiscard]] std::vector<double> expected_competitor_factor(const CompetitorShocks& shocks,
                                                             int days);

}  // namespace flywheel
