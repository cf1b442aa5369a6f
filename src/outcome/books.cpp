#include "outcome/books.hpp"

#include "core/check.hpp"

namespace flywheel {

namespace {

void add_all(std::vector<Money>& sum, const std::vector<Money>& part) {
  expect(sum.size() == part.size(), "books of one run have one shape");
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

}  // namespace

Books::Books(const DimensionSizes& sizes, int horizon)
    : day_count{static_cast<std::size_t>(horizon) + 1},
      days(static_cast<std::size_t>(Account::count_) * day_count),
      spend(sizes.channels * sizes.segments),
      brand_spend(sizes.channels * sizes.segments),
      tracked_values(sizes.channels),
      cohort_revenue_by_origin(sizes.channels * sizes.segments) {}

Money Books::total(Account account) const {
  Money sum;
  for (std::size_t day = 0; day < horizon(); ++day) sum += on(account, day);
  return sum;
}

void Books::merge(const Books& other) {
  add_all(days, other.days);
  add_all(spend, other.spend);
  add_all(brand_spend, other.brand_spend);
  add_all(tracked_values, other.tracked_values);
  add_all(cohort_revenue_by_origin, other.cohort_revenue_by_origin);
  cohort.gross += other.cohort.gross;
  cohort.refunds += other.cohort.refunds;
  cohort.open_refunds += other.cohort.open_refunds;
  cohort.costs += other.cohort.costs;
  customer_ad_spend += other.customer_ad_spend;
  order_values += other.order_values;
}

}  // namespace flywheel
