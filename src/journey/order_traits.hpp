#pragma once

#include "audience/traits.hpp"
#include "shop/snapshot.hpp"

namespace flywheel {

/// Order values and what follows an order up to the customer's answer (docs/model.md 7.7).
struct OrderTraits {
  OrderTerms terms;      ///< price, cost and speed as the marketplace makes them
  double mean_value{0};  ///< money, at price 1
  TraitQuantile noise;   ///< of one order around the shopper's level, mean 1
  double margin{0};
  double shipping_share{0};
  double payment_fee{0};
  double delivery_days{0};  ///< mean of the gamma(4) delay
  double bad_product{0};
  double bad_delivery{0};
  double contact_good{0};
  double contact_bad{0};
  double resolved{0};
  double return_good{0};  ///< probability of a return after a good experience
  double return_bad{0};
  double partial_share{0};
  double partial_value{0};
  double early_return_share{0};
  double early_return_days{0};  ///< mean of the gamma(4) delay after delivery
  double late_return_days{0};
  double return_cost{0};  ///< money
  double resale_share{0};
  double contact_cost{0};  ///< money
};

/// Satisfaction, answers and reviews.
struct AdvocacyTraits {
  double trait_loading{0};  ///< sqrt of the variance share of the shopper's own satisfaction
  double noise_loading{1};
  double bad_effect{0};
  double promoter_above{0};  ///< threshold of satisfaction
  double detractor_below{0};
  double review_promoter{0};  ///< review probabilities by class
  double review_passive{0};
  double review_detractor{0};
  double friends_put_off{0};  ///< mean, by one answer of a detractor
};

}  // namespace flywheel
