#include "simulation/engine_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "random/normal_quantile.hpp"

namespace flywheel::test {

namespace {

constexpr std::size_t path_step = 10;

std::vector<double> figures_of(const Outcome& outcome) {
  std::vector<double> figures = outcome.row;
  for (std::size_t day = path_step - 1; day < outcome.cash.size(); day += path_step) {
    figures.push_back(outcome.calendar_roas[day]);
    figures.push_back(outcome.cash[day]);
  }
  return figures;
}

std::vector<double> defined_values(const std::vector<double>& values) {
  std::vector<double> defined;
  std::copy_if(values.begin(), values.end(), std::back_inserter(defined),
               [](double value) { return std::isfinite(value); });
  return defined;
}

std::vector<double> defined_flags(const std::vector<double>& values) {
  std::vector<double> flags;
  std::transform(values.begin(), values.end(), std::back_inserter(flags),
                 [](double value) { return std::isfinite(value) ? 1.0 : 0.0; });
  return flags;
}

/// Whether values differ by rounding only: one engine counts money in micro-units, the other does
/// not, and a price that is the same for all comes out of a division.
bool is_constant(const std::vector<double>& values) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return least == values.end() ||
         *most - *least <= 1e-6 * std::max(std::abs(*least), std::abs(*most));
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

FutureFigures play_futures(const Engine& engine, std::uint64_t count) {
  FutureFigures by_future(count);
  tbb::parallel_for(std::uint64_t{0}, count,
                    [&](std::uint64_t number) { by_future[number] = figures_of(engine(number)); });
  FutureFigures by_entry(by_future.front().size(), std::vector<double>(count));
  for (std::size_t entry = 0; entry < by_entry.size(); ++entry) {
    for (std::uint64_t k = 0; k < count; ++k) by_entry[entry][k] = by_future[k][entry];
  }
  return by_entry;
}

std::vector<std::string> entry_names(const OutcomeLayout& layout, std::size_t horizon_days) {
  std::vector<std::string> names;
  for (const ColumnSpec& spec : column_specs()) {
    for (std::size_t k = 0; k < layout.size(spec.column); ++k) {
      std::string name{spec.name};
      std::size_t inner = layout.size(spec.column);
      for (const Dimension dimension : spec.dimensions) {
        if (dimension == Dimension::none) break;
        inner /= layout.sizes().of(dimension);
        name += fmt::format("[{}]", k / inner % layout.sizes().of(dimension));
      }
      names.push_back(name);
    }
  }
  for (std::size_t day = path_step - 1; day < horizon_days; day += path_step) {
    names.push_back(fmt::format("calendar_roas path, day {}", day));
    names.push_back(fmt::format("cash path, day {}", day));
  }
  return names;
}

double EntryDifference::in_errors() const {
  return std::max(
      {std::abs(means.in_errors), std::abs(spreads.in_errors), std::abs(defined.in_errors)});
}

std::vector<EntryDifference> compare_futures(const std::vector<std::string>& names,
                                             const FutureFigures& first,
                                             const FutureFigures& second) {
  std::vector<EntryDifference> differences;
  for (std::size_t entry = 0; entry < names.size(); ++entry) {
    EntryDifference difference{.name = names[entry]};
    difference.defined = compare_means(defined_flags(first[entry]), defined_flags(second[entry]));
    const std::vector<double> one = defined_values(first[entry]);
    const std::vector<double> two = defined_values(second[entry]);
    std::vector<double> both = one;
    both.insert(both.end(), two.begin(), two.end());
    difference.is_covered = !is_constant(both) || difference.defined.value != 0.0;
    if (one.size() >= 4 && two.size() >= 4 && difference.is_covered) {
      difference.mean = mean_of(both);
      difference.means = compare_means(one, two);
      if (!is_constant(one) && !is_constant(two)) difference.spreads = compare_spreads(one, two);
    }
    differences.push_back(difference);
  }
  return differences;
}

std::string to_text(const EntryDifference& difference) {
  return fmt::format(
      "{}: means differ by {:.4g} of {:.6g} ({:.2f} errors), spreads by {:.4g} ({:.2f} errors), "
      "defined by {:.4g} ({:.2f} errors)",
      difference.name, difference.means.value, difference.mean, difference.means.in_errors,
      difference.spreads.value, difference.spreads.in_errors, difference.defined.value,
      difference.defined.in_errors);
}

FuturesNeeded futures_needed(const EntryDifference& difference, std::uint64_t futures,
                             double level) {
  if (!difference.is_covered) return {};
  // Found when the difference exceeds z(level / 2) errors; with z(5 %) errors more it is found with
  // a chance of 95 %. Errors fall as the root of the number of futures.
  const double errors = normal_upper_quantile(level / 2.0) + normal_upper_quantile(0.05);
  const auto needed = [&](double error, double effect) {
    return static_cast<double>(futures) * std::pow(errors * error / effect, 2);
  };
  return {needed(difference.means.standard_error, 0.01 * std::abs(difference.mean)),
          needed(difference.spreads.standard_error, 0.05)};
}

}  // namespace flywheel::test
