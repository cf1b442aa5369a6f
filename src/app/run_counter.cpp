#include "app/run_counter.hpp"

#include <cmath>
#include <utility>

namespace flywheel {

Appetite RunCounter::take(Outcome outcome) {
  constexpr std::size_t most_failures = 3;
  ++done_;
  if (outcome.is_kept) ++kept_;
  if (outcome.failed) {
    ++failed_;
    if (failures_.size() < most_failures) failures_.push_back(outcome.failure);
  } else if (!std::isnan(outcome.row.at(0))) {
    ++tries_.trials;
    if (outcome.row.at(0) >= target_roas_) ++tries_.successes;
  }
  return next_.take(std::move(outcome));
}

}  // namespace flywheel
