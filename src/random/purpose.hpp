#pragma once

#include <cstdint>

namespace flywheel {

/// What a random number is for. The numbers are part of every result: never reuse or renumber one.
enum class Purpose : std::uint16_t {
  count_stratum = 1,    ///< how many shoppers a stratum holds
  candidate_count = 2,  ///< how many candidate points a cell holds
  candidate_point = 3,  ///< coordinates and mark of a candidate point
  trait = 4,
  visit = 5,
  order = 6,
  exposure = 7,
  retargeting = 8,
  message = 9,
  purchase = 10,
  referral = 11,
  experience = 12,
  offer = 13,
  subscription = 14,
  price = 15,
  demand = 16,
  shock = 17,
  creative = 18,
  parameter = 19,
  test_idea = 20,
  impression = 21,   ///< impressions of a shopper that are no candidates
  media_total = 22,  ///< impressions of everybody that are no candidates
  frequency = 23,    ///< how many shoppers saw how many impressions
  organic = 24,      ///< an organic visit's label
  consent = 25,
  delivery = 26,  ///< when an order arrives
  refund = 27,
  view_touch = 28,  ///< retargeting impressions before an order
  tracking = 29,    ///< whether a platform can see a touch
  own_return = 30,
  abandonment = 31,
  order_delay = 32,
  brand = 33,
  day_zero = 34,
  membership = 35,
  session = 36,
  reason = 37,       ///< why checkouts failed
  customer_ad = 38,  ///< ads to customers after an order
  page_test = 40,    ///< which half of a test a shopper belongs to
  thompson = 41,     ///< draws by which platforms move budgets
  rival = 42,        ///< prices of other shops
  put_off = 39,      ///< friends whom an answer puts off, and who they are
};

}  // namespace flywheel
