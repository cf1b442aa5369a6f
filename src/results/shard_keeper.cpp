#include "results/shard_keeper.hpp"

#include <utility>

namespace flywheel {

ShardKeeper::ShardKeeper(WorkFolder& folder, const RunDescription& run, const OutcomeShape& shape,
                         const KeepRule& rule, std::function<double()> seconds,
                         std::function<void()> kept, OutcomeSink& next)
    : folder_{folder},
      run_{run},
      shape_{shape},
      rule_{rule},
      seconds_{std::move(seconds)},
      kept_{std::move(kept)},
      next_{next} {}

Appetite ShardKeeper::take(Outcome outcome) {
  if (outcome.is_kept) {
    flush();  // a shard has no gaps
    return next_.take(std::move(outcome));
  }
  waiting_.push_back(outcome);
  const Appetite appetite = next_.take(std::move(outcome));
  if (is_due()) flush();
  return appetite;
}

void ShardKeeper::flush() {
  if (waiting_.empty()) return;
  folder_.keep(waiting_, run_, shape_);
  waiting_.clear();
  last_ = seconds_();
  kept_();
}

bool ShardKeeper::is_due() const {
  const std::size_t bytes = waiting_.size() * shape_.layout.row_size() * sizeof(double);
  return bytes >= rule_.most_bytes || seconds_() - last_ >= rule_.every_seconds;
}

}  // namespace flywheel
