#pragma once

#include "scenario/log_table.hpp"
#include "scenario/quadrature.hpp"

namespace flywheel {

/// How the click probability changes with the shopper's own exposures (docs/model.md 7.3).
struct ResponseTraits {
  double wear_out{0};  ///< e, at least 0
  double wear_in{0};   ///< omega, share that the first impression's response is lower

  [[nodiscard]] bool is_flat() const { return wear_out == 0.0 && wear_in == 0.0; }
};

/// r(K) = (1 - wear_in 2^-K) (1 + K)^-wear_out after K earlier impressions.
[[nodiscard]] double response(const ResponseTraits& traits, int exposures);

/// The largest r(K) over all K; 1 where it is only approached.
[[nodiscard]] double largest_response(const ResponseTraits& traits);

/// E[r(K)] for K Poisson of this mean: the sum itself below 64, above it the expansion of
/// (1 + K)^-e around the mean to the sixth central moment (relative error below 1e-6 there).
[[nodiscard]] double mean_response(const ResponseTraits& traits, double mean_exposures);

/// The same for any mean, tabulated.
[[nodiscard]] LogTable response_by_mean(const ResponseTraits& traits);

/// H(f) = E[x r(K)], K Poisson of mean f x, x the exposure trait: the response averaged over the
/// impressions of shoppers who differ in exposure alone. Tabulated in ln f, by cubics, relative
/// error below 1e-5.
class ExposureResponse {
 public:
  ExposureResponse(const ResponseTraits& traits, const Nodes& exposure);

  [[nodiscard]] double operator()(double log_frequency) const;
  [[nodiscard]] bool is_flat() const { return table_.is_empty(); }

 private:
  LogTable table_;  ///< empty when the response is 1 for everybody
};

}  // namespace flywheel
