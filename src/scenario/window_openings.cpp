#include "scenario/window_openings.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace flywheel {

namespace {

/// Integral over one day of the time that a window opened then stays open.
double open_time(double day, const WindowCount& count) {
  const double end = count.days - day;  // of the time counted, from the start of the day
  const double whole = std::clamp(end - count.window_days, 0.0, 1.0);
  return whole * count.window_days + (1.0 - whole) * (end - 0.5 * (1.0 + whole));
}

}  // namespace

double even_openings(const WindowOpenings& openings, std::span<const double> clicks,
                     const WindowCount& count) {
  const double all = std::accumulate(clicks.begin(), clicks.end(), 0.0);
  double even = 0.0;
  double paid = 0.0;
  for (int day = 0; day < count.days; ++day) {
    const double open = open_time(day, count);
    even += open;
    if (static_cast<std::size_t>(day) < clicks.size()) {
      paid += open * clicks[static_cast<std::size_t>(day)];
    }
  }
  if (all <= 0.0 || even <= 0.0) return openings.unpaid;
  return openings.unpaid + openings.paid * paid / even * static_cast<double>(clicks.size()) / all;
}

}  // namespace flywheel
