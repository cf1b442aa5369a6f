#include "results/shard_keeper.hpp"

#include <utility>

namespace flywheel {

ShardKeeper::ShardKeeper(const ShardWork& work, const KeepRule& rule, KeeperCalls calls,
                         OutcomeSink& next)
    : work_{work}, rule_{rule}, calls_{std::move(calls)}, next_{next} {}

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
  work_.folder.keep(waiting_, work_.run, work_.shape);
  waiting_.clear();
  last_ = calls_.seconds();
  calls_.kept();
}

bool ShardKeeper::is_due() const {
  const std::size_t bytes = waiting_.size() * work_.shape.layout.row_size() * sizeof(double);
  return bytes >= rule_.most_bytes || calls_.seconds() - last_ >= rule_.every_seconds;
}

}  // namespace flywheel
