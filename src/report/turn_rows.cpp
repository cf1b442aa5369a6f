#include "report/turn_rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace flywheel {

std::vector<std::size_t> turn_rows(std::size_t turns, std::size_t most) {
  std::vector<std::size_t> places;
  const std::size_t rows = std::min(turns, most);
  for (std::size_t row = 0; row < rows; ++row) {
    places.push_back(rows < 2 ? 0 : row * (turns - 1) / (rows - 1));
  }
  return places;
}

std::size_t whole_turns(const BreakdownSummary& by_rotation, int end_day) {
  const std::vector<std::string>& begins = by_rotation.labels;
  if (begins.size() < 2) return begins.size();
  const int length = std::stoi(begins[1]) - std::stoi(begins[0]);
  std::size_t turns = 0;
  while (turns < begins.size() && std::stoi(begins[turns]) + length <= end_day) ++turns;
  return std::max<std::size_t>(1, turns);
}

std::string rows_sentence(std::size_t turns, std::size_t most) {
  return turns > most ? fmt::format(" Shown are {} of {} rotations.", most, turns) : std::string{};
}

std::string mean_text(const BreakdownSummary& column, std::size_t entry, FigureKind kind) {
  const double mean = column.means[entry];
  if (std::isnan(mean)) return figure_text(mean, kind);
  return figure_text(mean, kind) + ' ' + error_text(column.mean_errors[entry], kind);
}

}  // namespace flywheel
