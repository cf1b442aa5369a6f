#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "plan/number.hpp"
#include "plan/plan.hpp"
#include "random/inverse_table.hpp"
#include "scenario/number_draws.hpp"

namespace flywheel {

using TablePointer = std::shared_ptr<const InverseTable>;

/// The law of a trait for given shape numbers; nothing when the trait is the constant 1.
using LawOfShapes = std::function<std::optional<Law>(double first, double second)>;

/// One trait of shoppers in every future of a run.
///
/// With certain shapes the table is made once; with one uncertain shape it is interpolated from
/// tables over the middle 99.9 % of the shape's distribution, made once too; in the rare other
/// cases a future makes its own in about half a millisecond.
class TraitTable {
 public:
  TraitTable(LawOfShapes law, const Number& first, const Number& second);

  /// The table of this future; null for a constant trait.
  [[nodiscard]] TablePointer at(const DrawnNumbers& drawn) const;

 private:
  LawOfShapes law_;
  Number first_;
  Number second_;
  bool certain_{true};
  TablePointer table_;
  std::shared_ptr<const InverseTable2> tables_;
};

/// The law of a family with these shapes, of mean 1.
[[nodiscard]] std::optional<Law> law_of_mean_one(TraitFamily family, double first, double second);

[[nodiscard]] TraitTable trait_table(const TraitPlan& trait);

/// The tables of a trait's family have this law times `factor`.
[[nodiscard]] Law scaled(Law law, double factor);

}  // namespace flywheel
