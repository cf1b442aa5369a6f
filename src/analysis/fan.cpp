#include "analysis/fan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/quantiles.hpp"
#include "core/check.hpp"

namespace flywheel {
namespace {

/// Neighboring steps are gathered together, so that each cache line of a path is read once.
constexpr std::size_t steps_at_once = 16;

/// Columns first .. last - 1 of the table, each without its NaN and in ascending order.
std::vector<std::vector<double>> sorted_columns(const PathTable& paths, std::size_t first,
                                                std::size_t last) {
  std::vector<std::vector<double>> columns(last - first);
  for (std::vector<double>& column : columns) column.reserve(paths.paths());
  for (std::size_t row = 0; row < paths.paths(); ++row) {
    const std::span<const float> path = paths.path(row);
    for (std::size_t step = first; step < last; ++step) {
      if (!std::isnan(path[step])) columns[step - first].push_back(static_cast<double>(path[step]));
    }
  }
  for (std::vector<double>& column : columns) std::sort(column.begin(), column.end());
  return columns;
}

}  // namespace

Fan make_fan(const PathTable& paths, std::span<const double> shares) {
  expect(paths.steps > 0 && paths.values.size() % paths.steps == 0, "paths fill whole rows");
  Fan fan{.shares = {shares.begin(), shares.end()},
          .steps = paths.steps,
          .values = std::vector<float>(shares.size() * paths.steps,
                                       std::numeric_limits<float>::quiet_NaN()),
          .counts = std::vector<std::size_t>(paths.steps)};
  for (std::size_t first = 0; first < paths.steps; first += steps_at_once) {
    const std::size_t last = std::min(first + steps_at_once, paths.steps);
    const auto columns = sorted_columns(paths, first, last);
    for (std::size_t step = first; step < last; ++step) {
      const std::vector<double>& column = columns[step - first];
      fan.counts[step] = column.size();
      for (std::size_t share = 0; share < shares.size() && !column.empty(); ++share) {
        fan.values[share * fan.steps + step] =
            static_cast<float>(interpolated_quantile(column, shares[share]));
      }
    }
  }
  return fan;
}

std::optional<std::size_t> first_passage(std::span<const float> path, float level) {
  const auto passed =
      std::find_if(path.begin(), path.end(), [=](float value) { return value >= level; });
  if (passed == path.end()) return std::nullopt;
  return static_cast<std::size_t>(passed - path.begin());
}

Passages summarize_passages(std::span<const std::optional<std::size_t>> first_steps,
                            std::span<const double> shares) {
  std::vector<double> sorted(first_steps.size(), std::numeric_limits<double>::infinity());
  std::size_t reached = 0;
  for (const std::optional<std::size_t>& step : first_steps) {
    if (step) sorted[reached++] = static_cast<double>(*step);
  }
  std::sort(sorted.begin(), sorted.end());
  Passages passages{
      .reached = estimate_probability({.successes = reached, .trials = first_steps.size()}),
      .quantiles = {}};
  for (const double share : shares) {
    const double step = order_quantile(sorted, share);
    passages.quantiles.push_back(
        {.share = share,
         .step = std::isinf(step) ? std::nullopt : std::optional<double>{step},
         .interval = quantile_interval(sorted, share)});
  }
  return passages;
}

}  // namespace flywheel
