#pragma once

#include <array>
#include <cstdint>

#include "audience/person.hpp"
#include "core/days.hpp"
#include "journey/funnel_traits.hpp"
#include "random/key.hpp"

namespace flywheel {

/// What decides how far a visit goes, beside its luck.
struct VisitTerms {
  double mobile_share{0};
  double score{0};         ///< S: log-odds added to every step (steps model)
  double order_chance{0};  ///< propensity model
};

/// Names the random numbers of one visit.
struct VisitLuck {
  Key key;
  PersonId person;
  std::uint64_t ordinal{0};
};

/// What became of a visit.
struct VisitOutcome {
  Depth depth{Depth::click};
  Device device{Device::desktop};
  std::int64_t milliseconds{0};  ///< of an engaged session
  std::int64_t pages{0};         ///< of an engaged session
  int reason{-1};                ///< why the checkout failed
  bool leaves_address{false};
  Days order_delay{0};  ///< until the order is placed
};

/// Chances to succeed at the steps of a visit, each given the ones before.
[[nodiscard]] std::array<double, step_count> step_chances(const FunnelTraits& funnel, Device device,
                                                          double score);

/// A visit from landing to order or to where it ends. Depth is decided by one uniform number
/// against the product of the step chances, which is the same as a draw for each step; a better
/// page takes the same shopper at least as far. Three blocks of random numbers at most.
[[nodiscard]] VisitOutcome play_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                                      const VisitLuck& luck);

/// A visit that is sure to order, with the session and delay that any visit has.
[[nodiscard]] VisitOutcome play_sure_visit(const FunnelTraits& funnel, const VisitTerms& terms,
                                           const VisitLuck& luck);

}  // namespace flywheel
