#pragma once

#include <vector>

#include "core/days.hpp"

namespace flywheel {

/// What all shoppers share during one rotation; made when the one before has ended. Where nothing
/// of it can change, one snapshot holds for all rotations.
struct Snapshot {
  int number{0};  ///< of the stretch of days it holds for
  Days begin{0};
  Days end{0};
  double open_windows{0};              ///< retargeting windows open at `begin`
  double expected_windows{0};          ///< mean number open until `end`, as far as one can tell
  std::vector<double> customer_share;  ///< by segment: customers over shoppers at `begin`
  std::vector<double> put_off_share;   ///< by segment: of its audience, by detractors until `begin`
};

}  // namespace flywheel
