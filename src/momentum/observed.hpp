#pragma once

#include <vector>

#include "outcome/tally.hpp"

namespace flywheel {

/// What the shop and the platforms know at the end of a rotation: sums of all that is dated before.
struct Observed {
  double reviews{0};
  double stars{0};
  double contacts{0};  ///< with the service
  double orders{0};    ///< of everybody
  double visits{0};
  double rival_price{1};               ///< index on the first day of the coming rotation
  std::vector<double> customers;       ///< won in the run, by segment
  std::vector<double> shoppers;        ///< of the audience, by segment
  std::vector<TestHalves> tests;       ///< by the test's number
  std::vector<double> tracked_orders;  ///< first orders that platforms see, [channel, segment]
  std::vector<double> tracked_values;  ///< their net value, money, likewise
};

}  // namespace flywheel
