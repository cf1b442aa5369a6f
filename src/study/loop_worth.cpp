#include "study/loop_worth.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "analysis/moments.hpp"
#include "analysis/probability.hpp"
#include "analysis/ratio.hpp"
#include "core/check.hpp"
#include "plan/loops.hpp"

namespace flywheel {

namespace {

constexpr std::size_t all_world = 0;
constexpr std::size_t none_world = 1;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::size_t place(WorthFigure figure) { return static_cast<std::size_t>(figure); }

LoopsPlan loops_of_world(const LoopDesign& design, std::size_t world) {
  if (world == all_world) return design.loops;
  if (world == none_world) return loops_only(design.loops, {});
  const std::vector<std::string> name{design.names.at((world - 2) / 2)};
  return world % 2 == 0 ? loops_without(design.loops, name) : loops_only(design.loops, name);
}

WorthFigures worth_figures_of(const Outcome& outcome, const OutcomeLayout& layout) {
  const auto at = [&](Column column) { return outcome.row.at(layout.offset(column)); };
  WorthFigures figures{};
  figures[place(WorthFigure::roas)] = at(Column::cohort_roas_180);
  figures[place(WorthFigure::contribution)] = at(Column::contribution);
  figures[place(WorthFigure::cohort_contribution)] = at(Column::cohort_contribution);
  figures[place(WorthFigure::customers)] =
      at(Column::root_customers) + at(Column::organic_customers) + at(Column::referred_customers);
  return figures;
}

TurnFigures turn_figures_of(const Outcome& outcome, const OutcomeLayout& layout) {
  TurnFigures turns;
  for (std::size_t turn = 0; turn < layout.sizes().rotations; ++turn) {
    const auto at = [&](Column column) { return outcome.row.at(layout.offset(column, turn)); };
    turns.customers.push_back(at(Column::acquired_paid) + at(Column::acquired_earned));
    turns.engaged.push_back(at(Column::engaged_paid) + at(Column::engaged_earned));
    turns.media.push_back(at(Column::media_by_rotation));
  }
  return turns;
}

Estimate mean_of(const std::vector<double>& values) {
  if (values.size() < 2) return {.value = not_a_number, .standard_error = not_a_number};
  const Moments moments = compute_moments(values);
  return {.value = moments.mean, .standard_error = moments.standard_error()};
}

Worth worth_of(const std::vector<double>& differences) {
  const Estimate mean = mean_of(differences);
  if (differences.size() < 2) return {mean, {not_a_number, not_a_number}};
  const double reach =
      two_sided_student_quantile(0.95, differences.size() - 1) * mean.standard_error;
  return {mean, {mean.value - reach, mean.value + reach}};
}

/// One figure by world of the draws in which every world has it.
using Worlds = std::vector<double>;

std::vector<Worlds> defined_draws(const std::vector<LoopDraw>& draws, std::size_t figure) {
  std::vector<Worlds> defined;
  for (const LoopDraw& draw : draws) {
    Worlds worlds;
    for (const WorthFigures& world : draw.worlds) worlds.push_back(world[figure]);
    const auto known = [](double value) { return std::isfinite(value); };
    if (std::ranges::all_of(worlds, known)) defined.push_back(std::move(worlds));
  }
  return defined;
}

double synergy_of(const Worlds& worlds, std::size_t loops) {
  double left = worlds[all_world] - worlds[none_world];
  for (std::size_t loop = 0; loop < loops; ++loop) {
    left -= worlds[LoopDesign::only(loop)] - worlds[none_world];
  }
  return left;
}

FigureWorth figure_worth(const std::vector<Worlds>& draws, std::size_t loops) {
  const auto over_draws = [&](const auto& value_of) {
    std::vector<double> values;
    std::ranges::transform(draws, std::back_inserter(values), value_of);
    return values;
  };
  const auto difference = [&](std::size_t more, std::size_t less) {
    return worth_of(over_draws([=](const Worlds& worlds) { return worlds[more] - worlds[less]; }));
  };
  FigureWorth worth{
      .draws = draws.size(),
      .all = mean_of(over_draws([](const Worlds& worlds) { return worlds[all_world]; })),
      .none = mean_of(over_draws([](const Worlds& worlds) { return worlds[none_world]; })),
      .whole = difference(all_world, none_world),
      .synergy =
          worth_of(over_draws([=](const Worlds& worlds) { return synergy_of(worlds, loops); }))};
  for (std::size_t loop = 0; loop < loops; ++loop) {
    worth.taken_away.push_back(difference(all_world, LoopDesign::without(loop)));
    worth.alone.push_back(difference(LoopDesign::only(loop), none_world));
  }
  return worth;
}

Estimate gain_of(const std::vector<LoopDraw>& draws, std::size_t turn,
                 std::vector<double> TurnFigures::*figure) {
  std::vector<double> all;
  std::vector<double> none;
  for (const LoopDraw& draw : draws) {
    all.push_back((draw.all.*figure)[turn]);
    none.push_back((draw.none.*figure)[turn]);
  }
  return ratio_of_means(all, none);
}

}  // namespace

LoopDesign loop_design(const Plan& plan) {
  LoopDesign design{.loops = plan.loops, .names = {}, .idle = {}};
  for (std::string& name : loop_names()) {
    std::string reason = why_idle(plan, name);
    if (reason.empty()) {
      design.names.push_back(std::move(name));
    } else {
      design.idle.push_back({std::move(name), std::move(reason)});
    }
  }
  return design;
}

std::vector<std::string> world_names(const LoopDesign& design) {
  std::vector<std::string> names{"all", "none"};
  for (const std::string& loop : design.names) {
    names.push_back("without " + loop);
    names.push_back("only " + loop);
  }
  return names;
}

Future loops_future(std::uint64_t seed, std::uint64_t index, const LoopDesign& design) {
  Future future = future_of(seed, index / design.futures());
  future.loops = loops_of_world(design, index % design.futures());
  return future;
}

LoopCollector::LoopCollector(LoopDesign design, const OutcomeLayout& layout)
    : design_{std::move(design)}, layout_{layout} {}

Appetite LoopCollector::take(Outcome outcome) {
  const std::size_t world = open_.worlds.size();
  open_failed_ = open_failed_ || outcome.failed;
  if (outcome.failed) {
    open_.worlds.push_back({});
  } else {
    open_.worlds.push_back(worth_figures_of(outcome, layout_));
    if (world == all_world) open_.all = turn_figures_of(outcome, layout_);
    if (world == none_world) open_.none = turn_figures_of(outcome, layout_);
  }
  if (open_.worlds.size() == design_.futures()) close_draw();
  return Appetite::more;
}

void LoopCollector::close_draw() {
  open_.number = draws_.size() + failed_;
  if (open_failed_) {
    ++failed_;
  } else {
    draws_.push_back(std::move(open_));
  }
  open_ = {};
  open_failed_ = false;
}

LoopWorth LoopCollector::result() const {
  expect(draws_.size() >= 2, "the worth of loops needs two whole draws");
  LoopWorth worth{
      .design = design_, .draws = draws_, .failed = failed_, .figures = {}, .turns = {}};
  for (std::size_t figure = 0; figure < worth_figure_count; ++figure) {
    worth.figures[figure] = figure_worth(defined_draws(draws_, figure), design_.names.size());
  }
  worth.without_media = draws_.size() - worth.figures[place(WorthFigure::roas)].draws;
  for (std::size_t turn = 0; turn < layout_.sizes().rotations; ++turn) {
    worth.turns.push_back({.customers = gain_of(draws_, turn, &TurnFigures::customers),
                           .engaged = gain_of(draws_, turn, &TurnFigures::engaged),
                           .media = gain_of(draws_, turn, &TurnFigures::media)});
  }
  return worth;
}

RunReport play_loops(const LoopFutures& futures, const RunRequest& request, OutcomeSink& sink,
                     Interrupt& interrupt) {
  expect(request.first == 0, "draws are numbered from 0");
  // Each world draws its scenario anew: 15 ms of the 0.9 s of a future of
  // configs/three_to_one.toml.
  FuturePlayer player{futures.source};
  RunRequest all = request;
  all.count *= futures.design.futures();
  const PlayReplication play = [&](std::uint64_t index) {
    return player.play(loops_future(futures.seed, index, futures.design));
  };
  return run_replications(all, play, sink, interrupt);
}

}  // namespace flywheel
