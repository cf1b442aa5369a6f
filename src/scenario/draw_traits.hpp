#pragma once

#include <vector>

#include "audience/traits.hpp"
#include "plan/plan.hpp"
#include "scenario/number_draws.hpp"
#include "scenario/trait_table.hpp"

namespace flywheel {

/// What shoppers are in one future.
struct DrawnTraits {
  AudienceTraits audience;
  TraitQuantile order_noise;
  std::vector<TablePointer> tables;  ///< what the quantiles point to
};

/// The traits of a plan's shoppers: owns the tables that all futures of a run share.
class TraitTables {
 public:
  explicit TraitTables(const Plan& plan);

  [[nodiscard]] DrawnTraits at(const Plan& plan, const DrawnNumbers& drawn) const;

 private:
  TraitTable exposure_;
  TraitTable affinity_;
  TraitTable price_sensitivity_;
  TraitTable engagement_;
  TraitTable propensity_;
  TraitTable purchase_rate_;
  TraitTable dropout_;
  TraitTable basket_level_;
  TraitTable order_noise_;
};

/// Pearson's correlation of the normal scores that gives this Spearman correlation to the ranks:
/// 2 sin(pi rho / 6) (Kruskal 1958).
[[nodiscard]] double normal_score_correlation(double spearman);

}  // namespace flywheel
