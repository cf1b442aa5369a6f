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

CreditLaw::Races CreditLaw::races(double clicks, double days) const {
  Races races{};
  for (std::size_t at = 0; at < races.size(); ++at) {
    const double rate = delays_[at].rate + clicks;
    races[at] = {rate, decayed_time(rate, days), delays_[at].share * delays_[at].rate};
  }
  return races;
}

/// Orders that are decided at rate 1 until an exponential end of rate A, and placed within the
/// window and before the next click: with D days and B = b + k the sum of
///     share b integral of e^(-A t) (1 - e^(-B (D - t))) / B over (0, D).
double CreditLaw::decided_and_placed(double ending, const Races& races, double days) {
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
  const double window = terms_.window_days;
  const Races all = races(company.clicks, window);
  double own_order = 0.0;
  double pending_days = 0.0;
  for (std::size_t at = 0; at < all.size(); ++at) {
    own_order += all[at].won * all[at].days;
    pending_days += delays_[at].share * all[at].days;
  }
  const double kept = 1.0 - terms_.brand_share;
  const double ending = ending_per_day(visit, company);
  const double return_orders = returns_per_day_ * visit.order;
  const double returned =
      kept * return_orders * decided_and_placed(ending + company.clicks, all, window);
  const double unclicked = kept * company.unclicked_orders *
                           decided_and_placed(company.orders + company.clicks, all, window);
  // So many are on their way back at any time, who left engaged before.
  const double on_their_way = company.leavers * terms_.return_probability / ending;
  const double decided_per_day = company.orders + on_their_way * return_orders;
  return {.own_order = own_order,
          .own_return = terms_.return_probability * returned,
          .by_chance = decided_per_day * pending_days + on_their_way * returned + unclicked};
}

/// Mean over a prospect's time in the flight of the chance that no window is open: e^(-k t) in the
/// first D days, when a window that was opened is open still, and about 1 / (1 + k D) from then on.
/// Clicks that led to an order at once are no prospect's, and prospects become fewer.
double CreditLaw::opening_chance(const ReturnVisit& visit, const Company& company,
                                 double flight_days) const {
  const double clicks = std::max(0.0, company.clicks - (company.orders - company.unclicked_orders));
  const double ending = company.orders + company.leavers * order_by_return(visit, company);
  const double days = std::min(terms_.window_days, flight_days);
  const double flight = decayed_time(ending, flight_days);
  const double later = (flight - decayed_time(ending, days)) / (1.0 + clicks * terms_.window_days);
  return (decayed_time(clicks + ending, days) + later) / flight;
}

namespace {

/// Chance that what waits when a window has ended, and comes at `rate`, finds credit in a later
/// one: `in_window` of it if it waits when that is opened, `left` of it being still to come
/// afterwards.
double found_later(double rate, double clicks, double in_window, double left) {
  const double met = clicks / (clicks + rate);
  return met * in_window / (1.0 - met * left);
}

/// Mean of a function over (0, days), by Gauss's rule of three points.
template <typename Function>
double mean_until(double days, const Function& function) {
  const double apart = 0.5 * std::sqrt(0.6);
  return (5.0 * function((0.5 - apart) * days) + 8.0 * function(0.5 * days) +
          5.0 * function((0.5 + apart) * days)) /
         18.0;
}

}  // namespace

ClickCredit CreditLaw::first_click_credit(const ReturnVisit& visit, const Company& company,
                                          double flight_days) const {
  const double window = terms_.window_days;
  const double opens = opening_chance(visit, company, flight_days);
  const Races whole = races(0.0, window);
  ClickCredit credit{.own_order = 0.0, .finds_window = 1.0 - opens};
  double pending_days = 0.0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    const auto [share, rate] = delays_[at];
    const double left = portable_exp(-rate * window);
    const double later = found_later(rate, company.clicks, 1.0 - left, left);
    const double waits = opens * left + (1.0 - opens) * whole[at].days / window;
    credit.own_order += share * (1.0 - waits * (1.0 - later));
    pending_days += share * whole[at].days;
  }
  const double ending = ending_per_day(visit, company);
  const double return_orders = (1.0 - terms_.brand_share) * returns_per_day_ * visit.order;
  const auto found_within = [&](double days) {
    return return_orders * decided_and_placed(ending, races(0.0, days), days);
  };
  const double returned = found_within(window);
  const double later =
      found_later(ending, company.clicks, returned, portable_exp(-ending * window));
  const auto found_from = [&](double days) {
    return found_within(days) + portable_exp(-ending * days) * later;
  };
  credit.own_return = terms_.return_probability *
                      (opens * found_from(window) + (1.0 - opens) * mean_until(window, found_from));
  const double on_their_way = company.unclicked_leavers * terms_.return_probability / ending;
  const double decided_per_day = company.unclicked_orders + on_their_way * return_orders;
  const double unclicked =
      company.unclicked_orders * decided_and_placed(company.orders, whole, window);
  credit.by_chance = opens * (decided_per_day * pending_days + on_their_way * returned + unclicked);
  return credit;
}

}  // namespace flywheel
