#include "app/run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <tbb/info.h>

#include "app/cap_warnings.hpp"
#include "app/existing_result.hpp"
#include "app/faults.hpp"
#include "app/run_chain.hpp"
#include "app/run_disk.hpp"
#include "app/run_finish.hpp"
#include "app/run_folder.hpp"
#include "app/run_goal.hpp"
#include "app/run_log.hpp"
#include "app/run_memory.hpp"
#include "app/run_paper.hpp"
#include "app/run_precision.hpp"
#include "app/run_progress.hpp"
#include "app/terminal.hpp"
#include "app/versions.hpp"
#include "app/watched_run.hpp"
#include "app/whole_option.hpp"
#include "core/error_text.hpp"
#include "plan/expected_journeys.hpp"
#include "plan/read_plan.hpp"
#include "random/copula.hpp"
#include "report/figure_text.hpp"
#include "report/headline_section.hpp"
#include "results/file_error.hpp"
#include "results/publish.hpp"
#include "results/result.hpp"
#include "study/describe_run.hpp"
#include "study/precision_stop.hpp"
#include "study/resume.hpp"
#include "study/run_shape.hpp"

namespace flywheel {

namespace {

/// Everything known before the first replication.
struct Job {
  const RunOptions& options;
  RunPaper paper;
  const RunGoal& goal;
  const ScenarioSource& source;
  RunDescription run;
  std::optional<ExistingResult> existing;
  int threads;
};

ExitCode tell(const Streams& streams, ExitCode code, const std::string& sentence) {
  streams.messages << "flywheel run: " << sentence << '\n';
  return code;
}

bool is_done_already(const RunGoal& goal, const ExistingResult& existing, double target) {
  if (!existing.complete) return false;
  if (existing.replications >= goal.count) return true;
  if (!goal.precision) return false;
  const PrecisionRule rule{{.half_width = *goal.precision}};
  return rule.first_precise_look(existing.headline, target).has_value();
}

/// What was done is done: a precision that was not met is told, but no failure.
ExitCode tell_gap(const PrecisionReached& reached, const Streams& streams) {
  const std::string sentence = precision_gap(reached);
  return sentence.empty() ? ExitCode::done : tell(streams, ExitCode::done, sentence);
}

/// What is there decides: nothing to do (an exit code), or go on.
std::optional<ExitCode> settle_existing(const Job& job, const Streams& streams) {
  if (!job.existing) return std::nullopt;
  const std::string name = escape_text(job.options.output.string());
  const auto lines = run_differences(job.existing->run_lines, job.run.run_lines);
  if (!lines.empty()) {
    tell(streams, ExitCode::refused,
         name + " holds another run and is left as it is (- what it holds, + what was asked for):");
    for (const std::string& line : lines) streams.messages << "  " << escape_text(line) << '\n';
    streams.messages << "give another file by -o, or remove this one\n";
    return ExitCode::refused;
  }
  if (!is_done_already(job.goal, *job.existing, job.run.target_roas)) return std::nullopt;
  tell(streams, ExitCode::done,
       fmt::format("{} is already complete: {}", name,
                   counted(static_cast<double>(job.existing->replications), "replication")));
  if (!job.options.quiet) show_headline(job.options.output, streams);
  if (!job.goal.precision) return ExitCode::done;
  const PrecisionRule rule{{.half_width = *job.goal.precision}};
  const double target = job.run.target_roas;
  return tell_gap({.half_width = *job.goal.precision,
                   .target = target,
                   .end = RunEnd::all_played,
                   .replications = job.existing->replications,
                   .look = look_at_run(rule, job.existing->headline, target)},
                  streams);
}

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

/// What was played, and how it ended.
struct Played {
  RunLog log;
  int signal{0};
  std::optional<Look> look{};           ///< at the goal of precision, if there is one
  std::vector<std::string> failures{};  ///< why the first of the failed ones failed
};

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

ChainSetting chain_setting(const Job& job, const RunFolder& folder, const std::string& started) {
  return {.preview = {.folder = folder.work().path(),
                      .started = started,
                      .count = job.goal.bounded ? job.goal.range.count : 0,
                      .part = job.goal.part.text(),
                      .threads = job.threads,
                      .every_seconds = job.options.preview_seconds},
          .keep = {.every_seconds = job.options.keep_seconds},
          .precision = job.goal.precision};
}

Played play(const Job& job, RunFolder& folder, const Streams& streams) {
  Played played{.log = {.started = utc_now(), .threads = job.threads, .end = {}, .report = {}}};
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [begin] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  RunChain chain{chain_setting(job, folder, played.log.started),
                 {job.source.plan(), job.run, folder},
                 seconds};
  const WatchSetting setting{.count = job.goal.bounded ? job.goal.range.count : 0,
                             .target_roas = job.run.target_roas,
                             .seconds = job.goal.seconds,
                             .quiet = job.options.quiet};
  const RunRequest request{.first = job.goal.range.first,
                           .count = job.goal.range.count,
                           .threads = job.threads,
                           .failures_allowed = job.options.failures_allowed};
  const RunLuck luck{.seed = job.run.identity.seed, .frozen = job.goal.frozen};
  const WatchedRun run = run_watched(
      setting, chain.first(), streams.messages, [&](OutcomeSink& first, Interrupt& interrupt) {
        const PlayRange range = [&](const RunRequest& part, OutcomeSink& sink) {
          return run_study(job.source, luck, part, sink, interrupt);
        };
        return play_rest(request, folder, range, first);
      });
  chain.flush();
  played.log.report = run.report;
  played.log.seconds = run.seconds;
  played.log.end = end_word(run);
  played.log.kept = chain.counter().kept();
  played.failures = chain.counter().failures();
  played.signal = run.signal;
  played.look = chain.last_look();
  const bool leaves_folder = exit_code_of(played) != ExitCode::done || !job.goal.part.is_whole();
  if (leaves_folder) chain.preview().finish(played.log.end);
  return played;
}

std::string nothing_finished(const RunReport& report) {
  if (report.failed == 0) return "no replication was finished: nothing is written";
  return fmt::format("all replications failed ({} of {}): nothing is written", report.failed,
                     report.done);
}

void tell_end(const Job& job, const Played& played, const Streams& streams) {
  const RunReport& report = played.log.report;
  const auto now = static_cast<double>(report.done - played.log.kept);
  std::string before;
  if (played.log.kept > 0) {
    before = fmt::format(" and {} from before", grouped(static_cast<double>(played.log.kept)));
  }
  streams.messages << fmt::format("{}{} in {} on {} ({:.3g} a second); ended by: {}\n",
                                  counted(now, "replication"), before,
                                  duration_text(played.log.seconds), counted(job.threads, "thread"),
                                  now / std::max(played.log.seconds, 1e-9), played.log.end);
}

/// A run that ended before it was complete: what is kept, and how it goes on.
ExitCode tell_rest(const Played& played, const RunFolder& folder, ExitCode code,
                   const Streams& streams) {
  const std::string place = escape_text(folder.work().path().string());
  const std::string how = code == ExitCode::too_many_failed
                              ? "more failures are borne by --failures"
                              : "the same command goes on from there";
  return tell(streams, code,
              fmt::format("{} are kept in {}; {}; what there is so far: flywheel summary "
                          "{}/preview.h5",
                          counted(static_cast<double>(played.log.report.done), "replication"),
                          place, how, place));
}

/// The part of a run that is played here is done; the result is made when all are.
ExitCode finish_part(const Job& job, const Played& played, const RunFolder& folder,
                     const Streams& streams) {
  if (played.log.report.done < job.goal.range.count) {
    return tell_rest(played, folder, ExitCode::done, streams);
  }
  const RunPart& part = job.goal.part;
  const std::string output = escape_text(job.options.output.string());
  return tell(
      streams, ExitCode::done,
      fmt::format("part {} is done: replications {} to {} are kept in {}; when all {} parts "
                  "are: flywheel merge {}.*-of-{}.run -o {}",
                  part.text(), job.goal.range.first, job.goal.range.end() - 1,
                  escape_text(folder.work().path().string()), part.of,
                  escape_text(part_stem(job.options.output).string()), part.of, output));
}

/// Never ends anything.
class Undisturbed : public Interrupt {
 public:
  [[nodiscard]] bool wanted() override { return false; }
};

/// Makes the file from what the folder holds, not from what this process remembers.
void write_result(Job& job, const Played& played, RunFolder& folder) {
  job.run.identity.complete = 1;
  folder.look();
  Undisturbed undisturbed;
  const RunLuck luck{.seed = job.run.identity.seed, .frozen = job.goal.frozen};
  const PlayRange again = [&](const RunRequest& part, OutcomeSink& sink) {
    return run_study(job.source, luck, part, sink, undisturbed);
  };
  // A name that was free at the start belongs to whoever took it since.
  write_whole_run({.plan = job.source.plan(),
                   .run = job.run,
                   .shape = folder.shape(),
                   .request = {.count = played.log.report.done, .threads = job.threads}},
                  folder, again,
                  {.output = job.options.output,
                   .scratch = folder.work().path(),
                   .existing = job.existing ? Existing::replace : Existing::keep,
                   .temporary = folder.work().path()});
}

ExitCode finish(Job& job, const Played& played, RunFolder& folder, const Streams& streams) {
  const ExitCode code = exit_code_of(played);
  const RunReport& report = played.log.report;
  if (!job.options.quiet || code != ExitCode::done) tell_end(job, played, streams);
  if (report.failed == report.done) {
    for (const std::string& failure : played.failures) {
      streams.messages << "  " << escape_text(failure) << '\n';
    }
    folder.work().remove();
    return tell(streams, code, nothing_finished(report));
  }
  if (code != ExitCode::done) return tell_rest(played, folder, code, streams);
  if (!job.goal.part.is_whole()) return finish_part(job, played, folder, streams);
  write_result(job, played, folder);
  write_run_log(played.log, job.options.output, folder.work().path());
  folder.work().remove();
  if (!job.options.quiet) show_headline(job.options.output, streams);
  if (!job.goal.precision) return code;
  return tell_gap({.half_width = *job.goal.precision,
                   .target = job.run.target_roas,
                   .end = report.end,
                   .replications = report.done,
                   .look = played.look},
                  streams);
}

void warn_about_memory(const Job& job, const Streams& streams) {
  const double threads = job.threads;
  const double at_once =
      job.goal.bounded ? std::min(threads, static_cast<double>(job.goal.count)) : threads;
  const auto sentence =
      memory_warning(expect_journeys(job.source.plan()).total(), at_once, machine_memory_bytes());
  if (sentence) streams.messages << "warning: " << *sentence << '\n';
}

/// Refuses to work where another run does; else the folder is this run's.
std::optional<ExitCode> settle_folder(const Job& job, RunFolder& folder, const Streams& streams) {
  const std::string place = escape_text(folder.work().path().string());
  if (const auto lines = folder.differences(); !lines.empty()) {
    tell(
        streams, ExitCode::refused,
        place + " holds another run and is left as it is (- what it holds, + what was asked for):");
    for (const std::string& line : lines) streams.messages << "  " << escape_text(line) << '\n';
    streams.messages << "give another file by -o, or remove this folder\n";
    return ExitCode::refused;
  }
  if (!folder.work().is_locked()) {
    streams.messages << "warning: the file system of " << place
                     << " knows no locks: see that no second run works there\n";
  }
  folder.begin();
  write_run_paper(job.paper, folder.work().path());
  if (job.existing) folder.add_result();
  if (folder.has_some() && !job.options.quiet) {
    streams.messages << "going on from what is finished in "
                     << (job.existing ? escape_text(job.options.output.string()) : place) << '\n';
  }
  return std::nullopt;
}

ExitCode run_job(Job job, const Streams& streams) {
  const OutcomeShape shape = run_shape(job.source);
  const RunPlace place{.output = job.options.output,
                       .folder = folder_of(job.options.output, job.goal.part),
                       .part = line_of(job.goal.part, job.goal.count)};
  if (const auto settled = settle_existing(job, streams)) {
    if (*settled == ExitCode::done) remove_left_folder(place, job.run, shape);
    return *settled;
  }
  if (!job.options.quiet) warn_about_memory(job, streams);
  // A run of hours should not find out at its end that it cannot write; its folder tells the rest.
  check_parent(job.options.output);
  if (job.goal.bounded) {
    const double needed = disk_need_bytes(shape, job.goal.range.count);
    const auto shortage = disk_shortage(needed, free_disk_bytes(job.options.output));
    if (shortage) return tell(streams, ExitCode::file, *shortage);
  }
  RunFolder folder{place, job.run, shape};
  if (const auto settled = settle_folder(job, folder, streams)) return *settled;
  const Played played = play(job, folder, streams);
  const ExitCode code = finish(job, played, folder, streams);
  for (const std::string& sentence : folder.work().set_aside()) {
    streams.messages << "warning: " << escape_text(sentence) << '\n';
  }
  return code;
}

ExitCode run_goal(const RunOptions& options, const RunGoal& goal, const Streams& streams) {
  const std::vector<std::string> settings = with_loops(options.settings, options.loops);
  PlanReading reading = read_plan(options.plan, settings);
  if (!reading.plan) return tell_faults(reading.faults, streams);
  if (!options.quiet) {
    tell_warnings(reading.warnings, streams);
    tell_warnings(warn_about_caps(*reading.plan, reading.given), streams);
    tell_warnings(warn_about_loops(*reading.plan, options.loops), streams);
    for (const std::string& note : reading.notes) streams.messages << escape_text(note) << '\n';
    if (!options.seed) streams.messages << "seed: 1 (another one by --seed)\n";
  }
  const ScenarioSource source{*std::move(reading.plan)};
  RunPaper paper{.seed = options.seed.value_or(1),
                 .frozen = goal.frozen,
                 .replications = goal.bounded ? goal.count : 0,
                 .part = goal.part,
                 .settings = settings,
                 .files = reading.files};
  const RunOrigin origin{.reading = std::move(reading),
                         .settings = settings,
                         .luck = {.seed = options.seed.value_or(1), .frozen = goal.frozen},
                         .versions = library_versions()};
  return run_job(
      {.options = options,
       .paper = std::move(paper),
       .goal = goal,
       .source = source,
       .run = describe_run(source, origin),
       .existing = goal.part.is_whole() ? find_existing_result(options.output) : std::nullopt,
       .threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency()},
      streams);
}

/// What failed, and that nothing which was finished is lost by it.
ExitCode tell_file_error(const RunOptions& options, const FileError& error,
                         const Streams& streams) {
  tell(streams, ExitCode::file, escape_text(error.what()));
  const std::filesystem::path shards = work_folder_of(options.output) / "shards";
  std::error_code unknown;
  if (std::filesystem::is_directory(shards, unknown) &&
      !std::filesystem::is_empty(shards, unknown)) {
    streams.messages << "what was finished is kept in "
                     << escape_text(work_folder_of(options.output).string())
                     << "; once the cause is mended the same command goes on from there\n";
  }
  return ExitCode::file;
}

}  // namespace

ExitCode run_run(const RunOptions& options, const Streams& streams) {
  const auto goal = read_goal(options);
  if (const auto* wrong = std::get_if<std::string>(&goal)) {
    return tell(streams, ExitCode::usage, *wrong);
  }
  try {
    return run_goal(options, std::get<RunGoal>(goal), streams);
  } catch (const ImpossibleCorrelations& error) {
    return tell(streams, ExitCode::refused, escape_text(error.what()));
  } catch (const FileError& error) {
    return tell_file_error(options, error, streams);
  } catch (const std::filesystem::filesystem_error& error) {
    return tell_file_error(options, file_error_of(error), streams);
  }
}

void add_run(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("run", "play a plan many times and keep the result");
  const auto options = std::make_shared<RunOptions>();
  command->add_option("plan", options->plan, "the plan's file")->required();
  command->add_option("-o,--output", options->output, "the result file")->required();
  add_whole_option(*command, options->replications,
                   {.name = "--replications",
                    .meaning = "futures to play; default 1000, or until --precision or --time is "
                               "met",
                    .low = 1,
                    .high = most_replications});
  add_whole_option(*command, options->seed, seed_option());
  add_whole_option(*command, options->threads, threads_option());
  command->add_option("--precision", options->precision,
                      "end when P(ROAS >= target) is known to this half-width (95 %), 1% say");
  command->add_option("--time", options->time, "end after this time, \"8 hours\" or seconds");
  command
      ->add_option("--freeze", options->freeze,
                   "levels of randomness that stand still: parameters,market,shoppers")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--set", options->settings,
                   "key=value over what the plan says, channel.search.budget=50000 for example; "
                   "may be repeated")
      ->allow_extra_args(false);
  add_loop_options(*command, options->loops);
  add_whole_option(
      *command, options->failures_allowed,
      {.name = "--failures", .meaning = "failed replications that are borne; default 10"});
  command->add_option("--shard", options->part,
                      "play part i of N only, 2/4 say; parts are joined by merge");
  command
      ->add_option("--keep-every", options->keep_seconds,
                   "seconds between two writings of what is finished; default 15")
      ->check(CLI::Range(0.0, 3'600.0));
  command
      ->add_option("--preview-every", options->preview_seconds,
                   "seconds between two previews, or 50 times what one costs; default 30")
      ->check(CLI::Range(0.0, 86'400.0));
  command->add_flag("--quiet", options->quiet, "no progress and no headline");
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_run(*options, streams); };
  });
}

}  // namespace flywheel
