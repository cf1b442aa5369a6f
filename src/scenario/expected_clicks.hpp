#pragma once

#include <vector>

#include "plan/plan.hpp"

namespace flywheel {

/// Impressions and clicks of one channel over the flight.
struct MediaVolume {
  double impressions{0};  ///< as the budget buys them and the frequency cap lets them through
  double clicks{0};       ///< without those of brand ads
  double paid_share{1};   ///< of the budget for them that the cap leaves to be spent
};

/// What the budgets of a plan are expected to bring, by channel: all numbers at their medians, in
/// the expected market with its season, as the solver of base rates expects people to click at the
/// flight's frequencies, until they order. The solver knows two frequencies of a channel: where ads
/// wear out in a small audience that sees them often, futures differ by some 7 %. What a cap holds
/// back is that of a steady flight.
[[nodiscard]] std::vector<MediaVolume> expect_media(const Plan& plan);

}  // namespace flywheel
