#include "app/run_end.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "app/run_progress.hpp"
#include "core/error_text.hpp"
#include "report/figure_text.hpp"

namespace flywheel {

std::string end_word(const WatchedRun& run) {
  switch (run.report.end) {
    case RunEnd::all_played:
      return "replications";
    case RunEnd::enough:
      return "precision";
    case RunEnd::too_many_failed:
      return "too many failed";
    case RunEnd::interrupted:
      break;
  }
  return run.time_is_over ? "time" : "signal";
}

ExitCode exit_code_of(const Played& played) {
  const RunReport& report = played.log.report;
  if (report.end == RunEnd::too_many_failed) return ExitCode::too_many_failed;
  // What a shell says of a program that a signal ended.
  if (played.signal != 0) return static_cast<ExitCode>(128 + played.signal);
  // However many failures are borne, a run without a result is none that was done.
  if (report.failed == report.done) {
    return report.failed > 0 ? ExitCode::too_many_failed : ExitCode::failed;
  }
  return ExitCode::done;
}

ExitCode tell_run(const Streams& streams, ExitCode code, const std::string& sentence) {
  streams.messages << "flywheel run: " << sentence << '\n';
  return code;
}

ExitCode tell_gap(const PrecisionReached& reached, const Streams& streams) {
  const std::string sentence = precision_gap(reached);
  return sentence.empty() ? ExitCode::done : tell_run(streams, ExitCode::done, sentence);
}

void tell_end(const Played& played, const Streams& streams) {
  const RunLog& log = played.log;
  const auto now = static_cast<double>(log.report.done - log.kept);
  std::string before;
  if (log.kept > 0) {
    before = fmt::format(" and {} from before", grouped(static_cast<double>(log.kept)));
  }
  streams.messages << fmt::format("{}{} in {} on {} ({:.3g} a second); ended by: {}\n",
                                  counted(now, "replication"), before, duration_text(log.seconds),
                                  counted(log.threads, "thread"), now / std::max(log.seconds, 1e-9),
                                  log.end);
}

ExitCode tell_nothing(const Played& played, const Streams& streams) {
  const RunReport& report = played.log.report;
  for (const std::string& failure : played.failures) {
    streams.messages << "  " << escape_text(failure) << '\n';
  }
  if (report.failed == 0) {
    return tell_run(streams, exit_code_of(played),
                    "no replication was finished: nothing is written");
  }
  return tell_run(streams, exit_code_of(played),
                  fmt::format("all replications failed ({} of {}): nothing is written",
                              report.failed, report.done));
}

ExitCode tell_rest(const Played& played, const RunPlace& place, const Streams& streams) {
  const ExitCode code = exit_code_of(played);
  const std::string folder = escape_text(place.folder.string());
  const std::string how = code == ExitCode::too_many_failed
                              ? "more failures are borne by --failures"
                              : "the same command goes on from there";
  return tell_run(streams, code,
                  fmt::format("{} are kept in {}; {}; what there is so far: flywheel summary "
                              "{}/preview.h5",
                              counted(static_cast<double>(played.log.report.done), "replication"),
                              folder, how, folder));
}

ExitCode tell_part(const Played& played, const RunGoal& goal, const RunPlace& place,
                   const Streams& streams) {
  if (played.log.report.done < goal.range.count) return tell_rest(played, place, streams);
  const std::string output = escape_text(place.output.string());
  return tell_run(
      streams, ExitCode::done,
      fmt::format("part {} is done: replications {} to {} are kept in {}; when all {} parts "
                  "are: flywheel merge {}.*-of-{}.run -o {}",
                  goal.part.text(), goal.range.first, goal.range.end() - 1,
                  escape_text(place.folder.string()), goal.part.of,
                  escape_text(part_stem(place.output).string()), goal.part.of, output));
}

void tell_kept(const RunPlace& place, const Streams& streams) {
  streams.messages << escape_text(place.folder.string())
                   << " holds finished replications beyond these: a longer run goes on from them\n";
}

void remove_work(RunFolder& folder, const RunPlace& place, std::uint64_t replications,
                 const Streams& streams) {
  try {
    if (folder.has_beyond(replications)) return tell_kept(place, streams);
    folder.work().remove();
  } catch (const FileError& error) {
    streams.messages << "warning: " << escape_text(error.what()) << '\n';
  }
}

}  // namespace flywheel
