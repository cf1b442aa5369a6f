#include "scenario/log_table.hpp"

#include <algorithm>

namespace flywheel {

namespace {

using CubicCells = std::vector<std::array<double, 4>>;

constexpr double first_log = -9.0;
constexpr double step = 0.25;

/// Cubics between grid values, with slopes by differences of fourth order.
CubicCells cubics_through(const std::vector<double>& v) {
  const auto last = v.size() - 1;
  std::vector<double> slopes(v.size());
  for (std::size_t at = 0; at <= last; ++at) {
    if (at < 2 || at + 2 > last) {
      slopes[at] = 0.5 * (v[std::min(at + 1, last)] - v[at > 0 ? at - 1 : 0]);
    } else {
      slopes[at] = (8.0 * (v[at + 1] - v[at - 1]) - (v[at + 2] - v[at - 2])) / 12.0;
    }
  }
  CubicCells cells;
  for (std::size_t at = 0; at < last; ++at) {
    const double rise = v[at + 1] - v[at];
    cells.push_back({v[at], slopes[at], 3.0 * rise - 2.0 * slopes[at] - slopes[at + 1],
                     slopes[at] + slopes[at + 1] - 2.0 * rise});
  }
  return cells;
}

}  // namespace

double LogTable::log_at(std::size_t node) { return first_log + step * static_cast<double>(node); }

LogTable::LogTable(const std::vector<double>& values) : cells_{cubics_through(values)} {}

double LogTable::operator()(double log) const {
  const double place =
      std::clamp((log - first_log) / step, 0.0, static_cast<double>(cells_.size()));
  const std::size_t cell = std::min(static_cast<std::size_t>(place), cells_.size() - 1);
  const double t = place - static_cast<double>(cell);
  const auto& c = cells_[cell];
  return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

}  // namespace flywheel
