#include "verification/played_plan.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "plan/read_plan.hpp"
#include "verification/collected_run.hpp"

namespace flywheel::test {

std::vector<double> PlayedPlan::column(Column which, std::size_t first, std::size_t second) const {
  std::vector<double> values;
  values.reserve(outcomes.size());
  for (const Outcome& outcome : outcomes) {
    values.push_back(outcome.row[layout.offset(which, first, second)]);
  }
  return values;
}

std::vector<double> PlayedPlan::orders_by_clicks(std::size_t channel) const {
  std::vector<double> orders = column(Column::click_conversion_rate_by_channel, channel);
  const std::vector<double> clicks = column(Column::clicks_by_channel, channel);
  for (std::size_t at = 0; at < orders.size(); ++at) {
    orders[at] = clicks[at] > 0.0 ? orders[at] * clicks[at] : 0.0;  // no clicks have no rate
  }
  return orders;
}

PlayedPlan play_plan(const PlanText& text, const PlayedFutures& futures) {
  const PlanReading reading =
      read_plan_text(text.toml, {.name = "plan.toml", .folder = text.folder}, text.settings);
  if (!reading.plan) throw std::runtime_error{to_line(reading.faults.at(0))};
  const ScenarioSource source{*reading.plan};
  const Frozen frozen{.parameters = true, .market = true};
  return {outcome_layout(source), source.draw(future_of(1, 0, frozen)),
          collected_run(source, {.seed = 5, .frozen = frozen}, futures.count, futures.threads)};
}

Verdict plausible_ratio(const std::vector<double>& of, const std::vector<double>& over,
                        const ExpectedRatio& expected) {
  std::vector<double> surplus;
  surplus.reserve(of.size());
  for (std::size_t at = 0; at < of.size(); ++at) {
    surplus.push_back(of[at] - expected.ratio * over[at]);
  }
  const double scale = expected.ratio * moments_of(over).mean;
  const Moments moments = moments_of(surplus);
  const double luck = standard_errors_allowed * moments.standard_error() / scale;
  const double off = moments.mean / scale;
  return {off > -expected.below - luck && off < expected.above + luck,
          fmt::format("off by {:+.2f} %, allowed {:+.2f} to {:+.2f} % and {:.2f} % of luck",
                      100.0 * off, -100.0 * expected.below, 100.0 * expected.above, 100.0 * luck)};
}

}  // namespace flywheel::test
