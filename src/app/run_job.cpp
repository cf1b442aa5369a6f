#include "app/run_job.hpp"

#include <chrono>
#include <ostream>
#include <utility>

#include <fmt/format.h>
#include <tbb/info.h>

#include "app/cap_warnings.hpp"
#include "app/existing_result.hpp"
#include "app/faults.hpp"
#include "app/run_chain.hpp"
#include "app/run_disk.hpp"
#include "app/run_end.hpp"
#include "app/run_finish.hpp"
#include "app/run_folder.hpp"
#include "app/run_goal.hpp"
#include "app/run_memory.hpp"
#include "app/run_paper.hpp"
#include "app/run_precision.hpp"
#include "app/versions.hpp"
#include "app/watched_run.hpp"
#include "core/error_text.hpp"
#include "plan/expected_journeys.hpp"
#include "plan/read_plan.hpp"
#include "random/copula.hpp"
#include "report/figure_text.hpp"
#include "results/file_error.hpp"
#include "results/folder_entries.hpp"
#include "results/publish.hpp"
#include "study/describe_run.hpp"
#include "study/precision_stop.hpp"
#include "study/resume.hpp"
#include "study/run_shape.hpp"

namespace flywheel {

namespace {

/// Everything known before the first replication.
struct Job {
  const RunOptions& options;
  RunPlace place;
  RunPaper paper;
  const RunGoal& goal;
  const ScenarioSource& source;
  RunDescription run;
  std::optional<ExistingResult> existing;
  int threads;  ///< of this process
  RunCompany company;
};

bool shows_page(const RunOptions& options) { return options.telling == Telling::everything; }

bool is_quiet(const RunOptions& options) { return options.telling == Telling::nothing; }

bool is_done_already(const RunGoal& goal, const ExistingResult& existing, double target) {
  if (!existing.complete) return false;
  if (existing.replications >= goal.count) return true;
  if (!goal.precision) return false;
  const PrecisionRule rule{{.half_width = *goal.precision}};
  return rule.first_precise_look(existing.headline, target).has_value();
}

/// What is there decides: nothing to do (an exit code), or go on.
std::optional<ExitCode> settle_existing(const Job& job, const Streams& streams) {
  if (!job.existing) return std::nullopt;
  const std::string name = escape_text(job.place.output.string());
  const auto lines = run_differences(job.existing->run_lines, job.run.run_lines);
  if (!lines.empty()) {
    tell_run(
        streams, ExitCode::refused,
        name + " holds another run and is left as it is (- what it holds, + what was asked for):");
    for (const std::string& line : lines) streams.messages << "  " << escape_text(line) << '\n';
    streams.messages << "give another file by -o, or remove this one\n";
    return ExitCode::refused;
  }
  if (!is_done_already(job.goal, *job.existing, job.run.target_roas)) return std::nullopt;
  tell_run(streams, ExitCode::done,
           fmt::format("{} is already complete: {}", name,
                       counted(static_cast<double>(job.existing->replications), "replication")));
  if (shows_page(job.options)) show_headline(job.place.output, streams);
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

/// Tells the other processes what is played; the number of threads that do it all together.
int gather(const Job& job) {
  if (job.company.ranks == nullptr) return job.threads;
  job.company.ranks->begin({.paper = paper_text(job.paper), .lines = joined(job.run.run_lines)});
  return job.threads + job.company.ranks->threads_elsewhere();
}

/// Plays replications here, or here and elsewhere.
RunReport play_range(const Job& job, const RunRequest& part, OutcomeSink& sink,
                     Interrupt& interrupt) {
  const RunLuck luck{.seed = job.run.identity.seed, .frozen = job.goal.frozen};
  if (job.company.ranks == nullptr) return run_study(job.source, luck, part, sink, interrupt);
  FuturePlayer player{job.source};
  return job.company.ranks->run(part, play_by(player, luck), sink, interrupt);
}

Played play(const Job& job, RunFolder& folder, const Streams& streams) {
  Played played{.log = {.started = utc_now(), .threads = gather(job), .end = {}, .report = {}}};
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
                             .quiet = is_quiet(job.options),
                             .signals = job.company.signals};
  const RunRequest request{.first = job.goal.range.first,
                           .count = job.goal.range.count,
                           .threads = job.threads,
                           .failures_allowed = job.options.failures_allowed};
  const WatchedRun run = run_watched(
      setting, chain.first(), streams.messages, [&](OutcomeSink& first, Interrupt& interrupt) {
        const PlayRange range = [&](const RunRequest& part, OutcomeSink& sink) {
          return play_range(job, part, sink, interrupt);
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
                  {.output = job.place.output,
                   .scratch = folder.work().path(),
                   .existing = job.existing ? Existing::replace : Existing::keep,
                   .temporary = folder.work().path()});
}

ExitCode finish(Job& job, const Played& played, RunFolder& folder, const Streams& streams) {
  const ExitCode code = exit_code_of(played);
  const RunReport& report = played.log.report;
  if (!is_quiet(job.options) || code != ExitCode::done) tell_end(played, streams);
  if (report.failed == report.done) {
    remove_work(folder, job.place, report.done, streams);
    return tell_nothing(played, streams);
  }
  if (code != ExitCode::done) return tell_rest(played, job.place, streams);
  if (!job.goal.part.is_whole()) return tell_part(played, job.goal, job.place, streams);
  write_result(job, played, folder);
  write_run_log(played.log, job.place.output, folder.work().path());
  remove_work(folder, job.place, report.done, streams);
  if (shows_page(job.options)) show_headline(job.place.output, streams);
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
    tell_run(
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
  if (folder.has_some() && !is_quiet(job.options)) {
    streams.messages << "going on from what is finished in "
                     << (job.existing ? escape_text(job.place.output.string()) : place) << '\n';
  }
  return std::nullopt;
}

/// Another process may have named a result since one was looked for: now that the folder is ours
/// nobody else will.
std::optional<ExitCode> settle_since(Job& job, RunFolder& folder, const Streams& streams) {
  if (!job.goal.part.is_whole()) return std::nullopt;
  job.existing = find_existing_result(job.place.output);
  const auto settled = settle_existing(job, streams);
  if (settled == ExitCode::done && folder.differences().empty()) {
    remove_work(folder, job.place, job.existing->replications, streams);
  } else if (settled && !folder.work().run_lines()) {
    folder.work().remove();
  }
  return settled;
}

/// Is there no room? What an earlier start has put into the folder needs none any more.
std::optional<std::string> shortage_of(const Job& job, const OutcomeShape& shape) {
  if (!job.goal.bounded) return std::nullopt;
  const auto there = static_cast<double>(bytes_below(job.place.folder));
  return disk_shortage(disk_need_bytes(shape, job.goal.range.count) - there,
                       free_disk_bytes(job.place.output));
}

ExitCode run_job(Job job, const Streams& streams) {
  const OutcomeShape shape = run_shape(job.source);
  if (const auto settled = settle_existing(job, streams)) {
    if (*settled != ExitCode::done) return *settled;
    const LeftFolder left =
        remove_left_folder(job.place, job.run, shape, job.existing->replications);
    if (left == LeftFolder::kept) tell_kept(job.place, streams);
    return *settled;
  }
  if (!is_quiet(job.options)) warn_about_memory(job, streams);
  // A run of hours should not find out at its end that it cannot write; its folder tells the rest.
  check_parent(job.place.output);
  if (const auto shortage = shortage_of(job, shape)) {
    return tell_run(streams, ExitCode::file, *shortage);
  }
  RunFolder folder{job.place, job.run, shape};
  if (const auto settled = settle_since(job, folder, streams)) return *settled;
  if (const auto settled = settle_folder(job, folder, streams)) return *settled;
  const Played played = play(job, folder, streams);
  const ExitCode code = finish(job, played, folder, streams);
  for (const std::string& sentence : folder.work().set_aside()) {
    streams.messages << "warning: " << escape_text(sentence) << '\n';
  }
  return code;
}

ExitCode play_source(RunJob asked, const Streams& streams) {
  const RunOptions& options = asked.options;
  const RunGoal& goal = asked.goal;
  PlanReading& reading = asked.reading;
  const std::vector<std::string> settings = with_loops(options.settings, options.loops);
  if (!is_quiet(options)) {
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
                 .sweep_case = asked.sweep_case,
                 .files = reading.files};
  const RunOrigin origin{.reading = std::move(reading),
                         .settings = settings,
                         .luck = {.seed = paper.seed, .frozen = goal.frozen},
                         .versions = library_versions()};
  return run_job(
      {.options = options,
       .place = {.output = asked.output,
                 .folder = folder_of(asked.output, goal.part),
                 .part = line_of(goal.part, goal.count)},
       .paper = std::move(paper),
       .goal = goal,
       .source = source,
       .run = describe_run(source, origin),
       .existing = goal.part.is_whole() ? find_existing_result(asked.output) : std::nullopt,
       .threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency(),
       .company = asked.company},
      streams);
}

/// What failed, and that nothing which was finished is lost by it.
ExitCode tell_file_error(const std::filesystem::path& folder, const FileError& error,
                         const Streams& streams) {
  tell_run(streams, ExitCode::file, escape_text(error.what()));
  const std::filesystem::path shards = folder / "shards";
  std::error_code unknown;
  if (std::filesystem::is_directory(shards, unknown) &&
      !std::filesystem::is_empty(shards, unknown)) {
    streams.messages << "what was finished is kept in " << escape_text(folder.string())
                     << "; once the cause is mended the same command goes on from there\n";
  }
  return ExitCode::file;
}

}  // namespace

ExitCode play_job(RunJob job, const Streams& streams) {
  const std::filesystem::path folder = folder_of(job.output, job.goal.part);
  try {
    return play_source(std::move(job), streams);
  } catch (const ImpossibleCorrelations& error) {
    return tell_run(streams, ExitCode::refused, escape_text(error.what()));
  } catch (const FileError& error) {
    return tell_file_error(folder, error, streams);
  } catch (const std::filesystem::filesystem_error& error) {
    return tell_file_error(folder, file_error_of(error), streams);
  }
}

}  // namespace flywheel
