#pragma once

#include <cstddef>
#include <vector>

#include "scenario/quadrature.hpp"

namespace flywheel {

/// A number for each type of shopper, in the order of ShopperTypes.
using ByType = std::vector<double>;

/// What the solver needs to know of a segment.
struct SegmentShare {
  double share{1};                ///< of the audience
  double conversion_log_odds{0};  ///< what the segment adds to every step
};

/// The audience as the solver of base rates sees it: segment by purchase intent by propensity, each
/// combination a type with its share of all shoppers.
class ShopperTypes {
 public:
  /// `propensity` is one node of value 1 in the model of steps.
  ShopperTypes(std::vector<SegmentShare> segments, Nodes intent, Nodes propensity);

  [[nodiscard]] std::size_t size() const { return shares_.size(); }
  [[nodiscard]] const ByType& shares() const { return shares_; }
  [[nodiscard]] const ByType& intents() const { return intents_; }
  [[nodiscard]] const ByType& propensities() const { return propensities_; }
  [[nodiscard]] const ByType& segment_log_odds() const { return segment_log_odds_; }
  [[nodiscard]] const std::vector<std::size_t>& segments() const { return segments_; }

  [[nodiscard]] const Nodes& intent_nodes() const { return intent_; }
  [[nodiscard]] const Nodes& propensity_nodes() const { return propensity_; }
  [[nodiscard]] std::size_t segment_count() const { return segment_count_; }
  [[nodiscard]] double segment_share(std::size_t segment) const { return segment_shares_[segment]; }

  /// The position of a combination.
  [[nodiscard]] std::size_t index(std::size_t segment, std::size_t intent,
                                  std::size_t propensity) const {
    return (segment * intent_.size() + intent) * propensity_.size() + propensity;
  }

  /// The number of a type's intent node.
  [[nodiscard]] std::size_t intent_number(std::size_t type) const {
    return type / propensity_.size() % intent_.size();
  }

 private:
  std::size_t segment_count_;
  std::vector<double> segment_shares_;
  Nodes intent_;
  Nodes propensity_;
  ByType shares_;
  ByType intents_;
  ByType propensities_;
  ByType segment_log_odds_;
  std::vector<std::size_t> segments_;
};

}  // namespace flywheel
