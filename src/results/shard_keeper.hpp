#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "outcome/outcome_sink.hpp"
#include "results/work_folder.hpp"

namespace flywheel {

/// When finished replications go to the disk.
struct KeepRule {
  double every_seconds{15};                ///< measured: 0.1 % of a run's time or less
  std::size_t most_bytes{64 * 1'048'576};  ///< of those that wait
};

/// Passes outcomes on and keeps those that were played now, not read, in shards of a work folder.
/// The order: first the next sink has the outcome, then it is kept.
class ShardKeeper : public OutcomeSink {
 public:
  /// `seconds`: since the run began; `kept`: called after each shard.
  ShardKeeper(WorkFolder& folder, const RunDescription& run, const OutcomeShape& shape,
              const KeepRule& rule, std::function<double()> seconds, std::function<void()> kept,
              OutcomeSink& next);

  Appetite take(Outcome outcome) override;
  /// Keeps what waits; to be called when the run ends.
  void flush();

 private:
  [[nodiscard]] bool is_due() const;

  WorkFolder& folder_;
  const RunDescription& run_;
  OutcomeShape shape_;
  KeepRule rule_;
  std::function<double()> seconds_;
  std::function<void()> kept_;
  OutcomeSink& next_;
  std::vector<Outcome> waiting_;
  double last_{0};
};

}  // namespace flywheel
