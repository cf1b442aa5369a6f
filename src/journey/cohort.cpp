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

void book_cohort_cost(Block& block, const Customer& customer, Days time, Money cost) {
  if (!in_cohort(customer) || !(time < window_end(block, customer))) return;
  block.books.cohort.costs += cost;
  block.books.book(Account::cohort_contribution, time, -cost);
}

/// An order of the cohort: its contribution in one sum, since money adds up exactly.
void book_cohort_order(Block& block, const Customer& customer, const OrderMoney& money,
                       const Booking& costs) {
  Books& books = block.books;
  const Days time = costs.time;
  books.book(Account::cohort_revenue, time, money.net());
  books.book(Account::cohort_goods, time, money.goods);
  if (!(time < window_end(block, customer))) return;
  books.cohort.gross += money.net();
  books.cohort.costs += costs.amount;
  books.book(costs.account, time, money.net() - costs.amount);
  block.tally.add(Count::cohort_orders);
  origin(block, customer) += money.net();
}

}  // namespace

void book_order(Block& block, const Customer& customer, const OrderMoney& money, Days time) {
  Books& books = block.books;
  const Money points = money.net() * block.world.loyalty->points_cost_share;
  books.order_values += money.value;
  books.book(Account::revenue, time, money.net());
  books.book(Account::discounts, time, money.discount);
  books.book(Account::goods, time, money.goods);
  books.book(Account::shipping, time, money.shipping);
  books.book(Account::payment_fees, time, money.fee);
  books.book(Account::points, time, points);
  if (!in_cohort(customer)) return;
  const Money costs = money.goods + money.shipping + money.fee + points;
  book_cohort_order(block, customer, money, {Account::cohort_contribution, time, costs});
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
