#pragma once

#include <array>

#include "scenario/order_curve.hpp"
#include "scenario/root.hpp"
#include "scenario/shopper_types.hpp"

namespace flywheel {

/// Published step rates of a site, as a plan gives them.
struct SiteRates {
  double bounce_rate{0};
  double view_rate{0};         ///< of those who did not bounce
  double cart_rate{0};         ///< per visit
  double checkout_rate{0};     ///< per cart
  double cart_abandonment{0};  ///< carts without an order
  double desktop_ratio{1};     ///< order rate of desktop visits over that of mobile ones
  double mobile_share{0};
};

/// Share of all visits that come at least to each step, falling; engaged first, order last.
using StepReach = std::array<double, step_count>;

/// The reach that the rates imply. Independent draws may contradict each other (more carts than
/// product views); then the rates with a published source stand (bounce, cart, abandonment), and
/// the judged ones between them (view, checkout) give way so that no step passes more than 98 %.
[[nodiscard]] StepReach step_reach(const SiteRates& rates);

/// Visitors by type: how many, and exp of minus what is added to their log-odds.
struct Visitors {
  ByType weights;  ///< any scale
  ByType decays;   ///< exp(-(theta_f z + ln conversion_odds))
};

/// Step log-odds b, equal on both devices but for a shift of cart, checkout and order on desktops.
struct StepSolution {
  StepLogOdds steps{};
  bool reached{true};
};

/// The b for which visitors come as far as `reach` says, averaged over types and devices, and
/// desktop visits order `desktop_ratio` times as often as mobile ones. `start`: from where the
/// search begins; a solution nearby saves time. With one step each number moves once, towards the
/// solution: enough where the visitors change between calls.
[[nodiscard]] StepSolution solve_steps(const StepReach& reach, const SiteRates& rates,
                                       const Visitors& visitors, const StepLogOdds& start,
                                       int most_steps = thorough);

/// A source's device mix and the mean order rate that its visitors are to have.
struct SourceTarget {
  double mobile_share{0};
  double order_rate{0};
};

/// What a source is credited with for a visit, by type.
struct VisitCredit {
  ByType own_order;   ///< chance that an order decided in the visit brings the credit
  ByType own_return;  ///< chance that who leaves engaged orders later, with credit
  ByType by_chance;   ///< orders of other visits that the click gets the credit for
};

/// A search for a number of log-odds: from where, and how far in one call.
struct LogOddsSearch {
  double start{0};
  int most_steps{thorough};
};

/// D: what must be added to the log-odds of all steps so that these visitors' mean order rate is
/// the target's. Where there are no visitors, `start`.
[[nodiscard]] Solution solve_source(const OrderCurve& curve, const Visitors& visitors,
                                    const SourceTarget& target, double start,
                                    int most_steps = thorough);

/// D for which the credited orders per visit, P own_order + (engaged - P) own_return + by_chance,
/// have the target's mean. Where chance alone brings more than nine tenths of it, the rest is set
/// to a tenth and the target is not reached.
[[nodiscard]] Solution solve_credited_source(const OrderCurve& curve, const Visitors& visitors,
                                             const VisitCredit& credit, const SourceTarget& target,
                                             const LogOddsSearch& search);

}  // namespace flywheel
