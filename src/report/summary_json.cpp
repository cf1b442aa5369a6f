#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "report/summary_page.hpp"

namespace flywheel {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json stated_json(const StatedFigure& figure) {
  return {{"value", number(figure.value)},
          {"error", number(figure.error)},
          {"low", number(figure.low)},
          {"high", number(figure.high)}};
}

/// Beside the figure, why its error may be missing.
Json shortfall_json(const RunSummary& run, const StatedFigure& shortfall) {
  Json row = stated_json(shortfall);
  row["futures_in_tail"] = run.futures_in_tail();
  return row;
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(number(value));
  return list;
}

void add_published(const PublishedRange& published, Json& row) {
  if (published.source.empty()) return;
  row["published"] = {{"low", number(published.low)},
                      {"high", number(published.high)},
                      {"source", published.source}};
}

Json column_json(const ColumnSummary& column) {
  Json row{{"unit", column.unit},
           {"long_name", column.long_name},
           {"count", number(column.count)},
           {"mean", number(column.mean)},
           {"mean_error", number(column.mean_error)},
           {"quantiles", numbers(column.quantiles)},
           {"quantile_errors", numbers(column.quantile_errors)}};
  add_published(column.published, row);
  return row;
}

Json breakdown_json(const BreakdownSummary& breakdown) {
  Json row{{"unit", breakdown.unit},
           {"long_name", breakdown.long_name},
           {"dimension", breakdown.dimension}};
  for (std::size_t label = 0; label < breakdown.labels.size(); ++label) {
    Json entry{{"label", breakdown.labels[label]},
               {"mean", number(breakdown.means[label])},
               {"mean_error", number(breakdown.mean_errors[label])},
               {"quantiles", numbers(breakdown.quantiles[label])}};
    add_published(breakdown.published[label], entry);
    row["entries"].push_back(std::move(entry));
  }
  return row;
}

Json sensitivity_json(const RunSummary& run) {
  constexpr std::array<const char*, 5> words{"given", "sourced", "sourced_with_judged_spread",
                                             "judgement", "rule"};
  Json rows = Json::array();
  for (const SensitivityRow& row : run.sensitivity) {
    rows.push_back({{"parameter", row.key},
                    {"share", number(row.share)},
                    {"error", number(row.error)},
                    {"basis", words.at(static_cast<std::size_t>(row.basis))}});
  }
  return rows;
}

Json chain_json(const RunSummary& run) {
  Json rows = Json::array();
  for (const ChainRow& row : run.chain) {
    rows.push_back({{"step", row.name},
                    {"plan", number(row.plan)},
                    {"median", number(row.median)},
                    {"median_error", number(row.median_error)},
                    {"mean", number(row.mean)},
                    {"mean_error", number(row.mean_error)}});
  }
  return rows;
}

}  // namespace

std::string summary_json(const RunSummary& run) {
  Json page{{"campaign", run.campaign},
            {"currency", run.currency},
            {"seed", run.identity.seed},
            {"plan_sha256", run.identity.plan_sha256},
            {"program_version", run.identity.program_version},
            {"git_commit", run.identity.git_commit},
            {"complete", run.identity.complete != 0},
            {"cohort_days", run.cohort_days},
            {"target_roas", run.target_roas},
            {"replications", run.replications},
            {"replications_failed", run.failed},
            {"replications_without_media", run.without_media},
            {"probability_of_target", stated_json(run.reaches_target)},
            {"probability_of_target_gross", stated_json(run.reaches_target_gross)},
            {"probability_of_break_even", stated_json(run.breaks_even)},
            {"probability_of_loss", stated_json(run.loses)},
            {"value_at_risk", stated_json(run.value_at_risk)},
            {"expected_shortfall", shortfall_json(run, run.expected_shortfall)},
            {"cohort_probability_of_loss", stated_json(run.cohort_loses)},
            {"cohort_value_at_risk", stated_json(run.cohort_value_at_risk)},
            {"cohort_expected_shortfall", shortfall_json(run, run.cohort_expected_shortfall)},
            {"payback_probability", stated_json(run.pays_back)},
            {"shares", numbers(run.shares)},
            {"payback_day_quantiles", numbers(run.payback_days)},
            {"histogram",
             {{"width", run.histogram.width},
              {"edges", numbers(run.histogram.edges)},
              {"counts", numbers(run.histogram.counts)}}}};
  for (const ColumnSummary& column : run.columns)
    page["columns"][column.name] = column_json(column);
  for (const BreakdownSummary& one : run.breakdowns) {
    page["breakdowns"][one.name] = breakdown_json(one);
  }
  page["chain"] = chain_json(run);
  page["sensitivity"] = sensitivity_json(run);
  if (!run.sensitivity.empty()) page["sensitivity_by_chance"] = number(run.share_by_chance);
  for (const FailedReplication& failure : run.failures) {
    page["failures"].push_back({{"replication", failure.number}, {"message", failure.message}});
  }
  return page.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace flywheel
