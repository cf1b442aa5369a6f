#pragma once

#include "plan/number.hpp"

namespace flywheel {

/// [loops]: which loops turn. One that does not keeps its state of the first day.
struct LoopsPlan {
  int targeting{0};
  int page_tests{0};
  int feedback{0};
  int reputation{0};
  int organic_growth{0};
  int marketplace{0};
  int referral{1};
  int retargeting{1};
  int messages{1};
  int offers{1};
};

/// How platforms learn from the conversions that they see.
struct TargetingPlan {
  Number least_share;           ///< of the planned share of a segment; .5 [J]
  Number most_share;            ///< 2 [J]
  Number prior_conversions;     ///< weight of the channel's own rate; {2..20} [J]
  Number half_life_days;        ///< of evidence; {14..56} [J]
  Number learning_conversions;  ///< in 7 days, that end the learning phase; 50 [S]
  Number reset_change;          ///< of the daily budget, that begins it anew; .5 [J]
  Number learned_conversions;   ///< known on the first day; 0
  Number half_conversions;      ///< at which half of the gain is there; {100..1000} [J]
  Number ceiling;               ///< largest factor on sharpness; triangular 1, 1.2, 1.6 [J]
};

/// Continuous optimization of landing and checkout by tests on two halves of the visitors.
struct PageTestsPlan {
  int ideas_per_rotation{1};  ///< tests that begin in every rotation
  int run_rotations{2};       ///< how long each runs
  Number significance;        ///< two-sided level of a winner; .05 [rule]
  Number effect_scale;        ///< of Student's t, 3 df, log conversion rate; 2.5 % [J]
  Number checkout_share;      ///< ideas that concern the checkout; .5 [J]
};

/// Feedback that mends what customers live through.
struct FeedbackPlan {
  Number half_volume;    ///< pieces of feedback that bring half of what can be reached
  Number least_bad;      ///< of the bad experiences, what is left in the end
  Number least_returns;  ///< of the odds of a return
};

/// What reviews do to those who read them.
struct ReputationPlan {
  Number products;        ///< over which reviews are spread
  Number review_lift;     ///< conversion rate with many reviews of a product over that with none
  Number half_reviews;    ///< of a product, that bring half of it
  Number rating_effect;   ///< log conversion rate per star
  Number organic_effect;  ///< log organic visits per star
  Number prior_reviews;   ///< weight of prior_rating in the rating that people go by
  Number prior_rating;    ///< stars
};

/// Organic visits that content, search engines and customers' word bring.
struct OrganicGrowthPlan {
  Number content_visits;          ///< a day, per 1,000 money of content that is still read
  Number content_half_life_days;  ///< of content
  Number seo_gain;                ///< largest growth of organic visits through reviews
  Number seo_reviews;             ///< that bring half of it
  Number word_of_mouth;           ///< visits that the word of 1,000 customers brings a day
};

/// The second wheel: volume, cost, price, sellers, selection, speed, stock. No figure is published
/// in a form that carries over: all of it is judgement.
struct MarketplacePlan {
  Number progress_ratio;      ///< unit cost after a doubling of all orders, over that before
  Number prior_orders;        ///< before day 0
  Number pass_on;             ///< share of what is saved that lowers prices
  Number follow;              ///< weight of the rivals' prices
  Number least_margin;        ///< below which no price goes
  Number rival_volatility;    ///< stationary sd of their log price
  Number rival_reversion;     ///< per day
  Number price_elasticity;    ///< of the conversion rate by the price over the rivals'
  Number traffic_elasticity;  ///< of organic visits likewise
  Number sellers;             ///< on day 0
  Number entry;               ///< share of the way to where traffic draws them, per rotation
  Number attraction;          ///< elasticity of sellers by traffic
  Number breadth;             ///< elasticity of selection by sellers
  Number poor_share;          ///< of what is offered, that sells poorly
  Number pruning;             ///< share of that which is taken out per rotation
  Number selection_effect;    ///< log conversion rate per log selection
  Number selection_traffic;   ///< elasticity of organic visits by selection
  Number clutter_effect;      ///< log conversion rate lost per share of poor sellers
  Number delivery_scale;      ///< elasticity of speed by orders
  Number fastest;             ///< least factor on the time of delivery
  Number delivery_effect;     ///< log conversion rate per log of the time
  Number first_stock;         ///< orders; 0: stock never runs out
  int lead_rotations{4};      ///< from ordering goods to their arrival
  Number cover_rotations;     ///< of sales that stock and what is on its way shall last
};

}  // namespace flywheel
