#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plan/plan.hpp"

namespace flywheel {

/// What a channel's budget buys before anything is simulated: arithmetic at the medians of price
/// and click rate, without season, slope of the price, wear-out or caps.
struct ChannelExpectation {
  std::string name;
  double budget{0};                                      ///< money over the flight
  std::vector<std::pair<std::string, double>> months{};  ///< "2027-03" to money, in order
  double price{0};        ///< median, per 1,000 impressions (cpm) or per click (cpc)
  double impressions{0};  ///< cpm: 1,000 budget / price; cpc: clicks / click rate
  double clicks{0};       ///< cpm: impressions * click rate; cpc: budget / price
};

/// The median of a number, or `otherwise` where it is missing, which has been told as a fault.
[[nodiscard]] double median_or(const Number& number, double otherwise);

/// Whether solving may raise the organic visits: who gives them, and no limit, knows them.
[[nodiscard]] bool may_raise_visits(const OrganicPlan& organic);

/// Clicks that so much money buys of a channel, at the same medians; a missing price counts as 1, a
/// missing click rate as 0.
[[nodiscard]] double clicks_bought(const ChannelPlan& channel, double money);

/// Impressions that so much money buys, likewise; a missing click rate counts as 1 here.
[[nodiscard]] double impressions_bought(const ChannelPlan& channel, double money);

/// Customers whom one customer is expected to refer in the end: the reproduction number at the
/// medians, share_rate * clicks_per_share * the conversion of friends.
[[nodiscard]] double expect_reproduction_number(const Plan& plan);

/// One for each channel, in the plan's order.
[[nodiscard]] std::vector<ChannelExpectation> expect_channels(const Plan& plan);

}  // namespace flywheel
