#pragma once

#include <vector>

#include "scenario/scenario.hpp"

namespace flywheel {

/// Chances that a friend who orders has done so within `days` of the referrer's first order: entry
/// k is for those who order in their k-th return, entry 0 for those who order at once.
///
/// Time passes until the referrer's delivery (gamma of shape 4, where friends are asked for then),
/// the invitation's visit, each return and the placing of the order, all exponential and
/// independent. The distribution of the sum comes from one exponential delay after the other, the
/// longest first: F' = (F_before - F) / mean, solved exactly on 512 steps between which F_before is
/// taken as straight. The error is that of delays much shorter than a step, which are rounded up to
/// half of one, and of curvature: 1e-5 where the longest mean delay is 5 % of `days`.
///
/// As many entries as matter: further returns change no chance by more than 1e-9.
[[nodiscard]] std::vector<double> friend_order_chances(const Scenario& scenario, double days);

}  // namespace flywheel
