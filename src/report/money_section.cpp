#include "report/money_section.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/figure_text.hpp"

namespace flywheel {

namespace {

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

void add_column(const RunSummary& run, const std::string& name, const std::string& title,
                TextTable& table) {
  const ColumnSummary& column = run.column(name);
  const FigureKind kind = kind_of_column(name, column.unit);
  std::vector<std::string> values{title};
  std::vector<std::string> errors{""};
  for (const double share : {.05, .50, .95}) {
    const std::size_t index = run.share_index(share);
    values.push_back(figure_text(column.quantiles[index], kind));
    errors.push_back(error_text(column.quantile_errors[index], kind));
  }
  values.push_back(figure_text(column.mean, kind));
  errors.push_back(error_text(column.mean_error, kind));
  table.add(std::move(values));
  table.add(std::move(errors));
}

std::string risk_line(const std::string& name, const StatedFigure& figure,
                      const std::string& currency, const std::string& definition) {
  return fmt::format("{} = {} {} {} (95 % interval {} to {}): {}", name,
                     figure_text(figure.value, FigureKind::money), currency,
                     error_text(figure.error, FigureKind::money),
                     figure_text(figure.low, FigureKind::money),
                     figure_text(figure.high, FigureKind::money), definition);
}

/// An error that the tail is too small to show is called unknown, not infinite.
std::string shortfall_line(const RunSummary& run, const StatedFigure& shortfall,
                           const std::string& definition) {
  if (std::isfinite(shortfall.error)) return risk_line("ES_5", shortfall, run.currency, definition);
  const std::size_t futures = run.futures_in_tail();
  return fmt::format("ES_5 = {} {} (error unknown: {} in the tail): {}",
                     figure_text(shortfall.value, FigureKind::money), run.currency,
                     futures == 0   ? "less than one future"
                     : futures == 1 ? "1 future"
                                    : fmt::format("{} futures", futures),
                     definition);
}

/// "by day 85"; day 0 says that the orders of each day have covered the ads so far.
std::string payback_words(double day) {
  if (std::isnan(day)) return "not by the horizon";
  if (day == 0.0) return "from day 0 on (never below zero at the end of a day)";
  return "by day " + grouped(day);
}

std::string loss_line(const RunSummary& run) {
  const auto with_interval = [](const StatedFigure& figure) {
    return fmt::format("{} of futures (95 % interval {} to {})", percent(figure.value),
                       percent(figure.low), percent(figure.high));
  };
  return fmt::format("A loss: of the whole shop in {}, of the campaign in {}.",
                     with_interval(run.loses), with_interval(run.cohort_loses));
}

/// The same measures of two contributions: the whole shop's and the campaign's.
std::string risk_lines(const RunSummary& run, const PageStyle& style) {
  const std::string worst{"the mean loss in the worst 5 % of futures"};
  return wrapped(
             "The whole shop: contribution of all customers at the horizon. The campaign: "
             "contribution of the cohort, media and the agency's fee paid. A loss is positive. "
             "Cash "
             "is the whole shop's: goods of the first supplier_lead_days are paid on day 0, so the "
             "deepest point may come before sales do.",
             style) +
         wrapped(risk_line("VaR_5", run.value_at_risk, run.currency,
                           "whole shop, minus the 5 % quantile."),
                 style, 2) +
         wrapped(shortfall_line(run, run.expected_shortfall, "whole shop, " + worst + '.'), style,
                 2) +
         wrapped(risk_line("VaR_5", run.cohort_value_at_risk, run.currency,
                           "campaign, minus the 5 % quantile."),
                 style, 2) +
         wrapped(shortfall_line(run, run.cohort_expected_shortfall, "campaign, " + worst + '.'),
                 style, 2) +
         wrapped(loss_line(run), style, 2);
}

std::string payback_line(const RunSummary& run) {
  if (!(run.with_media() > 0)) return "Payback: no media was bought, so nothing is to pay back.";
  const bool all = run.without_media == 0;
  std::string line = fmt::format(
      "Payback, by earnings and not by cash: the cohort earns its media and agency fee for good in "
      "{} of futures{} (95 % interval {} to {})",
      percent(run.pays_back.value), all ? "" : " that bought some", percent(run.pays_back.low),
      percent(run.pays_back.high));
  for (const double share : {.25, .50, .75}) {
    const double day = run.payback_days[run.share_index(share)];
    line += fmt::format("; in {:.0f} % of {} {}", 100 * share, all ? "all futures" : "them",
                        payback_words(day));
  }
  return line + '.';
}

}  // namespace

std::string money_section(const RunSummary& run, const PageStyle& style) {
  TextTable table{{{run.currency, Align::left}, {"5 %"}, {"50 %"}, {"95 %"}, {"mean"}}};
  add_column(run, "media_spend", "media spend", table);
  add_column(run, "contribution", "contribution of all customers", table);
  add_column(run, "cohort_contribution", "contribution of the cohort", table);
  add_column(run, "deepest_cash", "deepest cash position", table);
  add_column(run, "deepest_cash_day", "  on day", table);
  std::string page = heading("Money at risk", style) + table.text(style);
  page += risk_lines(run, style);
  return page + wrapped(payback_line(run), style, 2);
}

}  // namespace flywheel
