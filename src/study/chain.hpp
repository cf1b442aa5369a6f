#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "results/outcome_table.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// How a step of the chain is written for people.
enum class ChainUnit : std::int8_t { money, share, factor };

/// One step on the way from the plan's benchmark figures to return on ad spend.
struct ChainStep {
  std::string name;  ///< "CPM", "first-order ROAS"
  ChainUnit unit;
  double plan;                 ///< what the plan's medians give by arithmetic
  std::vector<double> played;  ///< the same figure in each future that did not fail
};

/// CPM -> CTR -> CPC -> conversion -> CAC -> order value -> first-order ROAS -> repeat -> referral
/// -> gross ROAS -> returns -> net ROAS.
///
/// The plan's side multiplies medians: budgets over prices and click rates by channel, without
/// season, wear-out, targeting, messages, offers or retargeting; repeat is one plus the expected
/// repeat purchases within the cohort days (repeat_expectation); referral is 1 + R uplift / (1 - R)
/// with R = share_rate clicks_per_share conversion_rate; returns keep 1 - return_rate
/// (1 - partial_share (1 - partial_value)). Where the two sides part is where the simulation knows
/// something that multiplying averages does not.
///
/// The played side: first-order ROAS is order value over CAC; referral is 1 / (1 - referred
/// customers per customer); repeat is gross ROAS over the product of the two, so it holds every
/// other order of the cohort, offers and messages among them.
[[nodiscard]] std::vector<ChainStep> follow_chain(const Plan& plan, const OutcomeTable& table);

/// Expected repeat purchases within `days` of a first order, at the medians of the plan.
///
/// Pareto/NBD (Schmittlein, Morrison & Colombo 1987): r b / (a (s - 1)) (1 - (b / (b + t))^(s -
/// 1)). BG/NBD (Fader, Hardie & Lee 2005, equation 9), with Gauss' 2F1 by its series.
[[nodiscard]] double repeat_expectation(const RepeatPlan& plan, double days);

/// The group /chain: [step] `plan`, `played` (mean), `played_error`, `played_median`,
/// `played_median_error`, `unit`.
///
/// The plan's side is made of medians, so it is held against the played median: the mean of a
/// skewed figure lies above it, however well the plan's arithmetic is followed.
[[nodiscard]] ResultGroup chain_group(const std::vector<ChainStep>& chain);

}  // namespace flywheel
