#include "report/headline_section.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

namespace {

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string target_sentence(const RunSummary& run) {
  const StatedFigure& chance = run.reaches_target;
  return fmt::format(
      "{}: in {} of {} futures net revenue within {} days of a first order reaches {:g} {} for "
      "each {} of media (95 % interval {} to {}).",
      escape_text(run.campaign), percent(chance.value), grouped(run.replications - run.failed),
      run.cohort_days, run.target_roas, run.currency, run.currency, percent(chance.low),
      percent(chance.high));
}

std::string warnings(const RunSummary& run, const PageStyle& style) {
  std::string text;
  if (run.identity.complete == 0) {
    text +=
        marked("The run was interrupted: not every future asked for is in the file.", style) + '\n';
  }
  if (run.failed > 0) {
    text += marked(fmt::format("{} of {} futures failed and are left out:", grouped(run.failed),
                               grouped(run.replications)),
                   style) +
            '\n';
    for (const FailedReplication& failure : run.failures) {
      text += "- " + wrapped(fmt::format("replication {}: {}", failure.number,
                                         escape_text(cut_text(failure.message, 200))),
                             style, 4);
    }
  }
  return text;
}

}  // namespace

std::string headline_section(const RunSummary& run, const PageStyle& style) {
  std::string page = wrapped(target_sentence(run), style);
  page += warnings(run, style);
  constexpr std::array<double, 5> shares{.05, .25, .50, .75, .95};
  TextTable table{
      {{"cohort ROAS", Align::left}, {"5 %"}, {"25 %"}, {"50 %"}, {"75 %"}, {"95 %"}, {"mean"}}};
  constexpr std::array<std::array<const char*, 2>, 3> rows{
      {{"gross", "cohort_roas_180_gross"},
       {"net of returns", "cohort_roas_180"},
       {"net with open returns", "cohort_roas_180_open"}}};
  for (const auto& [title, name] : rows) {
    const ColumnSummary& column = run.column(name);
    std::vector<std::string> values{title};
    std::vector<std::string> errors{""};
    for (const double share : shares) {
      const std::size_t index = run.share_index(share);
      values.push_back(figure_text(column.quantiles[index], FigureKind::ratio));
      errors.push_back(error_text(column.quantile_errors[index], FigureKind::ratio));
    }
    values.push_back(figure_text(column.mean, FigureKind::ratio));
    errors.push_back(error_text(column.mean_error, FigureKind::ratio));
    table.add(std::move(values));
    table.add(std::move(errors));
  }
  return page + heading("Return on ad spend (± Monte Carlo error)", style) + table.text(style);
}

}  // namespace flywheel
