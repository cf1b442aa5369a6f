#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate.hpp"
#include "outcome/outcome.hpp"
#include "plan/plan.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// What loops are valued by.
enum class WorthFigure : std::uint8_t {
  roas,
  contribution,
  cohort_contribution,
  customers,
  count_
};
inline constexpr std::size_t worth_figure_count = static_cast<std::size_t>(WorthFigure::count_);

/// A loop that does nothing in the plan, and why.
struct IdleLoop {
  std::string name;
  std::string reason;
};

/// Which loops are switched, and the worlds in which each draw is played: 0 all loops of the plan,
/// 1 none, then for each loop all but it and it alone.
struct LoopDesign {
  LoopsPlan loops;                 ///< of the plan
  std::vector<std::string> names;  ///< those that do something
  std::vector<IdleLoop> idle;      ///< the others, which are left out

  [[nodiscard]] std::uint64_t futures() const { return 2 + 2 * names.size(); }
  [[nodiscard]] static std::size_t without(std::size_t loop) { return 2 + 2 * loop; }
  [[nodiscard]] static std::size_t only(std::size_t loop) { return 3 + 2 * loop; }
};

[[nodiscard]] LoopDesign loop_design(const Plan& plan);

/// "all", "none", "without targeting", "only targeting", ...
[[nodiscard]] std::vector<std::string> world_names(const LoopDesign& design);

/// The future of this index: draw index / futures() in the world index % futures(). It is the
/// future that a plain run plays as replication `draw`, but for the loops (Future::loops): all
/// worlds of a draw share parameters, market and shoppers.
[[nodiscard]] Future loops_future(std::uint64_t seed, std::uint64_t index,
                                  const LoopDesign& design);

using WorthFigures = std::array<double, worth_figure_count>;

/// Totals by rotation of one future.
struct TurnFigures {
  std::vector<double> customers{};  ///< won
  std::vector<double> engaged{};    ///< visits that were not left at once
  std::vector<double> media{};      ///< money
};

struct LoopDraw {
  std::uint64_t number{0};  ///< of the replication whose luck it has
  std::vector<WorthFigures> worlds{};
  TurnFigures all{};
  TurnFigures none{};
};

/// A mean of paired differences.
struct Worth {
  Estimate estimate;
  Interval interval;  ///< 95 %, by Student's t
};

/// One figure: what it is, and what each loop changes of it.
struct FigureWorth {
  std::size_t draws{0};  ///< in which it is defined in every world
  Estimate all;
  Estimate none;
  std::vector<Worth> taken_away{};  ///< all - without, by loop
  std::vector<Worth> alone{};       ///< only - none, by loop
  Worth whole;                      ///< all - none
  Worth synergy;                    ///< whole - sum of alone
};

/// A rotation with all loops over the same with none: ratios of means.
struct TurnGain {
  Estimate customers;
  Estimate engaged;
  Estimate media;
};

struct LoopWorth {
  LoopDesign design;
  std::vector<LoopDraw> draws;
  std::uint64_t failed{0};         ///< draws left out since one of their futures failed
  std::uint64_t without_media{0};  ///< left out for ROAS: one of theirs spent nothing on media
  std::array<FigureWorth, worth_figure_count> figures;
  std::vector<TurnGain> turns;
};

/// What the worths are made from, as outcomes come in, world by world and draw by draw.
class LoopCollector : public OutcomeSink {
 public:
  LoopCollector(LoopDesign design, const OutcomeLayout& layout);

  Appetite take(Outcome outcome) override;

  /// The worths in what has come in; needs two whole draws.
  [[nodiscard]] LoopWorth result() const;

  /// Draws of which every future came in and did not fail.
  [[nodiscard]] std::size_t whole_draws() const { return draws_.size(); }

 private:
  void close_draw();

  LoopDesign design_;
  OutcomeLayout layout_;
  std::vector<LoopDraw> draws_;
  LoopDraw open_;  ///< whose futures are coming in
  bool open_failed_{false};
  std::uint64_t failed_{0};
};

/// Whose futures are played.
struct LoopFutures {
  const ScenarioSource& source;
  const LoopDesign& design;
  std::uint64_t seed;
};

/// Plays the futures of `request.count` draws (not replications).
[[nodiscard]] RunReport play_loops(const LoopFutures& futures, const RunRequest& request,
                                   OutcomeSink& sink, Interrupt& interrupt);

}  // namespace flywheel
