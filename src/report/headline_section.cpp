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
  if (!(run.with_media() > 0)) {
    return fmt::format("{}: return on ad spend is undefined: none of {} spent anything on media.",
                       escape_text(run.campaign), counted(run.replications - run.failed, "future"));
  }
  return fmt::format(
      "{}: in {} of {} net revenue within {} of a first order reaches {:g} {} for "
      "each {} of media (95 % interval {} to {}).",
      escape_text(run.campaign), percent(chance.value), counted(run.with_media(), "future"),
      counted(run.cohort_days, "day"), run.target_roas, run.currency, run.currency,
      percent(chance.low), percent(chance.high));
}

/// What stands below the first sentence: before returns, whether it pays, what is owed to ads.
std::string target_notes(const RunSummary& run, const PageStyle& style) {
  if (!(run.with_media() > 0)) return {};
  const auto chance = [](const StatedFigure& figure) {
    return fmt::format("{} (95 % interval {} to {})", percent(figure.value), percent(figure.low),
                       percent(figure.high));
  };
  std::string text =
      wrapped(fmt::format("Gross of returns: {}.", chance(run.reaches_target_gross)), style);
  const ColumnSummary& needed = run.column("break_even_roas");
  const double median = needed.count > 0 ? needed.quantiles[run.share_index(.50)] : NAN;
  text +=
      wrapped(fmt::format("The campaign pays in {} of futures: the cohort's contribution covers "
                          "its media and agency fee, that is, net ROAS reaches that future's "
                          "break-even ROAS{}.",
                          chance(run.breaks_even),
                          std::isnan(median) ? std::string{", which none has"}
                                             : fmt::format(" (median {:.2f})", median)),
              style);
  const ColumnSummary& incremental = run.column("incremental_share");
  if (incremental.count > 0) {
    text +=
        wrapped(fmt::format("ROAS here is credited, not incremental: by the model's account {} of "
                            "the first orders credited to channels would not have come "
                            "without ads (mean incremental share).",
                            percent(incremental.mean)),
                style);
  }
  return text;
}

std::string warnings(const RunSummary& run, const PageStyle& style) {
  std::string text;
  if (run.identity.complete == 0) {
    const std::string which = run.thinned.empty() ? "" : ", " + run.thinned;
    text += marked(wrapped(fmt::format("A look at a run that is not complete: the futures played "
                                       "when it was taken{}.",
                                       which),
                           style),
                   style);
  }
  if (run.without_media > 0 && run.with_media() > 0) {
    text += marked(wrapped(fmt::format("{} of {} spent nothing on media: ROAS undefined "
                                       "there, left out of its figures.",
                                       grouped(run.without_media),
                                       counted(run.replications - run.failed, "future")),
                           style),
                   style);
  }
  if (run.failed > 0) {
    text += marked(fmt::format("{} of {} failed and are left out:", grouped(run.failed),
                               counted(run.replications, "future")),
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

/// A target of the solver of base rates, and what a planner can do about one that is missed.
struct SolvedTarget {
  const char* missed;    ///< column: 1 where it is missed
  const char* solved;    ///< column: what came out instead; null where it is no single figure
  const char* concerns;  ///< column: nothing of what the target is about happens where it is 0
  const char* what;
  const char* advice;
};

constexpr std::array<SolvedTarget, 3> solved_targets{
    {{"incremental_share_missed", "incremental_share", "media_spend",
      "audience.incremental_share (orders credited to ads that would not have come without them)",
      "It is bounded by audience.intent_loading_limit and organic.visits_limit."},
     {"retargeting_share_missed", "retargeting_incremental_share", "pool_entries",
      "retargeting.incremental_share (orders credited to retargeting that it made)",
      "It is bounded by retargeting.return_limit, the largest chance of a return without an ad."},
     {"base_rates_missed", nullptr, "visits", "a click, step or order rate of the plan",
      "Look for rates that contradict each other: click_rate and conversion_rate of the channels, "
      "[funnel], organic.conversion_rate."}}};

/// A line for each target that some futures missed.
std::string missed_targets(const RunSummary& run, const PageStyle& style) {
  std::string text;
  for (const SolvedTarget& target : solved_targets) {
    const double share = run.column(target.missed).mean;
    if (!(share > 0) || !(run.column(target.concerns).mean > 0)) continue;
    std::string line = fmt::format("{}: not met in {} of futures", target.what, percent(share));
    if (target.solved != nullptr) {
      line += fmt::format(", where the nearest is used; the mean of all futures is {}",
                          percent(run.column(target.solved).mean));
    }
    text += wrapped(fmt::format("- {}. {}", line, target.advice), style, 2);
  }
  if (text.empty()) return text;
  return heading("Numbers of the plan that cannot all be met", style) + text;
}

/// Growth by referral without an end, or nearly so, if it threatens.
std::string referral_warning(const RunSummary& run, const PageStyle& style) {
  constexpr double high_mean = 0.8;
  const ColumnSummary& largest = run.column("largest_reproduction_number");
  const bool often = largest.quantiles[run.share_index(.95)] > 1.0;
  if (!(largest.mean > high_mean) && !often) return {};
  return marked(
      wrapped(fmt::format(
                  "Referral comes near endless growth: the largest reproduction number of a "
                  "rotation is {:.2f} on average{}. Near 1 the variance of customers grows as "
                  "1 / (1 - R)^3, and only the horizon and the size of the audience end the lines "
                  "of friends. Measured programmes have R from 0.005 to 0.25: check [referral].",
                  largest.mean, often ? " and above 1 in more than 5 % of futures" : ""),
              style),
      style);
}

std::string roas_table(const RunSummary& run, const PageStyle& style) {
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
  return heading("Return on ad spend (± Monte Carlo error)", style) + table.text(style);
}

}  // namespace

std::string headline_section(const RunSummary& run, const PageStyle& style) {
  std::string page = wrapped(target_sentence(run), style) + target_notes(run, style);
  page += warnings(run, style) + referral_warning(run, style);
  if (run.with_media() > 0) page += roas_table(run, style);
  return page + missed_targets(run, style);
}

}  // namespace flywheel
