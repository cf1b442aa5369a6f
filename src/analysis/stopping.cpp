#include "analysis/stopping.hpp"

#include <algorithm>
#include <cmath>

#include "core/check.hpp"

namespace flywheel {

std::size_t checkpoint(std::size_t index) {
  expect(index <= 100, "checkpoints are numbered up to 100");
  double count = 200.0;
  for (std::size_t step = 0; step < index; ++step) count *= 1.25;
  return 50 * static_cast<std::size_t>(std::floor(count / 50.0 + 0.5));
}

PrecisionRule::PrecisionRule(const PrecisionGoal& goal) : goal_{goal} {
  expect(goal.half_width >= 1e-5 && goal.half_width < 0.5,
         "a half-width to stop at lies between 0.00001 and 0.5");
  expect(goal.confidence > 0.0 && goal.confidence < 1.0, "a confidence lies between 0 and 1");
  // For a given number of tries the interval is widest at half of them.
  do {
    checkpoints_.push_back(checkpoint(checkpoints_.size()));
  } while (!look(checkpoints_.size() - 1, checkpoints_.back() / 2).precise_enough);
}

Look PrecisionRule::look_at(Tries tries, double error) const {
  const Interval interval = clopper_pearson_interval(tries, 1.0 - error);
  return {.tries = tries,
          .error_spent = error,
          .interval = interval,
          .precise_enough = interval.half_width() <= goal_.half_width};
}

Look PrecisionRule::look(std::size_t index, std::size_t successes) const {
  expect(index < checkpoints_.size(), "a look is at one of the rule's checkpoints");
  const std::size_t before = index == 0 ? 0 : checkpoints_[index - 1];
  const double share =
      static_cast<double>(checkpoints_[index] - before) / static_cast<double>(checkpoints_.back());
  return look_at({.successes = successes, .trials = checkpoints_[index]},
                 (1.0 - goal_.confidence) * share);
}

Look PrecisionRule::final_look(Tries tries) const {
  expect(tries.trials <= checkpoints_.back(), "no run outlasts the rule's last checkpoint");
  const auto next = std::lower_bound(checkpoints_.begin(), checkpoints_.end(), tries.trials);
  const std::size_t looked = next == checkpoints_.begin() ? 0 : *(next - 1);
  const double share = 1.0 - static_cast<double>(looked) / static_cast<double>(checkpoints_.back());
  return look_at(tries, (1.0 - goal_.confidence) * share);
}

std::optional<Look> PrecisionRule::first_precise_look(std::span<const double> values,
                                                      double target) const {
  std::size_t seen = 0;
  std::size_t successes = 0;
  for (std::size_t index = 0; index < checkpoints_.size(); ++index) {
    if (checkpoints_[index] > values.size()) return std::nullopt;
    successes += count_at_least(values.subspan(seen, checkpoints_[index] - seen), target);
    seen = checkpoints_[index];
    const Look now = look(index, successes);
    if (now.precise_enough) return now;
  }
  return std::nullopt;
}

}  // namespace flywheel
