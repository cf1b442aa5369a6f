#pragma once

#include <vector>

#include "plan/plan.hpp"

namespace flywheel {

/// Impressions and clicks of one channel over the flight.
struct MediaVolume {
  double impressions{0};  ///< as the budget buys them
  double clicks{0};       ///< without those of brand ads
};

/// What the budgets of a plan are expected to bring, by channel: all numbers at their medians, in
/// the expected market with its season, as the solver of base rates expects people to click at the
/// flight's frequencies, until they order. The solver knows two frequencies of a channel: where ads
/// wear out in a small audience that sees them often, futures differ by some 7 %.
[[nodiscard]] std::vector<MediaVolume> expect_media(const Plan& plan);

}  // namespace flywheel
