#include "study/precision_stop.hpp"

#include <cmath>
#include <utility>

#include "outcome/columns.hpp"

namespace flywheel {

static_assert(static_cast<int>(Column::cohort_roas_180) == 0, "the headline opens every row");

PrecisionStop::PrecisionStop(const PrecisionGoal& goal, double target, OutcomeSink& next)
    : rule_{goal}, target_{target}, next_{next} {}

Appetite PrecisionStop::take(Outcome outcome) {
  const bool defined = outcome.failed || !std::isnan(outcome.row.at(0));
  const bool reached = !outcome.failed && outcome.row.at(0) >= target_;
  const Appetite appetite = next_.take(std::move(outcome));
  if (!defined) return appetite;
  ++tries_.trials;
  if (reached) ++tries_.successes;
  if (index_ == rule_.checkpoints().size() || tries_.trials != rule_.checkpoints()[index_]) {
    return appetite;
  }
  const Look look = rule_.look(index_++, tries_.successes);
  if (!look.precise_enough && index_ < rule_.checkpoints().size()) return appetite;
  look_ = look;
  return Appetite::enough;
}

std::optional<Look> PrecisionStop::last_look() const {
  if (look_ || tries_.trials == 0) return look_;
  return rule_.final_look(tries_);
}

}  // namespace flywheel
