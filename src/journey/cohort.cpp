#include "journey/cohort.hpp"

#include "journey/orders.hpp"

namespace flywheel {

namespace {

bool in_cohort(const Customer& customer) { return customer.root != nobody; }

Days window_end(Block& block, const Customer& customer) {
  return block.crowd.customer(customer.root).first_order + block.world.cohort_days;
}

/// Cohort revenue by the channel that won the root.
Money& origin(Block& block, const Customer& customer) {
  const std::uint8_t channel = block.crowd.customer(customer.root).credit;
  return block.books.cohort_revenue_by_origin[block.tally.cell(channel, block.world.number)];
}

void book_revenue(Block& block, const Customer& customer, Days time, Money amount) {
  block.books.book(Account::revenue, time, amount);
  if (!in_cohort(customer)) return;
  block.books.book(Account::cohort_revenue, time, amount);
  if (!(time < window_end(block, customer))) return;
  block.books.cohort.gross += amount;
  block.books.book(Account::cohort_contribution, time, amount);
  block.tally.add(Count::cohort_orders);
  origin(block, customer) += amount;
}

void book_cohort_cost(Block& block, const Customer& customer, Days time, Money cost) {
  if (!in_cohort(customer) || !(time < window_end(block, customer))) return;
  block.books.cohort.costs += cost;
  block.books.book(Account::cohort_contribution, time, -cost);
}

}  // namespace

void book_order(Block& block, const Customer& customer, const OrderMoney& money, Days time) {
  block.books.order_values += money.value;
  book_revenue(block, customer, time, money.net());
  block.books.book(Account::discounts, time, money.discount);
  book_cost(block, customer, {Account::goods, time, money.goods});
  if (in_cohort(customer)) block.books.book(Account::cohort_goods, time, money.goods);
  book_cost(block, customer, {Account::shipping, time, money.shipping});
  book_cost(block, customer, {Account::payment_fees, time, money.fee});
  const Money points = money.net() * block.world.loyalty->points_cost_share;
  book_cost(block, customer, {Account::points, time, points});
}

void book_cost(Block& block, const Customer& customer, const Booking& cost) {
  block.books.book(cost.account, cost.time, cost.amount);
  book_cohort_cost(block, customer, cost.time, cost.amount);
}

void book_refund(Block& block, const Customer& customer, const Booking& refund, Days ordered) {
  block.books.book(refund.account, refund.time, refund.amount);
  if (!in_cohort(customer)) return;
  block.books.book(Account::cohort_refunds, refund.time, refund.amount);
  if (refund.time < window_end(block, customer)) {
    block.books.cohort.refunds += refund.amount;
    block.books.book(Account::cohort_contribution, refund.time, -refund.amount);
    origin(block, customer) -= refund.amount;
  } else if (ordered < window_end(block, customer)) {
    block.books.cohort.open_refunds += refund.amount;
  }
}

void book_fee(Block& block, const Customer& customer, Days time, Money fee) {
  block.books.book(Account::membership_fees, time, fee);
  book_cohort_cost(block, customer, time, -fee);
}

}  // namespace flywheel
