#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/days.hpp"

namespace flywheel {

/// Steps of a visit, in order: engaged, product viewed, cart, checkout, order.
inline constexpr int step_count = 5;

/// Tests that run at a time: eight begin in a rotation, and each runs for eight, at most.
inline constexpr std::size_t most_tests = 64;

/// Tests of which a shopper sees the idea: bit k is the k-th of the shop's list.
using SeenIdeas = std::uint64_t;

/// A test of an idea for a better page: half of all shoppers see it.
struct RunningTest {
  std::uint64_t number{0};
  std::array<double, step_count> odds_against{1, 1, 1, 1,
                                              1};  ///< factors in the half with the idea
  double chance_factor{1};  ///< there, on the chance of an order (propensity model)
};

/// How a channel's platform spends in this rotation, by what it has learned.
struct ChannelAim {
  double sharpness{1};         ///< factor on gamma and zeta of the first day
  double mean_weight{1};       ///< factor on E[w] of the first day
  std::vector<double> volume;  ///< factor on the planned impressions, by segment
};

/// What an order is made on, from its date to its refund.
struct OrderTerms {
  double price{1};     ///< index on its value
  double cost{1};      ///< index on the cost of goods at price 1
  double delivery{1};  ///< factor on the time of delivery
};

/// The shop and its platforms as the loops have made them (docs/model.md 8); the first day's by
/// default.
struct ShopState {
  std::array<double, step_count> step_log_odds{};  ///< added to those of all visits
  double chance_factor{1};                         ///< on the chance of an order, propensity model
  std::vector<RunningTest> tests;
  double bad_factor{1};               ///< on bad products, bad deliveries, contacts not resolved
  double return_odds{1};              ///< factor
  double organic_factor{1};           ///< on the plan's organic visits
  double content_visits{0};           ///< a day and shopper, before demand
  std::vector<double> word_of_mouth;  ///< visits a day and shopper, by segment; empty: none
  OrderTerms terms;
  double availability{1};            ///< chance that a visit finds in stock what it would order
  double brand_factor{1};            ///< on the share of unpaid visits that pass a brand ad
  std::vector<ChannelAim> channels;  ///< empty where platforms do not learn
};

/// What all shoppers share during one rotation; made when the one before has ended. Where nothing
/// of it can change, one snapshot holds for all rotations.
struct Snapshot {
  int number{0};  ///< of the stretch of days it holds for
  Days begin{0};
  Days end{0};
  double open_windows{0};              ///< retargeting windows open at `begin`
  double expected_windows{0};          ///< mean number open until `end`, as far as one can tell
  std::vector<double> customer_share;  ///< by segment: customers over shoppers at `begin`
  std::vector<double> put_off_share;   ///< by segment: of its audience, by detractors until `begin`
  ShopState shop;
};

}  // namespace flywheel
