#include "app/run_goal.hpp"

#include <fmt/format.h>

#include "analysis/stopping.hpp"
#include "core/error_text.hpp"
#include "plan/unit.hpp"

namespace flywheel {

namespace {

/// Without a limit of replications a run ends by its time.
constexpr std::uint64_t no_limit{most_replications};

/// A number of an option, or why it is none.
std::variant<double, std::string> read_option(const char* option, const std::string& text,
                                              Unit unit) {
  const Quantity quantity = read_quantity(text, unit, "USD");
  if (const auto* number = std::get_if<double>(&quantity)) return *number;
  return fmt::format("{} {}: {}", option, escape_text(text), std::get<std::string>(quantity));
}

/// Reads precision and time; what is wrong with them, or nothing.
std::string read_limits(const RunOptions& options, RunGoal& goal) {
  if (!options.precision.empty()) {
    const auto number = read_option("--precision", options.precision, Unit::share);
    if (const auto* wrong = std::get_if<std::string>(&number)) return *wrong;
    goal.precision = std::get<double>(number);
    if (!(*goal.precision >= 1e-4 && *goal.precision < .5)) {
      return "--precision is a half-width from 0.0001 to below 0.5, \"1%\" for example";
    }
  }
  if (!options.time.empty()) {
    const auto number = read_option("--time", options.time, Unit::seconds);
    if (const auto* wrong = std::get_if<std::string>(&number)) return *wrong;
    goal.seconds = std::get<double>(number);
    if (!(*goal.seconds > 0)) return "--time is above 0, \"90\" or \"8 hours\" for example";
  }
  return {};
}

/// Reads which part of the run is wanted; what is wrong with it, or nothing.
std::string read_range(const RunOptions& options, RunGoal& goal) {
  const auto part = read_part(options.part);
  if (const auto* wrong = std::get_if<std::string>(&part)) return *wrong;
  goal.part = std::get<RunPart>(part);
  goal.range = range_of(goal.part, goal.count);
  if (goal.part.is_whole()) return {};
  if (goal.precision) {
    return "--shard and --precision exclude each other: no part knows what the others have found";
  }
  if (!goal.bounded) return "--shard needs --replications, of all parts together";
  if (goal.range.count == 0) return "--shard: there are more parts than replications";
  return {};
}

}  // namespace

std::variant<Frozen, std::string> read_frozen(const std::vector<std::string>& words) {
  Frozen frozen;
  for (const std::string& word : words) {
    if (word == "parameters") {
      frozen.parameters = true;
    } else if (word == "market") {
      frozen.market = true;
    } else if (word == "shoppers") {
      frozen.shoppers = true;
    } else {
      return fmt::format("--freeze {}: levels are parameters, market and shoppers",
                         escape_text(word));
    }
  }
  return frozen;
}

std::variant<RunGoal, std::string> read_goal(const RunOptions& options) {
  RunGoal goal;
  const auto frozen = read_frozen(options.freeze);
  if (const auto* wrong = std::get_if<std::string>(&frozen)) return *wrong;
  goal.frozen = std::get<Frozen>(frozen);
  if (std::string wrong = read_limits(options, goal); !wrong.empty()) return wrong;
  if (options.threads < 0 || options.threads > 1024) return "--threads is from 1 to 1024";
  constexpr std::uint64_t default_count = 1'000;
  if (options.replications) {
    goal.count = *options.replications;
  } else if (goal.precision) {
    goal.count = PrecisionRule{{.half_width = *goal.precision}}.checkpoints().back();
  } else {
    goal.count = goal.seconds ? no_limit : default_count;
  }
  goal.bounded = goal.count < no_limit;
  if (goal.count == 0 || goal.count > no_limit) return "--replications is from 1 to 2^40";
  if (std::string wrong = read_range(options, goal); !wrong.empty()) return wrong;
  return goal;
}

}  // namespace flywheel
