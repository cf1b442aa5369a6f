#pragma once

#include <cstddef>
#include <vector>

#include "momentum/momentum_traits.hpp"
#include "momentum/observed.hpp"
#include "random/key.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// What the platform of one channel knows, and how it spends in the coming rotation. An arm is a
/// segment.
struct ChannelKnowledge {
  std::vector<double> shares;              ///< of the budget, by arm
  std::vector<double> orders;              ///< tracked, fading
  std::vector<double> values;              ///< of the same, money, fading
  std::vector<double> exposure;            ///< money whose orders should have come, fading
  std::vector<std::vector<double>> spent;  ///< money by [rotation][arm]
  std::vector<double> orders_seen;         ///< all tracked orders so far, by arm
  std::vector<double> values_seen;
  double knowledge{0};     ///< remembered tracked orders
  bool is_learning{true};  ///< in its learning phase: targeting stays as sharp as on the first day
  double sharpness{1};     ///< factor on that of the first day
};

[[nodiscard]] ChannelKnowledge first_knowledge(const TargetingTraits& traits, std::size_t channel);

/// What the platform makes of a rotation that ends, by what it can see (docs/model.md 8.6).
struct EndedRotation {
  int number{0};
  int days{7};  ///< of a rotation
  Key shoppers;
};
[[nodiscard]] ChannelKnowledge learn(const TargetingTraits& traits, std::size_t channel,
                                     ChannelKnowledge knowledge, const Observed& observed,
                                     const EndedRotation& rotation);

/// How the channel spends with this knowledge.
[[nodiscard]] ChannelAim aim_of(const TargetingTraits& traits, std::size_t channel,
                                const ChannelKnowledge& knowledge);

/// Shares within bounds: each lambda times its wish, at least `least` and at most `most` times the
/// planned share, with the lambda for which they sum to 1. `least` <= 1 <= `most`, planned shares
/// sum to 1, wishes of shares above 0 are above 0.
struct ShareBounds {
  double least{1};
  double most{1};
};
[[nodiscard]] std::vector<double> bounded_shares(const std::vector<double>& wishes,
                                                 const std::vector<double>& planned,
                                                 const ShareBounds& bounds);

}  // namespace flywheel
