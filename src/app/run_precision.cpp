#include "app/run_precision.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/run_goal.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

namespace {

/// Replications that suffice whatever the probability is, if as many have a ROAS as so far.
std::uint64_t enough_replications(const PrecisionReached& reached) {
  const PrecisionRule rule{{.half_width = reached.half_width}};
  const double each =
      static_cast<double>(reached.replications) / static_cast<double>(reached.look->tries.trials);
  const double enough = std::ceil(static_cast<double>(rule.checkpoints().back()) * each);
  return static_cast<std::uint64_t>(std::min(enough, static_cast<double>(most_replications)));
}

}  // namespace

std::string precision_gap(const PrecisionReached& reached) {
  const bool met_a_limit = reached.end == RunEnd::all_played || reached.end == RunEnd::interrupted;
  if (!met_a_limit || (reached.look && reached.look->precise_enough)) return {};
  const std::string played = counted(static_cast<double>(reached.replications), "future");
  if (!reached.look) {
    return fmt::format("precision not met: none of {} spent anything on media, so none has a ROAS",
                       played);
  }
  const std::uint64_t tried = reached.look->tries.trials;
  const std::string after = tried == reached.replications
                                ? played
                                : fmt::format("{} of {}, since the others spent nothing on media",
                                              grouped(static_cast<double>(tried)), played);
  const std::string advice =
      reached.end == RunEnd::interrupted
          ? "give it more --time"
          : fmt::format("--replications {} is enough, and ends earlier where fewer are",
                        enough_replications(reached));
  return fmt::format("precision not met: P(ROAS >= {:g}) is known to ±{}, not to ±{}, after {}; {}",
                     reached.target,
                     figure_text(reached.look->interval.half_width(), FigureKind::share),
                     figure_text(reached.half_width, FigureKind::share), after, advice);
}

std::optional<Look> look_at_run(const PrecisionRule& rule, std::span<const double> headline,
                                double target) {
  if (headline.empty()) return std::nullopt;
  if (const auto look = rule.first_precise_look(headline, target)) return look;
  return rule.final_look(
      {.successes = count_at_least(headline, target), .trials = headline.size()});
}

}  // namespace flywheel
