#pragma once

#include <cstdint>

namespace flywheel {

/// Customers who exist when the flight begins.
struct DayZeroTraits {
  std::uint64_t customers{0};  ///< of all segments
  double tenure_days{365};     ///< their first orders lie uniformly in this many days
  double consent_share{0};
  std::uint64_t subscribers{0};  ///< among the customers
  double rating{0};
  double reviews{0};
};

}  // namespace flywheel
