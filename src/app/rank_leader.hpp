#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/rank_message.hpp"
#include "app/ranks.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// Deals the replications of runs out to the processes that were started together: each gets the
/// next one when it has room, whatever the others do.
class RankLeader {
 public:
  /// `ranks` outlives it.
  explicit RankLeader(Ranks& ranks) : ranks_{ranks} {}
  RankLeader(RankLeader&&) = delete;
  /// Lets the others go.
  ~RankLeader();

  /// Tells the others what is played from now on, and waits until they can. Throws
  /// std::runtime_error that says which one cannot, and why.
  void begin(const JobMessage& job);

  /// Threads that play, beside those here.
  [[nodiscard]] int threads_elsewhere() const;
  [[nodiscard]] int processes() const { return ranks_.count(); }

  /// As run_replications; `request.threads` play here, by `play`, and the others what it would.
  [[nodiscard]] RunReport run(const RunRequest& request, const PlayReplication& play,
                              OutcomeSink& sink, Interrupt& interrupt);

 private:
  Ranks& ranks_;
  std::vector<int> threads_;  ///< by rank; here 0
};

}  // namespace flywheel
