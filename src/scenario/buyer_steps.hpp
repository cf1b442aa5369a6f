#pragma once

#include <array>

#include "scenario/scenario.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// Mean chance of those who order to succeed at each step (docs/model.md 8): over devices and
/// intent of the organic visitors of a day, each weighed by their chance to pass all steps.
///
/// ln of the mean rate moves by the weighed sum of (1 - P_k) for each unit of log-odds on the steps
/// k. Keen visitors bring most of the orders and seldom fail, so the mean over all visitors would
/// promise more than log-odds can do.
[[nodiscard]] std::array<double, step_count> buyer_steps(const Scenario& scenario);

}  // namespace flywheel
