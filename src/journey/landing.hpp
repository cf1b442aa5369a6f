#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "audience/person.hpp"
#include "core/days.hpp"
#include "journey/funnel_traits.hpp"
#include "random/key.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// What decides how far a visit goes, beside its luck.
struct VisitTerms {
  double mobile_share{0};
  double odds_against{1};  ///< exp(-S): on every step (steps model)
  double order_chance{0};  ///< propensity model
  double availability{1};  ///< chance that an order finds its goods in stock
};

/// Odds against each step, [device][step].
using StepOdds = std::array<std::array<double, step_count>, 2>;

/// Odds against succeeding, made once for a replication: their product with a shopper's own is
/// exp(-(b + S)), so a visit needs no exponential.
struct FunnelOdds {
  StepOdds step{};             ///< exp(-b)
  std::vector<double> source;  ///< exp(-D)
  std::vector<double> day;     ///< exp(-demand and shocks)
};

[[nodiscard]] FunnelOdds make_funnel_odds(const FunnelTraits& funnel,
                                          const std::vector<double>& log_odds_by_day);

/// The random numbers of one visit: their name, and the first block of them.
struct VisitLuck {
  Key key;
  PersonId person;
  std::uint64_t ordinal{0};
  std::array<std::uint64_t, 2> words{};
};

/// The luck of a visit of this ordinal.
[[nodiscard]] VisitLuck visit_luck(Key key, PersonId person, std::uint64_t ordinal);

/// What became of a visit.
struct VisitOutcome {
  Depth depth{Depth::click};
  Device device{Device::desktop};
  bool leaves_address{false};
  Days order_delay{0};    ///< until the order is placed
  double retargeting{0};  ///< uniform on (0, 1): decides the next click in the window it opens
  SeenIdeas ideas{0};     ///< of the tests that run
};

/// Sessions of engaged visits, summed: no decision reads them, so they need not be drawn one by one
/// for each shopper.
struct Sessions {
  std::array<std::int64_t, 2> milliseconds{};  ///< by device
  std::int64_t pages{0};                       ///< of both
};

/// Sums over the sessions of a block, `counts` of them by device: lognormal durations (without
/// spread all the same, which takes no draws), and
/// 1 + geometric pages, whose sum is a negative binomial number (gamma and Poisson). Sessions are
/// alike, so the first ones drawn are those on desktops.
[[nodiscard]] Sessions draw_sessions(const FunnelTraits& funnel, Key key, std::uint64_t block,
                                     const std::array<std::int64_t, 2>& counts);

/// A visit that is sure to order, with the delay that any visit has.
[[nodiscard]] VisitOutcome play_sure_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                                           const VisitLuck& luck);

}  // namespace flywheel
