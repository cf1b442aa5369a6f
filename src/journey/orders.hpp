#pragma once

#include "journey/block.hpp"

namespace flywheel {

/// What is ordered: by whom, when, at which discount.
struct OrderRequest {
  std::uint32_t person{0};
  Days time{0};
  double discount{0};  ///< share of the order value
};

/// An order is placed: the first one makes a customer.
void place_order(Block& block, const OrderRequest& request);

/// The order that was decided in a visit.
void play_due_order(Block& block, const Event& event);

/// An order arrives: experience, return, answer, review, and perhaps friends.
void play_delivery(Block& block, const Event& event);

/// A membership fee, in the books of the shop and, within its window, of the cohort.
void book_fee(Block& block, const Customer& customer, Days time, Money fee);

}  // namespace flywheel
