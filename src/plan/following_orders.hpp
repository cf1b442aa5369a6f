#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"

namespace flywheel {

/// One way in which an order leads to others.
struct FollowingOrders {
  std::string key;   ///< of the plan, the number that makes them: "offer.comeback.take_up"
  double orders{0};  ///< expected of one order
};

/// The orders that one order of a customer is expected to lead to, way by way, all numbers at their
/// medians: offers, flows of messages that orders, deliveries or lapsing start, ads to customers.
/// Of a customer who gets messages, where any do: a line of orders is that of one customer, and
/// who has consented once goes on getting offers. Neither friends, who are customers of their own,
/// nor renewals, of which there is one at a time.
///
/// Flows and ads: messages * order_rate (a rate is at most the rates before it), and impressions *
/// click_rate * order_rate. Offers and messages of lapse flows come only while no order has come
/// since: chance times the product over those before of 1 - chance * share of their time that has
/// passed. Offers in a row hence lead to less than one order, offers at the same time to their sum.
[[nodiscard]] std::vector<FollowingOrders> expect_following_orders(const Plan& plan);

}  // namespace flywheel
