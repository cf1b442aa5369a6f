#include "app/watched_run.hpp"

#include <chrono>

#include "app/run_progress.hpp"
#include "app/terminal.hpp"

namespace flywheel {

WatchedRun run_watched(const WatchSetting& setting, OutcomeSink& sink, std::ostream& messages,
                       const PlayInto& play) {
  std::optional<HeldSignals> own;
  const HeldSignals& signals = setting.signals != nullptr ? *setting.signals : own.emplace();
  RunInterrupt interrupt{
      signals, setting.seconds ? std::optional<std::chrono::duration<double>>{*setting.seconds}
                               : std::nullopt};
  const auto begin = std::chrono::steady_clock::now();
  const StopWatch watch = [begin] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const Terminal terminal = terminal_behind(messages);
  std::optional<RunProgress> progress;
  OutcomeSink* first = &sink;
  if (!setting.quiet) {
    first = &progress.emplace(ProgressSetting{.count = setting.count,
                                              .target_roas = setting.target_roas,
                                              .every_seconds = terminal.present ? 0.2 : 10.0,
                                              .rewrites_line = terminal.present},
                              watch, messages, sink);
  }
  WatchedRun run{.report = play(*first, interrupt)};
  run.seconds = watch();
  if (run.report.end == RunEnd::interrupted) {
    run.time_is_over = interrupt.time_is_over();
    if (!run.time_is_over) run.signal = signals.first();
  }
  return run;
}

}  // namespace flywheel
