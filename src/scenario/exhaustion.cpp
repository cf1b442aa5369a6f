#include "scenario/exhaustion.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/elementary.hpp"

namespace flywheel {

namespace {

constexpr double hardly = 1e-5;  ///< below it the second-order expansion is exact to 1e-10

// Cells of the logarithm of activity: those at the ends hold everything beyond.
constexpr double first_edge = -3.0;
constexpr double cell_width = 0.6;

/// (1 - e^-h) / h, without a branch, so that loops over it vectorize.
double mean_survival(double orders) {
  const double divisor = std::max(orders, hardly);
  const double share = (1.0 - portable_exp(-divisor)) / divisor;
  return orders < hardly ? 1.0 - 0.5 * orders : share;
}

std::size_t cell_of(double log_activity) {
  const double place = (log_activity - first_edge) / cell_width;
  return static_cast<std::size_t>(std::clamp(place, 0.0, activity_cell_count - 1.0));
}

/// Powers of one factor of activity over their mean, and their logarithms.
struct Factor {
  std::vector<double> values;
  std::vector<double> logs;
};

Factor factor_of(const Nodes& trait, double power) {
  Factor factor;
  for (const double value : trait.values) {
    const double log = power * portable_log(std::max(value, 1e-300));
    factor.logs.push_back(log);
    factor.values.push_back(portable_exp(log));
  }
  double mean = 0.0;
  for (std::size_t at = 0; at < trait.size(); ++at) mean += trait.weights[at] * factor.values[at];
  const double log_mean = portable_log(mean);
  for (double& value : factor.values) value /= mean;
  for (double& log : factor.logs) log -= log_mean;
  return factor;
}

}  // namespace

Activity activity_of(const Nodes& exposure, const Nodes& affinity, const ActivityPowers& powers) {
  const Factor x = factor_of(exposure, 1.0);
  const Factor shown = factor_of(exposure, powers.exposure_power);
  const Factor a = factor_of(affinity, powers.power);
  const Factor in_cells = factor_of(affinity, powers.cell_power);
  Activity activity;
  for (std::size_t i = 0; i < exposure.size(); ++i) {
    for (std::size_t j = 0; j < affinity.size(); ++j) {
      const double weight = exposure.weights[i] * affinity.weights[j];
      const std::size_t cell = cell_of(x.logs[i] + in_cells.logs[j]);
      activity.weights[cell] += weight;
      activity.values[cell] += weight * shown.values[i] * a.values[j];
    }
  }
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    if (activity.weights[cell] > 0.0) activity.values[cell] /= activity.weights[cell];
  }
  return activity;
}

ActivityCells worn_values(const Activity& activity, const std::array<double, 2>& frequencies,
                          double wear_out) {
  if (wear_out == 0.0) return activity.values;
  ActivityCells worn{};
  double mean = 0.0;
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    const double value = activity.values[cell];
    for (const double frequency : frequencies) {
      worn[cell] += value * portable_exp(-wear_out * portable_log1p(frequency * value));
    }
    mean += activity.weights[cell] * worn[cell];
  }
  for (double& value : worn) value /= mean;
  return worn;
}

CappedActivity::CappedActivity(const Nodes& exposure, const Nodes& affinity,
                               const ActivityPowers& powers, double shown_power) {
  const Factor x = factor_of(exposure, 1.0);
  const Factor a = factor_of(affinity, powers.power);
  const Factor in_cells = factor_of(affinity, powers.cell_power);
  const Factor shown = factor_of(affinity, shown_power);
  for (std::size_t i = 0; i < exposure.size(); ++i) {
    for (std::size_t j = 0; j < affinity.size(); ++j) {
      const double weight = exposure.weights[i] * affinity.weights[j];
      const std::size_t cell = cell_of(x.logs[i] + in_cells.logs[j]);
      weights_[cell] += weight;
      shoppers_.push_back({cell, weight * x.values[i] * a.values[j], x.logs[i] + shown.logs[j]});
    }
  }
}

CappedActivity::Cells CappedActivity::at(const ServedShare& served, double bought_per_day) const {
  const double log_bought = portable_log(std::max(bought_per_day, 1e-300));
  Cells cells;
  cells.served = 0.0;
  for (const Shopper& one : shoppers_) {
    const double activity = one.activity * served(log_bought + one.log_shown);
    cells.values[one.cell] += activity;
    cells.served += activity;
  }
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    if (weights_[cell] > 0.0) cells.values[cell] /= weights_[cell] * cells.served;
  }
  return cells;
}

double untouched_share(double rate, const Activity& activity) {
  double share = 0.0;
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    share += activity.weights[cell] * portable_exp(-rate * activity.values[cell]);
  }
  return share;
}

ProspectTime time_before_order(std::span<const VisitLoad> loads, const ActivityCells& weights) {
  ProspectTime time;
  for (const VisitLoad& load : loads) {
    for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
      time.orders[cell] += load.orders * (*load.activity)[cell];
    }
  }
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    time.shares[cell] = weights[cell] * mean_survival(time.orders[cell]);
  }
  return time;
}

double pending_share(double orders, double mean_delay) {
  if (mean_delay <= 0.0) return 0.0;
  const double rate = 1.0 / mean_delay;
  const double undecided = portable_exp(-orders);
  const double gap = rate - orders;
  const double still_waiting = std::abs(gap) < 1e-6 * rate
                                   ? orders * undecided
                                   : orders * (undecided - portable_exp(-rate)) / gap;
  return mean_delay * (1.0 - undecided - still_waiting);
}

namespace {

/// Visits a day of a prospect of this cell that open windows.
double openings(const ActivityCells& values, const WindowOpening& opening, std::size_t cell) {
  return values[cell] * opening.active + opening.steady;
}

/// Share of the time of prospects of this cell in which they have an open window.
double open_share(const ProspectTime& time, const ActivityCells& values,
                  const WindowOpening& opening, std::size_t cell) {
  const double orders = time.orders[cell] * opening.days / opening.flight_days;
  const double open = openings(values, opening, cell) * opening.days * mean_survival(orders);
  return 1.0 - portable_exp(-open);
}

}  // namespace

double time_in_window(const ProspectTime& time, const ActivityCells& values,
                      const WindowOpening& opening) {
  double sum = 0.0;
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    sum += time.shares[cell] * open_share(time, values, opening, cell);
  }
  return sum;
}

double window_mean(const ProspectTime& time, const ActivityCells& values,
                   const WindowOpening& opening, const ActivityCells& numbers) {
  double windows = 0.0;
  double of_windows = 0.0;
  double visits = 0.0;
  double of_visits = 0.0;
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    const double open = time.shares[cell] * open_share(time, values, opening, cell);
    const double left = time.shares[cell] * openings(values, opening, cell);
    windows += open;
    of_windows += open * numbers[cell];
    visits += left;
    of_visits += left * numbers[cell];
  }
  return windows > 0.0 && of_visits > 0.0 ? of_windows / windows * visits / of_visits : 1.0;
}

ClickerGroups clicker_groups(const ActivityCells& time, const ActivityCells& values) {
  double all = 0.0;
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) all += time[cell] * values[cell];
  ClickerGroups groups{};
  if (!(all > 0.0)) return groups;
  double before = 0.0;
  for (std::size_t cell = 0; cell < activity_cell_count; ++cell) {
    const double clicks = time[cell] * values[cell];
    const double place = (before + 0.5 * clicks) / all * static_cast<double>(groups.size());
    ClickerGroup& group = groups[static_cast<std::size_t>(std::min(place, groups.size() - 0.5))];
    group.activity = group.share > 0.0 ? group.activity : 0.0;
    group.share += clicks;
    group.activity += clicks * values[cell];
    before += clicks;
  }
  for (ClickerGroup& group : groups) {
    if (group.share <= 0.0) continue;
    group.activity /= group.share;
    group.share /= all;
  }
  return groups;
}

}  // namespace flywheel
