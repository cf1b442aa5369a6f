#pragma once

#include "scenario/log_table.hpp"
#include "scenario/quadrature.hpp"
#include "scenario/response.hpp"

namespace flywheel {

/// A cap on the impressions of a shopper, and how many a channel's money would buy without it.
struct FrequencyCap {
  int impressions{0};  ///< served in a rotation at most; 0: no cap
  double rotation_days{7};
  double flight_days{1};
  double bought_per_day{0};  ///< of the mean shopper, at the reference budget
};

/// Share of the impressions bought for a shopper that a cap lets through, by how many are bought.
///
/// They come as a Poisson process; in a rotation of mean m are served E[min(N, cap)] =
/// m P(N <= cap - 1) + cap P(N > cap). Rotations begin with the flight and the last one may be
/// short. Tabulated in the logarithm of impressions bought a day, relative error below 1e-4.
class ServedShare {
 public:
  explicit ServedShare(const FrequencyCap& cap);

  [[nodiscard]] bool is_all() const { return table_.is_empty(); }
  [[nodiscard]] double operator()(double log_per_day) const {
    return is_all() ? 1.0 : table_(log_per_day);
  }

 private:
  LogTable table_;  ///< empty without a cap
};

/// H(v) = E[x s r(K)] for shoppers of weight v whose exposure x differs: s the share served of n v
/// x impressions bought a day, K Poisson of mean f v x s. Tabulated in ln v.
class ServedResponse {
 public:
  struct Scale {
    double bought_per_day{0};    ///< n, of a shopper of weight 1
    double bought_in_memory{0};  ///< f, likewise
  };

  /// `by_mean` is E[r(K)] by the mean of K; empty where nothing wears.
  ServedResponse(const ServedShare& served, const LogTable& by_mean, const Nodes& exposure,
                 const Scale& scale);

  [[nodiscard]] double operator()(double log_weight) const { return table_(log_weight); }

 private:
  LogTable table_;
};

}  // namespace flywheel
