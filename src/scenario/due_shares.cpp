#include "scenario/due_shares.hpp"

#include <algorithm>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// A delay of orders: immediate, or later.
struct Delay {
  double share{0};
  double mean{0};  ///< days; 0: none
};

double placed_by(const Delay& delay, double days) {
  if (delay.mean <= 0.0) return delay.share;
  return delay.share * (1.0 - portable_exp(-days / delay.mean));
}

/// The integral of the same from 0 on.
double placed_time(const Delay& delay, double days) {
  if (delay.mean <= 0.0) return delay.share * days;
  return delay.share * (days - delay.mean * (1.0 - portable_exp(-days / delay.mean)));
}

}  // namespace

std::vector<double> due_shares(const FunnelTraits& funnel, const DueSetting& setting) {
  const Delay immediate{funnel.immediate_share, funnel.immediate_delay_days};
  const Delay later{1.0 - funnel.immediate_share, funnel.later_delay_days};
  const double window = setting.window_days;
  const double in_window = placed_by(immediate, window) + placed_by(later, window);
  // Integral of the share of a click's conversions that have come by then.
  const auto come = [&](double days) {
    const double inside = std::min(days, window);
    return (placed_time(immediate, inside) + placed_time(later, inside)) / in_window +
           std::max(0.0, days - window);
  };
  const double length = setting.rotation_days;
  std::vector<double> shares;
  double before = 0.0;
  for (double begin = 0.0; begin < setting.days; begin += length) {
    const double by_end = (come(begin + length) - come(begin)) / length;
    shares.push_back(by_end - before);
    before = by_end;
  }
  return shares;
}

}  // namespace flywheel
