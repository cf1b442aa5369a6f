#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "outcome/outcome_sink.hpp"
#include "results/work_folder.hpp"

namespace flywheel {

/// When finished replications go to the disk.
struct KeepRule {
  double every_seconds{15};                        ///< measured: 0.1 % of a run's time or less
  std::size_t most_bytes{std::size_t{64} << 20U};  ///< of those that wait
};

/// Whose replications are kept, and where.
struct ShardWork {
  WorkFolder& folder;
  const RunDescription& run;
  OutcomeShape shape;
};

/// What a keeper asks and tells.
struct KeeperCalls {
  std::function<double()> seconds;  ///< since the run began
  std::function<void()> kept;       ///< after each shard
};

/// Passes outcomes on and keeps those that were played now, not read, in shards of a work folder.
/// The order: first the next sink has the outcome, then it is kept.
class ShardKeeper : public OutcomeSink {
 public:
  ShardKeeper(const ShardWork& work, const KeepRule& rule, KeeperCalls calls, OutcomeSink& next);

  Appetite take(Outcome outcome) override;
  /// Keeps what waits; to be called when the run ends.
  void flush();

 private:
  [[nodiscard]] bool is_due() const;

  ShardWork work_;
  KeepRule rule_;
  KeeperCalls calls_;
  OutcomeSink& next_;
  std::vector<Outcome> waiting_;
  double last_{0};
};

}  // namespace flywheel
