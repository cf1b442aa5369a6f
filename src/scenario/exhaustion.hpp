#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "scenario/quadrature.hpp"
#include "scenario/served_share.hpp"

namespace flywheel {

inline constexpr std::size_t activity_cell_count = 12;

/// A number for each cell of activity.
using ActivityCells = std::array<double, activity_cell_count>;

/// How unlike shoppers of a type are in clicking ads, in cells of the logarithm of activity.
struct Activity {
  ActivityCells weights{};  ///< shares of shoppers, sum 1
  ActivityCells values{};   ///< mean activity of each cell, rising; their mean is 1
};

/// The law of x^exposure_power a^power over its mean; its mean in each cell of another activity,
/// x a^cell_power.
struct ActivityPowers {
  double power{1};
  double cell_power{1};
  double exposure_power{1};
};
[[nodiscard]] Activity activity_of(const Nodes& exposure, const Nodes& affinity,
                                   const ActivityPowers& powers);

/// The same for ads that wear out: proportional to the mean of y (1 + frequency y)^-wear_out over
/// frequencies, again of mean 1. `frequencies`: exposures in memory of a shopper of activity 1.
[[nodiscard]] ActivityCells worn_values(const Activity& activity,
                                        const std::array<double, 2>& frequencies, double wear_out);

/// Activity under a frequency cap, which holds back most of those who are shown most.
class CappedActivity {
 public:
  CappedActivity() = default;
  /// `shown_power` is that of affinity in the impressions bought for a shopper; cells are as above.
  CappedActivity(const Nodes& exposure, const Nodes& affinity, const ActivityPowers& powers,
                 double shown_power);

  struct Cells {
    ActivityCells values{};  ///< of mean 1
    double served{1};        ///< share that is left of the activity without a cap
  };
  /// Where so many impressions are bought a day of the mean shopper.
  [[nodiscard]] Cells at(const ServedShare& served, double bought_per_day) const;

 private:
  struct Shopper {
    std::size_t cell;
    double activity;   ///< times weight
    double log_shown;  ///< impressions bought over their mean
  };
  std::vector<Shopper> shoppers_;
  ActivityCells weights_{};
};

/// One of several sources of visits by shoppers of one type.
struct VisitLoad {
  double orders{0};                 ///< over the flight, of a shopper of activity 1
  const ActivityCells* activity{};  ///< by cell, of mean 1
};

/// The flight of one type's shoppers until their first order, by cell.
struct ProspectTime {
  ActivityCells orders{};  ///< h, expected over the flight, were nobody to stop at one
  ActivityCells shares{};  ///< of the flight before the first order, (1 - e^-h) / h, times weight
};

/// Share of the flight for which a shopper waits for an order to be placed that was decided in it,
/// on average: sees ads, clicks them, and orders nothing more. `orders` are expected over the
/// flight, were nobody to stop at one; the delay is exponential, `mean_delay` of the flight:
/// integral over (0, 1) of h e^(-h t) m (1 - e^(-(1 - t) / m)) dt.
[[nodiscard]] double pending_share(double orders, double mean_delay);

/// A shopper of cell j orders at h_j = sum of orders * activity_j over the flight.
[[nodiscard]] ProspectTime time_before_order(std::span<const VisitLoad> loads,
                                             const ActivityCells& weights);

/// What opens a window: y * `active` + `steady` visits a day for `days` days each.
struct WindowOpening {
  double active{0};
  double steady{0};
  double days{0};
  double flight_days{1};
};

/// Share of the flight, times that of shoppers, in which a type's shoppers have an open window. A
/// window ends with an order, on average after D = days (1 - e^-h') / h', h' = h days / flight; who
/// opens windows often has one that stays open: 1 - e^-(rate D) of a prospect's time.
[[nodiscard]] double time_in_window(const ProspectTime& time, const ActivityCells& values,
                                    const WindowOpening& opening);

/// Mean of a number by cell over a type's open windows, over its mean over the visits that open
/// them: who leaves often has one window that stays open.
[[nodiscard]] double window_mean(const ProspectTime& time, const ActivityCells& values,
                                 const WindowOpening& opening, const ActivityCells& numbers);

/// Part of those who click: who clicks, clicks often.
struct ClickerGroup {
  double share{0};  ///< of the clicks
  double activity{1};
};
using ClickerGroups = std::array<ClickerGroup, 3>;

/// Clicks before the first order, by the activity of who clicks: about a third each.
[[nodiscard]] ClickerGroups clicker_groups(const ActivityCells& time, const ActivityCells& values);

/// E[e^(-y rate)], the share of a type with no event of this expectation.
[[nodiscard]] double untouched_share(double rate, const Activity& activity);

}  // namespace flywheel
