#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace flywheel {

/// Tests of landing and checkout (docs/model.md 8.2).
struct PageTestTraits {
  bool enabled{false};
  int ideas_per_rotation{1};
  int run_rotations{2};
  double critical_value{1.96};  ///< a test is won above this z
  double effect_scale{0};       ///< of true effects on the log conversion rate
  double checkout_share{0.5};
};

/// Feedback that mends experiences (8.3).
struct FeedbackTraits {
  bool enabled{false};
  double half_volume{1};
  double least_bad{1};
  double least_returns{1};
};

/// Reviews that move conversion and organic visits (8.4).
struct ReputationTraits {
  bool enabled{false};
  double products{1};
  double log_lift{0};  ///< ln of review_lift
  double half_reviews{1};
  double rating_effect{0};
  double organic_effect{0};
  double prior_reviews{0};
  double prior_rating{0};
  double first_reviews{0};  ///< of day zero
  double first_rating{0};
};

/// Organic visits by content, search engines and customers' word (8.5).
struct OrganicGrowthTraits {
  bool enabled{false};
  double visits_per_shopper_day{0};  ///< o, the plan's own
  double content_per_day{0};         ///< money
  double content_visits{0};          ///< per shopper of the audience and day, by 1 money
  double content_kept{1};            ///< share still read after a day
  double seo_gain{0};
  double seo_reviews{1};
  double word_of_mouth{0};  ///< visits a day by a customer's word
};

/// The marketplace wheel (9).
struct MarketplaceTraits {
  bool enabled{false};
  double doubling_exponent{0};  ///< log2 of the progress ratio
  double prior_orders{1};
  double pass_on{0};
  double follow{0};
  double price_floor{0};  ///< over the unit cost index: (1 - margin) / (1 - least margin)
  double price_elasticity{0};
  double traffic_elasticity{0};
  double sellers{1};
  double usual_visits{0};  ///< of a rotation without the campaign; 0: those of the first count
  double entry{0};
  double attraction{0};
  double breadth{0};
  double poor_share{0};
  double pruning{0};
  double selection_effect{0};
  double selection_traffic{0};
  double clutter_effect{0};
  double delivery_scale{0};
  double fastest{1};
  double delivery_effect{0};
  double first_stock{0};
  int lead_rotations{0};
  double cover_rotations{0};
};

/// Clicks of a channel by shoppers of one intent, as the flight is expected to bring them.
struct ClicksByIntent {
  double intent{0};  ///< z
  double share{0};   ///< of the channel's clicks, were nobody to order
  double left{1};    ///< of these: come before the shopper's first order is placed
};

/// What platforms learn of one channel (8.6).
struct ChannelLearning {
  std::uint64_t identity{0};             ///< of the channel
  std::vector<double> planned_shares{};  ///< of the budget, by segment, sum 1
  std::vector<double> budget{};          ///< money by day of the flight, as it is spent
  double sharpness{0};                   ///< gamma on the first day
  double affinity_exponent{1};           ///< q
  double intent_targeting{0};            ///< zeta on the first day
  double click_intent{0};                ///< xi
  bool pays_per_click{false};
  std::vector<ClicksByIntent> clicks{};  ///< empty: nobody has ordered
};

struct TargetingTraits {
  bool enabled{false};
  double least_share{1};
  double most_share{1};
  double prior_conversions{1};
  double kept{1};                  ///< share of evidence that a rotation leaves
  double learning_conversions{0};  ///< in one rotation
  double reset_change{1};
  double learned_conversions{0};
  double half_conversions{1};
  double ceiling{1};
  std::vector<double> due{};  ///< conversions of a rotation's money that come in it, the next, ...
  std::vector<std::pair<double, double>> affinities{};  ///< quadrature: value, weight
  std::vector<ChannelLearning> channels{};
};

/// The loops by which what was observed in one rotation changes the next.
struct MomentumTraits {
  int rotation_days{7};
  int flight_days{0};
  std::array<double, 5> step_shares{};  ///< P_k of those who order, at each step
  bool uses_propensity{false};
  PageTestTraits page_tests;
  FeedbackTraits feedback;
  ReputationTraits reputation;
  OrganicGrowthTraits organic_growth;
  TargetingTraits targeting;
  MarketplaceTraits marketplace;

  /// Whether any of the loops here makes one rotation differ from the next.
  [[nodiscard]] bool turns() const {
    return page_tests.enabled || feedback.enabled || reputation.enabled || organic_growth.enabled ||
           targeting.enabled || marketplace.enabled;
  }
};

}  // namespace flywheel
