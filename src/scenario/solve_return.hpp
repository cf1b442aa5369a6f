#pragma once

#include "scenario/root.hpp"
#include "scenario/shopper_types.hpp"

namespace flywheel {

/// Which touches give a platform the credit for an order.
struct CreditWindows {
  double click_days{7};
  double view_days{1};      ///< 0 under rules that look at clicks alone
  bool first_click{false};  ///< an earlier click of a channel keeps the credit
};

/// What happens to somebody who left without an order and is now shown ads.
struct WindowSetting {
  double clicks_per_day{0};  ///< of the mean member of the pool
  double impressions_per_day{0};
  double window_days{0};        ///< until it closes or its cap is reached on average
  double return_delay_days{0};  ///< mean delay of an own return
  double anyway_days{0};        ///< time left for organic orders until the horizon
  CreditWindows credit;
};

/// Those who left, by type.
struct Leavers {
  ByType paid;              ///< entered the pool after a click on an ad; any scale
  ByType unpaid;            ///< entered it otherwise; same scale
  ByType engaged_share;     ///< of them, engaged: only these may return by themselves
  ByType affinity;          ///< their clicks over those of the mean member
  ByType retargeted_order;  ///< chance that a retargeted visit orders
  ByType returned_order;    ///< chance that an own return orders
  ByType returned_leave;    ///< chance that it leaves engaged, so that another may follow
  ByType organic_per_day;   ///< organic orders
};

/// How many orders of pool members retargeting gets the credit for, and how many of these it made,
/// as functions of U, the chance that who left engaged comes back without an ad.
///
/// In a window: retargeting clicks come as a Poisson process, the first one decides; an own return
/// comes after an exponential delay and, failing, may be followed by others (chance of an order in
/// the end R = P / (1 - U leave)); organic orders come at their own rate. Whatever orders first
/// wins. Credit: an order of a retargeted visit; an own return or organic order with a retargeting
/// click within click_days before it, or, where no click of a channel is younger than that, a
/// retargeting view within view_days. Made by retargeting: orders of retargeted visits by those
/// whom neither an own return nor an organic visit would have brought to order by the horizon.
class RetargetingCredit {
 public:
  RetargetingCredit(const WindowSetting& setting, const Leavers& leavers);

  /// Share of credited orders that retargeting made. Falls with U.
  [[nodiscard]] double incremental_share(double return_probability) const;

 private:
  ByType made_;             ///< by type, when nobody returns
  ByType made_by_engaged_;  ///< the part of it that U R takes away
  ByType returned_order_;
  ByType returned_leave_;
  double credited_{0};             ///< when nobody returns
  double credited_per_return_{0};  ///< added for each unit of U
};

/// U in [0, limit] for which the incremental share equals its target.
[[nodiscard]] Solution solve_return(const RetargetingCredit& credit, double target, double limit);

}  // namespace flywheel
