#pragma once

#include <array>

namespace flywheel {

/// When an order that a visit decided is placed: soon or later, both exponential.
struct OrderDelay {
  double immediate_share{1};
  double immediate_days{0};  ///< mean
  double later_days{0};      ///< mean
};

/// How an ad click keeps the credit for what its visitor does next (docs/model.md 7.6, 7.9).
struct CreditTerms {
  double window_days{7};         ///< from the click to the order, above 0
  double return_probability{0};  ///< U: an engaged leaver comes back by himself
  double return_delay_days{1};   ///< mean of the exponential delay of that
  double brand_share{0};         ///< of unpaid visits pass a brand ad, whose click takes the credit
  OrderDelay order_delay;
};

/// What an own return leads to.
struct ReturnVisit {
  double order{0};  ///< chance that it orders
  double leave{0};  ///< chance that it leaves engaged, so that another may follow
};

/// What else a prospect does, a day, who has just clicked an ad.
struct Company {
  double clicks{0};             ///< other clicks on ads: the latest one has the credit
  double leavers{0};            ///< visits of any source, but own returns, that he leaves engaged
  double orders{0};             ///< orders decided in visits of any source, but own returns
  double unclicked_orders{0};   ///< of these, in visits without a click: organic or after a view
  double unclicked_leavers{0};  ///< of leavers, likewise
};

/// What an ad click is credited with on average.
struct ClickCredit {
  double own_order{1};   ///< chance that an order decided in its visit brings the credit
  double own_return{0};  ///< chance that who leaves its visit engaged returns to order, with credit
  /// Orders of other visits that the click happens to get the credit for: decided before it and
  /// placed after it, own returns on their way when it came, unclicked visits after it.
  double by_chance{0};
  double finds_window{
      0};  ///< first clicks: chance that an earlier click has the window, and credit
};

/// The integral of e^(-rate t) over (0, days), for any rate.
[[nodiscard]] double decayed_time(double rate, double days);

/// Chance that an engaged leaver orders by coming back, however late: U P / (1 - U l).
[[nodiscard]] double eventual_return(double return_probability, const ReturnVisit& visit);

/// The law of the credit of ad clicks: the order placed within the window and before the next click
/// is theirs.
///
/// An own return comes at rate 1 / delay, orders with chance P, and if it leaves engaged (l) is
/// followed by another with chance U; each passes no brand ad with chance 1 - brand_share. So the
/// wait for a return that orders is exponential: it ends at
///     a = (1 - U (1 - brand_share) l) / delay + orders elsewhere,
/// in an order of its own at w = (1 - brand_share) P / delay; other clicks end the credit at k.
/// From decision to placement passes one of two exponential delays of rates b.
class CreditLaw {
 public:
  explicit CreditLaw(const CreditTerms& terms);

  [[nodiscard]] ClickCredit credit(const ReturnVisit& visit, const Company& company) const;

  /// The same under a rule that keeps the first click until its window is over: what is placed in
  /// an open window has credit, counted here for the click that led to it, whichever has it.
  ///
  /// A click opens a window with the chance q that none is open, in a flight of so many days that
  /// begins without clicks. Else the window that is open ends after a uniform part of its days.
  /// What is still to come then finds the next click at rate k. Orders that no click led to are
  /// credited to the clicks that open windows.
  [[nodiscard]] ClickCredit first_click_credit(const ReturnVisit& visit, const Company& company,
                                               double flight_days) const;

  /// Rate a at which a wait for an own return ends, but for clicks.
  [[nodiscard]] double ending_per_day(const ReturnVisit& visit, const Company& company) const;

  /// Chance that an engaged leaver orders by coming back, unless he orders elsewhere first: U w /
  /// a.
  [[nodiscard]] double order_by_return(const ReturnVisit& visit, const Company& company) const;

 private:
  struct Delay {
    double share;
    double rate;  ///< b, a day
  };
  /// A delay against other clicks: the mean time until one of both, within the window.
  struct Race {
    double rate;  ///< B = b + k
    double days;  ///< (1 - e^(-B D)) / B
    double won;   ///< share b
  };
  using Races = std::array<Race, 2>;

  [[nodiscard]] Races races(double clicks, double days) const;
  [[nodiscard]] static double decided_and_placed(double ending, const Races& races, double days);
  [[nodiscard]] double opening_chance(const ReturnVisit& visit, const Company& company,
                                      double flight_days) const;

  CreditTerms terms_;
  double returns_per_day_;
  std::array<Delay, 2> delays_;
};

}  // namespace flywheel
