#include "study/loop_image.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "results/outcome_result.hpp"
#include "results/write_image.hpp"
#include "study/stored_values.hpp"

namespace flywheel {

namespace {

using Strings = std::vector<std::string>;

/// In the order of WorthFigure.
struct FigureWords {
  std::string name;
  std::string units;
  std::string long_name;
};

std::array<FigureWords, worth_figure_count> figure_words(const RunDescription& run) {
  return {{{"cohort_roas_180", "1", "net cohort ROAS"},
           {"contribution", run.currency, "contribution"},
           {"cohort_contribution", run.currency, "cohort contribution"},
           {"customers", "1", "customers won"}}};
}

/// A number, or one for each entry of a dimension.
ResultVariable variable_of(std::string name, const Strings& dimensions, Meaning meaning,
                           std::vector<double> values) {
  return {.name = std::move(name),
          .dimensions = dimensions,
          .meaning = std::move(meaning),
          .values = RowsOfDoubles{owned_rows<double>(std::move(values))}};
}

struct Named {
  std::string name;
  Strings dimensions;
  Meaning meaning;
};

void add_estimates(ResultGroup& group, const Named& what, const std::vector<Estimate>& estimates) {
  std::vector<double> values;
  std::vector<double> errors;
  for (const Estimate& estimate : estimates) {
    values.push_back(estimate.value);
    errors.push_back(estimate.standard_error);
  }
  const auto add = [&](const std::string& name, Meaning meaning, std::vector<double> numbers) {
    group.variables.push_back(
        variable_of(name, what.dimensions, std::move(meaning), std::move(numbers)));
  };
  add(what.name, what.meaning, std::move(values));
  add(what.name + "_error", {what.meaning.units, "error", "Monte Carlo error of the figure before"},
      std::move(errors));
}

void add_worths(ResultGroup& group, const Named& what, const std::vector<Worth>& worths) {
  std::vector<Estimate> estimates;
  std::vector<double> low;
  std::vector<double> high;
  for (const Worth& worth : worths) {
    estimates.push_back(worth.estimate);
    low.push_back(worth.interval.low);
    high.push_back(worth.interval.high);
  }
  add_estimates(group, what, estimates);
  const auto add = [&](const char* end, const char* words, std::vector<double> numbers) {
    group.variables.push_back(variable_of(
        what.name + end, what.dimensions,
        {what.meaning.units, words, "of its 95 % interval, by Student's t"}, std::move(numbers)));
  };
  add("_low", "lower end", std::move(low));
  add("_high", "upper end", std::move(high));
}

std::string idle_words(const LoopDesign& design) {
  std::string words;
  for (const IdleLoop& loop : design.idle) {
    words += (words.empty() ? "" : ", ") + loop.name + " (" + loop.reason + ')';
  }
  return words;
}

void add_figure(ResultGroup& group, const FigureWords& words, const FigureWorth& worth) {
  const auto named = [&](const char* end, const Strings& dimensions, const char* description) {
    return Named{words.name + end, dimensions, {words.units, words.long_name, description}};
  };
  add_estimates(group, named("_all", {}, "mean with all loops of the plan"), {worth.all});
  add_estimates(group, named("_none", {}, "mean with none"), {worth.none});
  add_worths(group, named("_taken_away", {"loop"}, "all loops less all but this one"),
             worth.taken_away);
  add_worths(group, named("_alone", {"loop"}, "this loop alone less none"), worth.alone);
  add_worths(group, named("_whole", {}, "all loops less none"), {worth.whole});
  add_worths(group, named("_synergy", {}, "the whole less the sum of all alone"), {worth.synergy});
}

ResultGroup loops_group(const RunDescription& run, const LoopWorth& worth) {
  ResultGroup group{.path = "loops"};
  group.dimensions = {{.name = "loop",
                       .coordinates = worth.design.names,
                       .meaning = {"", "loop", "of the plan; those that do nothing are left out"},
                       .attributes = {}}};
  const auto words = figure_words(run);
  for (std::size_t figure = 0; figure < words.size(); ++figure) {
    add_figure(group, words[figure], worth.figures[figure]);
  }
  group.attributes = {{"campaign", run.campaign},
                      {"currency", run.currency},
                      {"draws", static_cast<std::int64_t>(worth.draws.size())},
                      {"draws_failed", static_cast<std::int64_t>(worth.failed)},
                      {"draws_without_media", static_cast<std::int64_t>(worth.without_media)},
                      {"left_out", idle_words(worth.design)}};
  return group;
}

ResultDimension rotation_dimension(const RunDescription& run) {
  return {.name = "rotation",
          .coordinates = run.rotations,
          .meaning = {"1", "first day of the rotation", "days since the start"},
          .attributes = {}};
}

ResultGroup turns_group(const RunDescription& run, const LoopWorth& worth) {
  ResultGroup group{.path = "loop_turns"};
  group.dimensions = {rotation_dimension(run)};
  const auto add = [&](const char* name, const char* long_name, Estimate TurnGain::*gain) {
    std::vector<Estimate> estimates;
    for (const TurnGain& turn : worth.turns) estimates.push_back(turn.*gain);
    add_estimates(group,
                  {name,
                   {"rotation"},
                   {"1", long_name, "mean with all loops over that with none; missing without"}},
                  estimates);
  };
  add("customers_gain", "gain of customers won", &TurnGain::customers);
  add("engaged_gain", "gain of engaged visits", &TurnGain::engaged);
  add("media_gain", "gain of media spend", &TurnGain::media);
  return group;
}

ResultGroup next_generation_group(const NextGeneration& next) {
  ResultGroup group{.path = "next_generation"};
  group.dimensions = {{.name = "brought",
                       .coordinates = next.kinds,
                       .meaning = {"", "kind of customer brought", "segment, and how won"},
                       .attributes = {}},
                      {.name = "bringing",
                       .coordinates = next.kinds,
                       .meaning = {"", "kind of customer who brings", "segment, and how won"},
                       .attributes = {}}};
  group.variables.push_back(
      {.name = "matrix",
       .dimensions = {"brought", "bringing"},
       .meaning = {"1", "next-generation matrix",
                   "customers of one kind whom a customer of the other brings until the horizon; "
                   "numbers at their medians, expected market"},
       .values = RowsOfDoubles{owned_rows<double>(next.brought, next.kinds.size())}});
  const double radius = spectral_radius(next.brought);
  group.variables.push_back(scalar_variable(
      "spectral_radius", {"1", "spectral radius", "of the next-generation matrix"}, radius));
  group.variables.push_back(scalar_variable(
      "multiplier",
      {"1", "multiplier", "1 / (1 - spectral_radius); infinite where it is 1 or more"},
      loop_multiplier(radius)));
  return group;
}

void add_turn_draws(ResultGroup& group, const RunDescription& run, const LoopWorth& worth) {
  const auto add = [&](const char* name, Meaning meaning, std::vector<double> TurnFigures::*turn) {
    std::vector<double> values;
    for (const LoopDraw& draw : worth.draws) {
      const std::vector<double>& all = draw.all.*turn;
      const std::vector<double>& none = draw.none.*turn;
      values.insert(values.end(), all.begin(), all.end());
      values.insert(values.end(), none.begin(), none.end());
    }
    group.variables.push_back(
        {.name = name,
         .dimensions = {"draw", "turning", "rotation"},
         .meaning = std::move(meaning),
         .values = RowsOfDoubles{owned_rows<double>(std::move(values), 2 * worth.turns.size())}});
  };
  add("customers_by_rotation", {"1", "customers won", "in the rotation"}, &TurnFigures::customers);
  add("engaged_by_rotation", {"1", "engaged visits", "in the rotation"}, &TurnFigures::engaged);
  add("media_by_rotation", {run.currency, "media spend", "in the rotation"}, &TurnFigures::media);
}

ResultGroup draws_group(const RunDescription& run, const LoopWorth& worth) {
  ResultGroup group{.path = "draws"};
  std::vector<std::int64_t> numbers;
  for (const LoopDraw& draw : worth.draws) {
    numbers.push_back(static_cast<std::int64_t>(draw.number));
  }
  group.dimensions = {
      {.name = "draw",
       .coordinates = std::move(numbers),
       .meaning = {"1", "draw", "the replication whose luck it has; without those that failed"},
       .attributes = {}},
      {.name = "world",
       .coordinates = world_names(worth.design),
       .meaning = {"", "world", "which loops turn"},
       .attributes = {}},
      {.name = "turning",
       .coordinates = Strings{"all", "none"},
       .meaning = {"", "loops that turn", "all of the plan, or none"},
       .attributes = {}},
      rotation_dimension(run)};
  const auto words = figure_words(run);
  for (std::size_t figure = 0; figure < words.size(); ++figure) {
    std::vector<double> values;
    for (const LoopDraw& draw : worth.draws) {
      for (const WorthFigures& world : draw.worlds) values.push_back(world[figure]);
    }
    group.variables.push_back(
        {.name = words[figure].name,
         .dimensions = {"draw", "world"},
         .meaning = {words[figure].units, words[figure].long_name, "of the future"},
         .values = RowsOfDoubles{
             owned_rows<double>(std::move(values), worth.draws.front().worlds.size())}});
  }
  add_turn_draws(group, run, worth);
  return group;
}

}  // namespace

std::vector<std::byte> loop_image(const RunDescription& run, const LoopWorth& worth,
                                  const NextGeneration& next) {
  ResultSchema schema{.identity = run.identity, .groups = {}};
  schema.identity.file_type = "loops";
  schema.groups = {loops_group(run, worth), turns_group(run, worth), next_generation_group(next),
                   draws_group(run, worth)};
  for (ResultGroup& group : provenance_groups(run)) schema.groups.push_back(std::move(group));
  return write_image(schema);
}

}  // namespace flywheel
