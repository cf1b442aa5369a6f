#include "ledger/paths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flywheel {

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A flow of cash: bookings of a day move money on the day plus a delay.
struct CashFlow {
  Money amount;
  std::size_t day;
  double delay;  ///< whole days; negative when paid ahead, on day 0 at the earliest
};

void move(std::vector<Money>& cash, const CashFlow& flow) {
  const double when = std::max(0.0, static_cast<double>(flow.day) + std::round(flow.delay));
  const auto day = static_cast<std::size_t>(when);
  if (day < cash.size()) cash[day] += flow.amount;
}

/// Goods of a day for which suppliers are paid within the horizon. An open shop has paid for what
/// its usual business, which is not the campaign's, sells in the first days, before the first one.
Money goods_to_pay(const Books& books, std::size_t day, double lead_days) {
  const bool ordered_before = static_cast<double>(day) < std::round(lead_days);
  return books.on(ordered_before ? Account::cohort_goods : Account::goods, day);
}

Money other_costs(const Books& books, std::size_t day) {
  Money sum;
  for (const Account account : {Account::refunds, Account::returned_goods, Account::shipping,
                                Account::payment_fees, Account::messages, Account::points,
                                Account::rewards, Account::service, Account::return_handling}) {
    sum += books.on(account, day);
  }
  return sum;
}

}  // namespace

Money agency_fee(const Books& books, const LedgerTraits& terms, std::size_t day) {
  return books.on(Account::media, day) * terms.agency_share;
}

Money overhead(const Books& books, const LedgerTraits& terms, std::size_t day) {
  return Money::units(terms.content_per_day) + agency_fee(books, terms, day);
}

std::vector<Money> cash_path(const Books& books, const LedgerTraits& terms) {
  std::vector<Money> cash(books.horizon());
  Money stock = Money::units(terms.stock);
  for (std::size_t day = 0; day < books.horizon(); ++day) {
    const Money advertising = books.on(Account::media, day) + agency_fee(books, terms, day);
    const Money income = books.on(Account::revenue, day) + books.on(Account::membership_fees, day);
    move(cash, {income, day, terms.payout_days});
    const Money goods = goods_to_pay(books, day, terms.supplier_lead_days);
    const Money from_stock = std::min(stock, goods);
    stock -= from_stock;
    move(cash, {from_stock - goods, day, -terms.supplier_lead_days});
    move(cash, {-advertising, day, terms.invoice_days});
    move(cash, {-(other_costs(books, day) + Money::units(terms.content_per_day)), day, 0.0});
  }
  for (std::size_t day = 1; day < cash.size(); ++day) cash[day] += cash[day - 1];
  return cash;
}

std::vector<double> calendar_roas_path(const Books& books) {
  std::vector<double> path;
  Money revenue;
  Money media;
  for (std::size_t day = 0; day < books.horizon(); ++day) {
    revenue += books.on(Account::cohort_revenue, day) - books.on(Account::cohort_refunds, day);
    media += books.on(Account::media, day);
    path.push_back(media > Money{} ? ratio(revenue, media) : not_a_number);
  }
  return path;
}

double payback_day(const Books& books, const LedgerTraits& terms) {
  Money media;
  Money balance;
  double covered_since = not_a_number;
  for (std::size_t day = 0; day < books.horizon(); ++day) {
    media += books.on(Account::media, day);
    balance += books.on(Account::cohort_contribution, day) - books.on(Account::media, day) -
               agency_fee(books, terms, day);
    if (media == Money{} || balance < Money{}) {
      covered_since = not_a_number;
    } else if (std::isnan(covered_since)) {
      covered_since = static_cast<double>(day);
    }
  }
  return covered_since;
}

}  // namespace flywheel
