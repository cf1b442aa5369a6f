#pragma once

#include "journey/funnel_traits.hpp"
#include "journey/order_traits.hpp"
#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"
#include "scenario/solve_orders.hpp"

namespace flywheel {

/// Values, costs, deliveries and returns. `noise` belongs to the traits and is left empty.
[[nodiscard]] OrderTraits draw_orders(const Plan& plan, const DrawnNumbers& drawn);

/// The plan's three weights over their sum.
[[nodiscard]] AnswerShares draw_answer_shares(const ExperiencePlan& plan,
                                              const DrawnNumbers& drawn);

/// Answers and reviews, given how often an experience is bad.
[[nodiscard]] AdvocacyTraits draw_advocacy(const ExperiencePlan& plan, const DrawnNumbers& drawn,
                                           double bad_share);

/// What a visit is like apart from its solved log-odds: sessions, delays, reasons.
[[nodiscard]] FunnelTraits draw_funnel(const Plan& plan, const DrawnNumbers& drawn);

}  // namespace flywheel
