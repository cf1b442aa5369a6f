#pragma once

#include <span>

#include "analysis/estimate.hpp"

namespace flywheel {

/// Response to an effort: spend and revenue, impressions and reach ...
struct ResponsePoint {
  double effort;  ///< above zero
  double response;
};

/// Saturation curve of media-mix modeling (Hill 1910; Jin et al. 2017):
///
///     response(x) = top * x^slope / (half^slope + x^slope)
struct HillCurve {
  double top;    ///< response at endless effort, in the response's unit; above zero
  double half;   ///< effort that gives half of it, in the effort's unit; above zero
  double slope;  ///< 1: diminishing from the start; above 1: S-shaped

  [[nodiscard]] double operator()(double effort) const;
};

struct HillFit {
  HillCurve curve;
  Estimate top;
  Estimate half;
  Estimate slope;
  double residual_sd;  ///< sqrt(sum of squares / (points - 3))
  bool converged;  ///< false when the points determine no curve: on a straight line or a power, on
                   ///< a level
};

/// Least-squares fit in (log top, log half, log slope), which keeps them above zero, by the
/// damped Gauss-Newton method (Levenberg 1944, Marquardt 1963). Standard errors from
/// residual variance * (J'J)^-1, carried from the logarithms by the delta method: they mean
/// little where they are not small beside the value.
///
/// At least 4 points, at 3 different efforts or more, with a positive sum of responses.
[[nodiscard]] HillFit fit_hill(std::span<const ResponsePoint> points);

}  // namespace flywheel
