#include "app/study_command.hpp"

#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <tbb/info.h>

#include "app/faults.hpp"
#include "app/terminal.hpp"
#include "app/versions.hpp"
#include "app/watched_run.hpp"
#include "core/error_text.hpp"
#include "plan/read_plan.hpp"
#include "random/copula.hpp"
#include "report/figure_text.hpp"
#include "results/file_error.hpp"
#include "results/publish.hpp"
#include "study/describe_run.hpp"

namespace flywheel {

namespace {

/// One call of a command.
struct Call {
  const StudyOptions& options;
  const StudyWords& words;
  const Streams& streams;
};

ExitCode tell(const Call& call, ExitCode code, const std::string& sentence) {
  call.streams.messages << "flywheel " << call.words.command << ": " << sentence << '\n';
  return code;
}

WatchedRun play(const Call& call, Study& study) {
  const StudyOptions& options = call.options;
  const RunRequest draws{
      .count = options.draws,
      .threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency()};
  return run_watched(
      {.count = options.draws * study.futures(), .quiet = options.quiet}, study.collector(),
      call.streams.messages,
      [&](OutcomeSink& sink, Interrupt& interrupt) { return study.play(draws, sink, interrupt); });
}

ExitCode show(const Call& call, const Study& study, const RunDescription& run,
              const WatchedRun& watched) {
  const std::vector<std::byte> image = study.image(run);
  const Result result = read_image(image, call.words.command);
  const Terminal terminal = terminal_behind(call.streams.results);
  if (call.options.format == StudyFormat::json) {
    call.streams.results << study.json(result);
  } else {
    call.streams.results << study.page(result,
                                       {.width = terminal.width, .colored = terminal.wants_color});
  }
  if (!call.options.output.empty()) publish(image, call.options.output, Existing::keep);
  if (watched.signal != 0) {
    return tell(call, static_cast<ExitCode>(128 + watched.signal),
                fmt::format("a signal ended it before all draws were played: this is of {}",
                            counted(static_cast<double>(study.whole_draws()), "draw")));
  }
  return watched.report.end == RunEnd::too_many_failed ? ExitCode::too_many_failed : ExitCode::done;
}

ExitCode tell_too_few(const Call& call, const WatchedRun& watched) {
  if (watched.signal == 0 && watched.report.failed == 0) {
    return tell(call, ExitCode::failed,
                "fewer than three draws spend something on media in all their futures: where "
                "nothing is spent ROAS is undefined, and " +
                    call.words.lack);
  }
  const ExitCode code =
      watched.signal != 0 ? static_cast<ExitCode>(128 + watched.signal) : ExitCode::too_many_failed;
  return tell(call, code, "fewer than three draws were finished: " + call.words.lack);
}

ExitCode run_plan(const Call& call, const MakeStudy& make) {
  const StudyOptions& options = call.options;
  const std::vector<std::string> settings = with_loops(options.settings, options.loops);
  PlanReading reading = read_plan(options.plan, settings, options.sweep_case);
  if (!reading.plan) return tell_faults(reading.faults, call.streams);
  if (!options.quiet) tell_warnings(reading.warnings, call.streams);
  if (!options.output.empty() && std::filesystem::exists(options.output)) {
    throw FileError{
        options.output,
        "exists already and is left as it is: give another file by -o, or remove this one"};
  }
  if (!options.output.empty()) check_publishable(options.output);
  const std::uint64_t seed = options.seed.value_or(1);
  const ScenarioSource source{*std::move(reading.plan)};
  const RunOrigin origin{.reading = std::move(reading),
                         .settings = settings,
                         .luck = {.seed = seed, .frozen = {}},
                         .versions = library_versions()};
  RunDescription run = describe_run(source, origin);
  const std::unique_ptr<Study> study = make(source, seed);
  const WatchedRun watched = play(call, *study);
  constexpr std::size_t fewest = 3;
  if (study->whole_draws() < fewest) return tell_too_few(call, watched);
  run.identity.complete = watched.report.end == RunEnd::all_played ? 1 : 0;
  return show(call, *study, run, watched);
}

}  // namespace

ExitCode run_study_command(const StudyOptions& options, const StudyWords& words,
                           const MakeStudy& make, const Streams& streams) {
  const Call call{.options = options, .words = words, .streams = streams};
  try {
    return run_plan(call, make);
  } catch (const ImpossibleCorrelations& error) {
    return tell(call, ExitCode::refused, escape_text(error.what()));
  } catch (const NothingToPlay& error) {
    return tell(call, ExitCode::refused, escape_text(error.what()));
  } catch (const FileError& error) {
    return tell(call, ExitCode::file, escape_text(error.what()));
  }
}

void add_study_options(CLI::App& command, StudyOptions& options, const WholeOption& count) {
  command.add_option("plan", options.plan, "the plan's file")->required();
  command.add_option("-o,--output", options.output, "keep the result in this file");
  add_whole_option(command, options.draws, count);
  add_whole_option(command, options.seed, seed_option());
  add_whole_option(command, options.threads, threads_option());
  command
      .add_option("--set", options.settings, "key=value over what the plan says; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--case", options.sweep_case, "a case of the plan's [sweep], by name");
  add_loop_options(command, options.loops);
  command.add_flag_callback(
      "--json", [&options] { options.format = StudyFormat::json; }, "as JSON");
  command.add_flag("--quiet", options.quiet, "no progress");
}

}  // namespace flywheel
