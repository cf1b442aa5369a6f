#pragma once

#include <vector>

#include "core/days.hpp"

namespace flywheel {

/// What all shoppers share during one rotation; made when the one before has ended.
struct Snapshot {
  int rotation{0};
  Days begin{0};
  Days end{0};
  double open_windows{0};              ///< retargeting windows open at `begin`
  std::vector<double> customer_share;  ///< by segment: customers over shoppers at `begin`
};

}  // namespace flywheel
