#pragma once

#include <vector>

#include "scenario/base_rates.hpp"

namespace flywheel::test {

inline constexpr double plain_flight = 50.0;
inline constexpr double plain_cart_rate = 0.08;
inline constexpr double plain_checkouts = 0.5 * plain_cart_rate;
inline constexpr double plain_engaged = 0.55;
/// Of the site and of organic visits: then nothing is to be added to the site's log-odds.
inline constexpr double plain_order_rate = plain_cart_rate * (1.0 - 0.7);

/// An audience of 10,000 that makes so few visits that nobody is exhausted: 0.0002 organic ones and
/// 0.0001 clicks of one channel a day and head. Everybody alike but for intent; neither own returns
/// nor retargeting; last touch with 7 days for clicks, nothing for views and brand ads; orders at
/// once.
[[nodiscard]] BaseRateSetting plain_setting();

/// One segment whose visits get no log-odds of their own.
[[nodiscard]] std::vector<SegmentShare> one_segment();

/// Exposure, affinity and propensity of 1.
[[nodiscard]] TraitNodes alike_traits();

}  // namespace flywheel::test
