#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>

#include "app/run_interrupt.hpp"
#include "outcome/outcome_sink.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// What a run is watched by while it is going.
struct WatchSetting {
  std::uint64_t count{0};               ///< futures wanted; 0: until something else ends the run
  std::optional<double> target_roas{};  ///< whose chance is shown
  std::optional<double> seconds{};      ///< after which it ends
  bool quiet{false};                    ///< no progress
  const HeldSignals* signals{nullptr};  ///< that are held already; else they are while it plays
};

/// How a run went.
struct WatchedRun {
  RunReport report{};
  double seconds{0};
  bool time_is_over{false};  ///< the time, and no signal, interrupted it
  int signal{0};             ///< that interrupted it, or 0
};

/// Plays into a sink until the interrupt is wanted.
using PlayInto = std::function<RunReport(OutcomeSink& sink, Interrupt& interrupt)>;

/// Plays with progress on `messages`: on a terminal a line written over and over, else one now and
/// then. The first signal ends the run with what is finished, the second ends the program.
[[nodiscard]] WatchedRun run_watched(const WatchSetting& setting, OutcomeSink& sink,
                                     std::ostream& messages, const PlayInto& play);

}  // namespace flywheel
