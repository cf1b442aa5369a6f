#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// Which levels of randomness stand still while the others vary.
struct Frozen {
  bool parameters{false};  ///< every uncertain number at its median
  bool market{false};      ///< the expected path
  bool shoppers{false};    ///< the luck of replication 0

  friend bool operator==(const Frozen&, const Frozen&) = default;
};

/// Which future: a seed and, for each level, the number of the replication whose draw it takes.
struct Future {
  std::uint64_t seed{0};
  std::uint64_t parameters{0};
  std::uint64_t market{0};
  std::uint64_t shoppers{0};
  Frozen frozen;
  std::optional<KeptBasis> kept{};  ///< none: all numbers are of the draw `parameters`

  /// On the daily budgets of all channels and on retargeting's, when they are spent; above 0.
  ///
  /// Reference budgets and base rates stay those of the plan, since other money does not make other
  /// people. So price slope, frequency, wear-out, exhaustion and caps alone make the response bend.
  /// What is expected of these people goes with the money: impressions that clicks need, visits
  /// that brand ads meet, windows that the first rotation of retargeting finds open. Retargeting
  /// without a limit and ads to customers have no budget: they follow visitors and orders.
  double media_factor{1.0};

  /// Loops that may turn, of those of the plan; none: all that turn there. A loop that is switched
  /// off here is off as by the plan's own switch: people, market and base rates are the same.
  std::optional<LoopsPlan> loops{};
};

/// The future that a plain run plays as this replication: one number for all three levels.
[[nodiscard]] Future future_of(std::uint64_t seed, std::uint64_t replication,
                               const Frozen& frozen = {});

/// Makes the scenarios of one plan.
///
/// Owns what all futures share: tables of traits, the correlations of uncertain numbers, and the
/// solved scenario of the medians. Throws ImpossibleCorrelations when the plan asks for
/// correlations that no numbers can have.
class ScenarioSource {
 public:
  explicit ScenarioSource(Plan plan);
  ~ScenarioSource();
  ScenarioSource(ScenarioSource&&) noexcept;
  ScenarioSource& operator=(ScenarioSource&&) noexcept;
  ScenarioSource(const ScenarioSource&) = delete;
  ScenarioSource& operator=(const ScenarioSource&) = delete;

  [[nodiscard]] const Plan& plan() const;

  /// One future. A pure function of the plan and `future`; may be called from several threads.
  [[nodiscard]] Scenario draw(const Future& future) const;

  /// Full keys of the plan's uncertain numbers, in the order of the table of parameters.
  [[nodiscard]] std::span<const std::string> uncertain_names() const;

  /// What they rest on, as far as the parameters are drawn apart by it (NumberDraws::draw_apart).
  [[nodiscard]] std::vector<NumberBasis> uncertain_bases() const;

  /// Their values in a future, in the same order.
  [[nodiscard]] std::vector<double> drawn(const Future& future) const;

 private:
  class Run;
  std::unique_ptr<const Run> run_;
};

}  // namespace flywheel
