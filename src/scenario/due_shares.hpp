#pragma once

#include <vector>

#include "journey/funnel_traits.hpp"

namespace flywheel {

/// When money is spent and how long its conversions are waited for.
struct DueSetting {
  int rotation_days{7};
  double days{0};         ///< for how long shares are wanted
  double window_days{7};  ///< of the credit for a click
};

/// Shares of the credited conversions of a rotation's money, spent evenly in it, that come in the
/// rotation itself, in the next one, and so on (docs/model.md 8.6): of orders that clicks' own
/// visits decide, by the two delays of the plan.
[[nodiscard]] std::vector<double> due_shares(const FunnelTraits& funnel, const DueSetting& setting);

}  // namespace flywheel
