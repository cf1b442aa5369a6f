#pragma once

#include "journey/block.hpp"
#include "journey/order.hpp"

namespace flywheel {

/// One booking that belongs to a customer.
struct Booking {
  Account account{};
  Days time{0};
  Money amount;
};

/// Revenue and costs of an order: in the shop's books and, for roots and their descendants, in the
/// cohort's. The cohort window runs from the root's first order and ends by the horizon, since
/// nothing earns credit after the conversion window.
void book_order(Block& block, const Customer& customer, const OrderMoney& money, Days time);

/// A variable cost of a customer, messages among them; negative when something comes back.
void book_cost(Block& block, const Customer& customer, const Booking& cost);

/// A refund at its own date, of an order at `ordered`: within the cohort window, or open when the
/// window ends; orders after the window are not the cohort's.
void book_refund(Block& block, const Customer& customer, const Booking& refund, Days ordered);

}  // namespace flywheel
