#include "scenario/exhaustion.hpp"

#include <cmath>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double hardly = 1e-5;  ///< below it the second-order expansion is exact to 1e-10

double time_as_prospect(double orders) {
  if (orders < hardly) return 1.0 - 0.5 * orders;
  return (1.0 - portable_exp(-orders)) / orders;
}

}  // namespace

double untouched_share(double rate, double variance) {
  if (variance < 1e-6) return portable_exp(-rate);
  return portable_exp(-portable_log1p(variance * rate) / variance);
}

Survival survival(double ad_orders, double other_orders, double variance) {
  const double alone = time_as_prospect(other_orders);
  if (ad_orders < hardly) {
    return {alone * (1.0 - 0.5 * (1.0 + variance) * ad_orders), alone * (1.0 - 0.5 * ad_orders)};
  }
  const double left = untouched_share(ad_orders, variance);
  const double of_clicks = (1.0 - left) / ad_orders;
  // The formula has a removable pole at variance 1; stepping over it costs 1e-5.
  const bool at_pole = std::abs(variance - 1.0) < 1e-5;
  const double v = at_pole ? 1.0 + 1e-5 : variance;
  const double left_at_v = at_pole ? untouched_share(ad_orders, v) : left;
  const double of_shoppers = ((1.0 + v * ad_orders) * left_at_v - 1.0) / (ad_orders * (v - 1.0));
  return {alone * of_clicks, alone * of_shoppers};
}

}  // namespace flywheel
