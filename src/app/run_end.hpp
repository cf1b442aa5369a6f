#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/run_folder.hpp"
#include "app/run_goal.hpp"
#include "app/run_log.hpp"
#include "app/run_precision.hpp"
#include "app/streams.hpp"
#include "app/watched_run.hpp"

namespace flywheel {

/// What was played, and how it ended.
struct Played {
  RunLog log;
  int signal{0};
  std::optional<Look> look{};           ///< at the goal of precision, if there is one
  std::vector<std::string> failures{};  ///< why the first of the failed ones failed
};

/// Why a run ended, in a word or two.
[[nodiscard]] std::string end_word(const WatchedRun& run);

[[nodiscard]] ExitCode exit_code_of(const Played& played);

/// "flywheel run: sentence"
ExitCode tell_run(const Streams& streams, ExitCode code, const std::string& sentence);

/// What was done is done: a precision that was not met is told, but no failure.
ExitCode tell_gap(const PrecisionReached& reached, const Streams& streams);

/// How many replications were played, how fast, and what ended them.
void tell_end(const Played& played, const Streams& streams);

/// A run in which no replication was finished well.
ExitCode tell_nothing(const Played& played, const Streams& streams);

/// A run that ended before it was complete: what is kept, and how it goes on.
ExitCode tell_rest(const Played& played, const RunPlace& place, const Streams& streams);

/// The part of a run that is played here is done; the result is made when all are.
ExitCode tell_part(const Played& played, const RunGoal& goal, const RunPlace& place,
                   const Streams& streams);

/// What the folder holds beyond a result stays there.
void tell_kept(const RunPlace& place, const Streams& streams);

/// The result is there, so that what is left of the work is no failure; a later start removes it.
/// What was finished beyond it stays: an earlier run that was to be longer may have left it.
void remove_work(RunFolder& folder, const RunPlace& place, std::uint64_t replications,
                 const Streams& streams);

}  // namespace flywheel
