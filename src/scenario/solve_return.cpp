#include "scenario/solve_return.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/elementary.hpp"
#include "scenario/click_credit.hpp"

namespace flywheel {

namespace {

constexpr double cell_days = 1.0;
constexpr double shortest_delay_days = 1e-3;

enum class Entry { paid, unpaid };

/// Days of (time - memory, time) that lie in the window (0, window).
double overlap(double time, double memory, double window) {
  return std::max(0.0, std::min(time, window) - std::max(0.0, time - memory));
}

/// Chance that an order at this time after leaving is credited to retargeting.
double credit_at(double time, const WindowSetting& setting, Entry entry) {
  const CreditWindows& credit = setting.credit;
  const bool channel_click = entry == Entry::paid && time < credit.click_days;
  if (channel_click && credit.first_click) return 0.0;
  const double no_click =
      portable_exp(-setting.clicks_per_day * overlap(time, credit.click_days, setting.window_days));
  const double no_view = channel_click
                             ? 1.0
                             : portable_exp(-setting.impressions_per_day *
                                            overlap(time, credit.view_days, setting.window_days));
  return 1.0 - no_click * no_view;
}

/// Credited time, in cells of a day: [cell] of all time, and of the delay of own returns.
struct CreditedCells {
  std::vector<double> time;
  std::vector<double> delay;
};

CreditedCells credited_cells(const WindowSetting& setting, Entry entry) {
  const double end =
      setting.window_days + std::max(setting.credit.click_days, setting.credit.view_days);
  const auto cells = static_cast<std::size_t>(std::ceil(end / cell_days));
  const double delay = std::max(setting.return_delay_days, shortest_delay_days);
  CreditedCells credited;
  double survival = 1.0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double from = cell_days * static_cast<double>(cell);
    const double share = credit_at(from + 0.5 * cell_days, setting, entry);
    const double after = portable_exp(-(from + cell_days) / delay);
    credited.time.push_back(share * cell_days);
    credited.delay.push_back(share * (survival - after));
    survival = after;
  }
  return credited;
}

struct CreditedOrders {
  double organic{0};   ///< organic orders with credit
  double returned{0};  ///< own returns with credit, for one who does return
};

CreditedOrders credited_orders(const CreditedCells& cells, double organic_per_day) {
  const double kept = portable_exp(-organic_per_day * cell_days);
  double survival = portable_exp(-organic_per_day * 0.5 * cell_days);
  CreditedOrders orders;
  for (std::size_t cell = 0; cell < cells.time.size(); ++cell) {
    orders.organic += organic_per_day * survival * cells.time[cell];
    orders.returned += survival * cells.delay[cell];
    survival *= kept;
  }
  return orders;
}

}  // namespace

RetargetingCredit::RetargetingCredit(const WindowSetting& setting, const Leavers& leavers)
    : returned_order_{leavers.returned_order}, returned_leave_{leavers.returned_leave} {
  const CreditedCells paid = credited_cells(setting, Entry::paid);
  const CreditedCells unpaid = credited_cells(setting, Entry::unpaid);
  const double return_rate = 1.0 / std::max(setting.return_delay_days, shortest_delay_days);
  for (std::size_t type = 0; type < leavers.paid.size(); ++type) {
    const double all = leavers.paid[type] + leavers.unpaid[type];
    made_.push_back(0.0);
    made_by_engaged_.push_back(0.0);
    if (all <= 0.0) continue;
    const double organic = leavers.organic_per_day[type];
    const double clicks = setting.clicks_per_day * leavers.affinity[type];
    const double order = leavers.retargeted_order[type];
    const double first = order * clicks * decayed_time(clicks + organic, setting.window_days);
    const double first_while_away =
        order * clicks * decayed_time(clicks + organic + return_rate, setting.window_days);
    const CreditedOrders after_paid = credited_orders(paid, organic);
    const CreditedOrders after_unpaid = credited_orders(unpaid, organic);

    const double made = all * order * clicks * decayed_time(clicks, setting.window_days) *
                        portable_exp(-organic * setting.anyway_days);
    made_.back() = made;
    made_by_engaged_.back() = made * leavers.engaged_share[type];
    credited_ += all * first + leavers.paid[type] * after_paid.organic +
                 leavers.unpaid[type] * after_unpaid.organic;
    credited_per_return_ +=
        leavers.engaged_share[type] * leavers.returned_order[type] *
        (leavers.paid[type] * after_paid.returned + leavers.unpaid[type] * after_unpaid.returned -
         all * (first - first_while_away));
  }
}

double RetargetingCredit::incremental_share(double return_probability) const {
  const double credited = credited_ + return_probability * credited_per_return_;
  if (credited <= 0.0) return 1.0;
  double made = 0.0;
  for (std::size_t type = 0; type < made_.size(); ++type) {
    const double returning = return_probability * returned_order_[type] /
                             (1.0 - return_probability * returned_leave_[type]);
    made += made_[type] - made_by_engaged_[type] * returning;
  }
  return made / credited;
}

Solution solve_return(const RetargetingCredit& credit, double target, double limit) {
  if (target >= 1.0) return {0.0, true};
  return solve_falling([&](double u) { return credit.incremental_share(u); }, target, 0.0, limit);
}

}  // namespace flywheel
