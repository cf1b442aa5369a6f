#pragma once

namespace flywheel::test {

/// B1, the canonical small model, in continuous time: impressions at exact times, a window of
/// retargeting from each click that brings no order, ads until the end of the flight.
///
/// A shopper has a ~ Beta(2, 98) and b ~ Beta(2, 60). A prospecting impression is clicked with
/// probability a / 2 and its click orders with probability b; retargeting impressions are clicked
/// with 0.007, and order with min(1, 2 b). A customer orders again by Pareto/NBD (rates per week
/// gamma(0.55, 10.6) and gamma(0.60, 11.7)) for 180 days, values are LogNormal(4.1, 0.6), and one
/// in twenty brings a friend, who buys with min(1, 2 b) and is a customer like the others.
struct CanonicalModel {
  double shoppers{1e6};
  double flight_days{60};
  double window_days{14};
  double impressions_per_day{0.2};   ///< of prospecting, per shopper
  double retargeting_per_day{0.5};   ///< in an open window
  double click_share_of_trait{0.5};  ///< click probability over a
  double retargeting_click{0.007};
  double price{0.012};  ///< per impression
};

/// Expectations of one replication.
struct CanonicalMeans {
  double impressions{0};
  double clicks{0};
  double customers{0};
  double orders{0};
  double revenue{0};
  double media_spend{0};

  [[nodiscard]] double roas() const { return revenue / media_spend; }
};

/// The means by quadrature over a and b, right to a relative 1e-9: steps and nodes are doubled
/// until the results agree to that.
///
/// Given a and b, n(t) = P(prospect, no window) and w(t) = P(prospect, window open) obey delay
/// equations. With click rates alpha (prospecting) and beta (retargeting in the window) and the
/// rate of clicks without order c = alpha (1 - b) (n + w) + beta (1 - min(1, 2 b)) w,
///
///     e(t) = c(t - 14) exp(-14 (alpha + beta))      windows that expire without another click
///     n' = -alpha n + e,   w' = c - (alpha + beta) w - e.
///
/// Shares nothing with the program but arithmetic. Source of the means per million shoppers to
/// compare with: impressions 12,688,479, clicks 124,624.8, customers 4,183.19, ROAS 3.7679.
[[nodiscard]] CanonicalMeans canonical_means(const CanonicalModel& model = {});

}  // namespace flywheel::test
