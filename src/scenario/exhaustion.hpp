#pragma once

namespace flywheel {

/// How many visits are still made by people who have not become customers.
struct Survival {
  double of_clicks{1};    ///< share of ad clicks (who clicks often is gone soonest)
  double of_shoppers{1};  ///< share of the time of all shoppers of the type
};

/// Exhaustion of a type of shopper over a flight.
///
/// A shopper whose activity y (mean 1, gamma of squared coefficient of variation `variance`) leads
/// to orders at y * ad_orders over the flight, beside `other_orders`, is a prospect for the share
/// (1 - e^-h) / h of it. Averages over y, weighted by activity and unweighted:
///     of_clicks = (1 - s) / a, of_shoppers = ((1 + v a) s - 1) / (a (v - 1)), s = (1 + v
///     a)^(-1/v),
/// each times (1 - e^-b) / b for the other orders b (exact when a or b is zero).
[[nodiscard]] Survival survival(double ad_orders, double other_orders, double variance);

/// E[e^(-y rate)], the share of a type with no event of this expectation.
[[nodiscard]] double untouched_share(double rate, double variance);

}  // namespace flywheel
