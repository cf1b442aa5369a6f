#include "scenario/click_credit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double shortest_delay_days = 1e-3;

double rate_of(double mean_days) { return 1.0 / std::max(mean_days, shortest_delay_days); }

}  // namespace

double decayed_time(double rate, double days) {
  const double exponent = rate * days;
  if (std::abs(exponent) < 1e-8) return days * (1.0 - 0.5 * exponent);
  return (1.0 - portable_exp(-exponent)) / rate;
}

double eventual_return(double return_probability, const ReturnVisit& visit) {
  return return_probability * visit.order / (1.0 - return_probability * visit.leave);
}

CreditLaw::CreditLaw(const CreditTerms& terms)
    : terms_{terms},
      returns_per_day_{rate_of(terms.return_delay_days)},
      delays_{
          Delay{terms.order_delay.immediate_share, rate_of(terms.order_delay.immediate_days)},
          Delay{1.0 - terms.order_delay.immediate_share, rate_of(terms.order_delay.later_days)}} {}

double CreditLaw::ending_per_day(const ReturnVisit& visit, const Company& company) const {
  const double again = terms_.return_probability * (1.0 - terms_.brand_share) * visit.leave;
  return returns_per_day_ * (1.0 - again) + company.orders;
}

double CreditLaw::order_by_return(const ReturnVisit& visit, const Company& company) const {
  const double orders_per_day = (1.0 - terms_.brand_share) * visit.order * returns_per_day_;
  return terms_.return_probability * orders_per_day / ending_per_day(visit, company);
}

CreditLaw::Races CreditLaw::races(double clicks) const {
  Races races{};
  for (std::size_t at = 0; at < races.size(); ++at) {
    const double rate = delays_[at].rate + clicks;
    races[at] = {rate, decayed_time(rate, terms_.window_days),
                 delays_[at].share * delays_[at].rate};
  }
  return races;
}

/// Orders that are decided at rate 1 until an exponential end of rate A, and placed within the
/// window and before the next click: with D days and B = b + k the sum of
///     share b integral of e^(-A t) (1 - e^(-B (D - t))) / B over (0, D).
double CreditLaw::decided_and_placed(double ending, const Races& races) const {
  const double days = terms_.window_days;
  const double deciding = decayed_time(ending, days);
  double orders = 0.0;
  for (const Race& race : races) {
    const double late = portable_exp(-std::min(race.rate, ending) * days) *
                        decayed_time(std::abs(ending - race.rate), days);
    orders += race.won / race.rate * (deciding - late);
  }
  return orders;
}

ClickCredit CreditLaw::credit(const ReturnVisit& visit, const Company& company) const {
  const Races all = races(company.clicks);
  double own_order = 0.0;
  double pending_days = 0.0;
  for (std::size_t at = 0; at < all.size(); ++at) {
    own_order += all[at].won * all[at].days;
    pending_days += delays_[at].share * all[at].days;
  }
  const double kept = 1.0 - terms_.brand_share;
  const double ending = ending_per_day(visit, company);
  const double return_orders = returns_per_day_ * visit.order;
  const double returned = kept * return_orders * decided_and_placed(ending + company.clicks, all);
  const double unclicked =
      kept * company.unclicked_orders * decided_and_placed(company.orders + company.clicks, all);
  // So many are on their way back at any time, who left engaged before.
  const double on_their_way = company.leavers * terms_.return_probability / ending;
  const double decided_per_day = company.orders + on_their_way * return_orders;
  return {.own_order = own_order,
          .own_return = terms_.return_probability * returned,
          .by_chance = decided_per_day * pending_days + on_their_way * returned + unclicked};
}

}  // namespace flywheel
