#pragma once

#include <cstdint>
#include <functional>

#include <tbb/enumerable_thread_specific.h>

#include "outcome/outcome_sink.hpp"
#include "scenario/draw_scenario.hpp"
#include "simulation/replication.hpp"

namespace flywheel {

/// Which replications to play, and with what.
struct RunRequest {
  std::uint64_t first{0};              ///< number of the first replication
  std::uint64_t count{0};              ///< how many, one after the other
  int threads{1};                      ///< at least 1
  std::uint64_t failures_allowed{10};  ///< one more ends the run
};

enum class RunEnd {
  all_played,
  enough,       ///< the sink had enough
  interrupted,  ///< what was finished by then went to the sink
  too_many_failed,
};

struct RunReport {
  RunEnd end{RunEnd::all_played};
  std::uint64_t done{0};    ///< outcomes the sink took: replications first ... first + done - 1
  std::uint64_t failed{0};  ///< of these, failed ones
  std::int64_t events{0};   ///< sum over them
};

/// Plays the replication of this number; several at the same time.
using PlayReplication = std::function<Outcome(std::uint64_t replication)>;

/// Plays one replication; whatever it throws is told by a failed outcome.
[[nodiscard]] Outcome play_safely(const PlayReplication& play, std::uint64_t replication);

/// Plays replications in parallel and hands them to the sink in their order.
///
/// A replication that throws, or whose headline figures are not finite, becomes a failed outcome
/// with its number and a message, and the run goes on. What the sink sees is the same on any number
/// of threads; only where an interrupt cuts depends on time. Memory is bounded: at most four
/// replications for each thread are in flight or wait for an earlier one. Exceptions of the sink
/// end the run and are passed on.
[[nodiscard]] RunReport run_replications(const RunRequest& request, const PlayReplication& play,
                                         OutcomeSink& sink, Interrupt& interrupt);

/// Throws ContractBroken when a headline figure is no finite number: money in any future, return on
/// ad spend where media was bought. A future without media is a valid one in which no ROAS is
/// defined.
void check_headline(const OutcomeLayout& layout, const Outcome& outcome);

/// Where the columns of this source's outcomes lie.
[[nodiscard]] OutcomeLayout outcome_layout(const ScenarioSource& source);

/// Plays futures of a source, with the parameters drawn for it; `replication` is left at 0.
class FuturePlayer {
 public:
  explicit FuturePlayer(const ScenarioSource& source)
      : source_{&source}, layout_{outcome_layout(source)} {}

  /// Each thread that plays keeps its memory for the next future.
  [[nodiscard]] Outcome play(const Future& future);

 private:
  const ScenarioSource* source_;
  OutcomeLayout layout_;
  tbb::enumerable_thread_specific<ReplicationMemory> memories_;
};

/// Which luck the replications of a run have.
struct RunLuck {
  std::uint64_t seed{1};
  Frozen frozen{};
};

/// Replication r of a run is the future of (seed, r). `player` outlives it.
[[nodiscard]] PlayReplication play_by(FuturePlayer& player, const RunLuck& luck);

/// The main job: replication r of a run is the future of (seed, r).
[[nodiscard]] RunReport run_study(const ScenarioSource& source, const RunLuck& luck,
                                  const RunRequest& request, OutcomeSink& sink,
                                  Interrupt& interrupt);

}  // namespace flywheel
