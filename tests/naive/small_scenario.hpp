#pragma once

#include <cstdint>

#include "random/inverse_table.hpp"
#include "scenario/scenario.hpp"

namespace flywheel::test {

/// Nothing happens: `shoppers` shoppers in one segment without channels, visits, customers; all
/// traits constant, all prices and probabilities zero, market factors one. Tests switch on what
/// they speak of. Flight, conversion and cohort days as given, rotations of 7 days.
struct QuietPlan {
  std::uint64_t shoppers{1};
  int flight_days{10};
  int conversion_days{0};
  int cohort_days{10};
};
[[nodiscard]] Scenario quiet_scenario(const QuietPlan& plan);

/// A quantile function whose table the scenario keeps.
[[nodiscard]] TraitQuantile keep_table(Scenario& scenario, InverseTable table);

/// Adds a channel to a quiet scenario: this many impressions a shopper and day, at this price.
void add_channel(Scenario& scenario, double impressions_per_shopper_day, double price);

/// Every visit succeeds in every step (log-odds 50).
void let_all_visits_order(Scenario& scenario);

/// 1,000 shoppers in 2 segments, everything on: a CPM channel with wear-in, wear-out, cap, new
/// creatives and view-through, a CPC channel with brand clicks, retargeting on a short budget, the
/// steps model, Pareto/NBD, all triggers of flows, an offer, subscription, tiers, membership,
/// referral, customers of day zero, last touch. Horizon 400 days, so that every column moves.
[[nodiscard]] Scenario small_scenario();

/// The same people and ads with the other choice everywhere: propensity model, BG/NBD, CPC
/// retargeting of every click without budget, first click, a fixed number of friends of anybody at
/// the order, without retargeting and depletion, no season, purchase rate and basket independent.
[[nodiscard]] Scenario other_small_scenario();

/// The small scenario with all loops of docs/model.md 8 turned on, strong enough to be seen: a page
/// test a rotation, segments of which one buys more, feedback, reviews, content and word of mouth.
[[nodiscard]] Scenario looping_scenario();

/// Turns the marketplace wheel on, of which no stock is kept: rivals whose prices move, costs that
/// fall, a floor that prices reach, sellers, selection and speed that are seen.
void add_marketplace(Scenario& scenario);

/// The looping scenario as a marketplace whose stock runs out now and then.
[[nodiscard]] Scenario trading_scenario();

/// B1 of the peers: the canonical model with this many shoppers (continuous time: impressions at
/// exact times, windows of 14 days, ads end with day 60).
[[nodiscard]] Scenario canonical_scenario(std::uint64_t shoppers);

}  // namespace flywheel::test
