#pragma once

#include <span>
#include <vector>

#include "scenario/scenario.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// Customers whom one customer is expected to refer.
struct Reproduction {
  double lifetime{0};   ///< R, however late
  double in_cohort{0};  ///< of these, first orders within cohort_days of the referrer's own
};

/// The reproduction number by rotation: what a customer won in it is expected to bring, if the
/// world stayed as it is on average in that rotation and no friend were a customer already.
///
/// A customer is asked at the first delivery, where the plan says so only as a promoter, shares
/// with `share_rate` and brings friends of the same segment and any intent (or propensity). A
/// friend's visit orders with P and is left engaged with l; an own return, which comes with U m,
/// orders with P_o and is left engaged with l_o; m is the share that passes no brand ad, whose
/// click would take the credit. So R = friends E[P + l U m P_o / (1 - U m l_o)], over traits by
/// quadrature. Orders after retargeting, whose touches take credit as well, and those of messages
/// are left out.
///
/// `weights`: customers won by segment, over which R is averaged; sizes count where all are zero.
/// `shops`: as the loops have made the shop in each rotation, the last for all that follow; that of
/// the first day where there is none. Tests of pages that run are left out.
[[nodiscard]] std::vector<Reproduction> expect_reproduction(const Scenario& scenario,
                                                            std::span<const double> weights,
                                                            std::span<const ShopState> shops = {});

/// Orders that an organic visit leads to in the first rotation, by segment: P + l U m P_o / (1 - U
/// m l_o) as above with the source organic, over those who visit (by their intent), none of them a
/// customer already.
[[nodiscard]] std::vector<double> expect_organic_orders(const Scenario& scenario);

}  // namespace flywheel
