#pragma once

#include <algorithm>

#include "journey/landing.hpp"

/// How one visit goes, in the header because nothing is played more often.
namespace flywheel {

namespace landing {

/// Two uniform numbers of 32 bits from one word: enough for decisions, not for values.
inline double high_uniform(std::uint64_t word) {
  return static_cast<double>(static_cast<std::int64_t>(word >> 32U)) * 0x1p-32;
}
inline double low_uniform(std::uint64_t word) {
  return static_cast<double>(static_cast<std::int64_t>(word & 0xFFFFFFFFU)) * 0x1p-32;
}

/// Chances to succeed at the steps of a visit, each given the ones before.
inline std::array<double, step_count> step_chances(const StepOdds& odds, Device device,
                                                   double odds_against, double rescued_share) {
  std::array<double, step_count> chances{};
  for (std::size_t step = 0; step < step_count; ++step) {
    chances[step] = 1.0 / (1.0 + odds[static_cast<std::size_t>(device)][step] * odds_against);
  }
  chances[step_count - 1] = 1.0 - (1.0 - chances[step_count - 1]) * (1.0 - rescued_share);
  return chances;
}

/// How far a visit goes whose uniform number is this: its step k is passed while the number lies
/// below the product of the chances 1 / (1 + a) up to it, a the odds against, which is to say while
/// the number times all (1 + a) lies below 1. Rescued checkouts add a share of the last failures,
/// and stock takes a share of the orders. Neither divides nor branches: a processor foresees one
/// visit in two.
inline Depth descend(const std::array<double, step_count>& odds, const VisitTerms& terms,
                     double rescued_share, double uniform) {
  int passed = 0;
  double scaled = uniform;
  for (std::size_t step = 0; step + 1 < odds.size(); ++step) {
    scaled *= 1.0 + odds[step] * terms.odds_against;
    passed += scaled < 1.0 ? 1 : 0;
  }
  const double last = odds[step_count - 1] * terms.odds_against;
  const bool orders = scaled * (1.0 + last) < (1.0 + rescued_share * last) * terms.availability;
  const bool checks_out = scaled < 1.0;
  return static_cast<Depth>(passed + (checks_out && orders ? 1 : 0));
}

/// The same where a visit is an order or not (propensity model).
inline Depth descend_at_once(const VisitTerms& terms, double uniform) {
  return uniform < terms.order_chance * terms.availability ? Depth::ordered : Depth::checkout;
}

/// Until an order is placed; its own block of random numbers.
[[nodiscard]] Days draw_order_delay(const FunnelTraits& funnel, const VisitLuck& luck);

/// Uniform on (0, 1).
inline double retargeting_uniform(std::uint64_t word) { return low_uniform(word) + 0x1p-33; }

inline Device device_of(double mobile_share, const VisitLuck& luck) {
  return low_uniform(luck.words[0]) < mobile_share ? Device::mobile : Device::desktop;
}

/// All that a visit of this depth brings beside it.
inline VisitOutcome fill_visit(Depth depth, Device device, const FunnelTraits& funnel,
                               const VisitLuck& luck) {
  const std::uint64_t word = luck.words[1];
  return {.depth = depth,
          .device = device,
          .leaves_address = depth >= Depth::engaged && high_uniform(word) < funnel.form_rate,
          .order_delay = depth == Depth::ordered ? draw_order_delay(funnel, luck) : 0.0,
          .retargeting = retargeting_uniform(word)};
}

}  // namespace landing

/// A visit from landing to order or to where it ends. Depth is decided by one uniform number
/// against the product of the step chances, which is the same as a draw for each step; a better
/// page takes the same shopper at least as far. One block of random numbers, two for an order.
[[nodiscard]] inline VisitOutcome play_visit(const FunnelTraits& funnel, const StepOdds& odds,
                                             const VisitTerms& terms, const VisitLuck& luck) {
  using namespace landing;
  const double uniform = high_uniform(luck.words[0]);
  const Device device = device_of(terms.mobile_share, luck);
  const Depth depth = funnel.uses_propensity ? descend_at_once(terms, uniform)
                                             : descend(odds[static_cast<std::size_t>(device)],
                                                       terms, funnel.rescued_share, uniform);
  return fill_visit(depth, device, funnel, luck);
}

}  // namespace flywheel
