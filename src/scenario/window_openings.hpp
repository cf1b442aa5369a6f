#pragma once

#include <span>

namespace flywheel {

/// Windows of retargeting opened a day, on average over the flight, of all segments; each counts as
/// many times as its pool gets impressions.
struct WindowOpenings {
  double paid{0};    ///< by visits that channels bring
  double unpaid{0};  ///< by organic visits
};

/// The first days in which retargeting advertises, and how long a window is open.
struct WindowCount {
  int days{7};
  double window_days{0};
};

/// Openings a day which, were every day alike, would leave as many windows open on average over the
/// first days as those that come with the channels' clicks: unpaid ones come evenly, paid ones in
/// proportion to `clicks` by day of the flight. One opened at s is open for min(window, days - s).
[[nodiscard]] double even_openings(const WindowOpenings& openings, std::span<const double> clicks,
                                   const WindowCount& count);

}  // namespace flywheel
