#include "app/run.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/batch.hpp"
#include "app/environment.hpp"
#include "app/faults.hpp"
#include "app/rank_leader.hpp"
#include "app/rank_worker.hpp"
#include "app/run_end.hpp"
#include "app/run_goal.hpp"
#include "app/run_job.hpp"
#include "app/whole_option.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

namespace {

ExitCode run_one(const RunOptions& options, const RunGoal& goal, const RunCompany& company,
                 const Streams& streams) {
  PlanReading reading = read_plan(options.plans.front(),
                                  with_loops(options.settings, options.loops), options.sweep_case);
  if (!reading.plan) return tell_faults(reading.faults, streams);
  return play_job({.options = options,
                   .output = options.output,
                   .goal = goal,
                   .reading = std::move(reading),
                   .sweep_case = options.sweep_case,
                   .company = company},
                  streams);
}

/// Several plans, or one that makes several; a faulty sweep is told as the fault of one.
bool is_batch(const RunOptions& options) {
  if (options.plans.size() > 1) return true;
  if (!options.sweep_case.empty()) return false;
  return !list_cases(options.plans.front(), options.settings).cases.empty();
}

ExitCode run_in(const RunCompany& company, const RunOptions& options, const Streams& streams) {
  const auto goal = read_goal(options);
  if (const auto* wrong = std::get_if<std::string>(&goal)) {
    return tell_run(streams, ExitCode::usage, *wrong);
  }
  if (!is_batch(options)) return run_one(options, std::get<RunGoal>(goal), company, streams);
  if (!options.sweep_case.empty()) {
    return tell_run(streams, ExitCode::usage,
                    "--case is for one plan: give the others by themselves");
  }
  return run_batch(options, std::get<RunGoal>(goal), company, streams);
}

/// As one of several processes that mpirun started: one core each unless told otherwise.
ExitCode run_together(RunOptions options, const Environment& environment, const Streams& streams) {
  options.threads = std::max(1, options.threads);
  const HeldSignals signals;  // before MPI makes threads of its own
  const std::unique_ptr<Ranks> ranks = join_ranks(environment);
  if (ranks->rank() > 0) {
    serve_leader(*ranks, options.threads);
    return ExitCode::done;
  }
  RankLeader leader{*ranks};
  return run_in({.signals = &signals, .ranks = &leader}, options, streams);
}

}  // namespace

ExitCode run_run(const RunOptions& options, const Streams& streams) {
  const Environment environment = process_environment();
  if (started_together(environment) > 1) return run_together(options, environment, streams);
  return run_in({}, options, streams);
}

void add_future_options(CLI::App& command, RunOptions& options) {
  command.add_option("--case", options.sweep_case, "play this case of the plan's [sweep] only");
  add_whole_option(command, options.replications,
                   {.name = "--replications",
                    .meaning = "futures to play; default 1000, or until --precision or --time is "
                               "met",
                    .low = 1,
                    .high = most_replications});
  add_whole_option(command, options.seed, seed_option());
  add_whole_option(command, options.threads, threads_option());
  command
      .add_option("--freeze", options.freeze,
                  "levels of randomness that stand still: parameters,market,shoppers")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      .add_option("--set", options.settings,
                  "key=value over what the plan says, channel.search.budget=50000 for example; "
                  "may be repeated")
      ->allow_extra_args(false);
  add_loop_options(command, options.loops);
  add_whole_option(
      command, options.failures_allowed,
      {.name = "--failures", .meaning = "failed replications that are borne; default 10"});
}

void add_run(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("run", "play a plan many times and keep the result");
  const auto options = std::make_shared<RunOptions>();
  command
      ->add_option(
          "plans", options->plans,
          "the plan's file; several, or one with a [sweep], make a batch: one result each, "
          "with the same luck, and an index")
      ->required();
  command->add_option("-o,--output", options->output, "the result file; of a batch, the folder")
      ->required();
  add_future_options(*command, *options);
  command->add_option("--precision", options->precision,
                      "end when P(ROAS >= target) is known to this half-width (95 %), 1% say");
  command->add_option("--time", options->time,
                      "end after this time, \"8 hours\" or seconds; a batch shares it out");
  command->add_option("--shard", options->part,
                      "play part i of N only, 2/4 say, or the task of a Slurm array, slurm; parts "
                      "are joined by merge");
  command
      ->add_option("--keep-every", options->keep_seconds,
                   "seconds between two writings of what is finished; default 15")
      ->check(CLI::Range(0.0, 3'600.0));
  command
      ->add_option("--preview-every", options->preview_seconds,
                   "seconds between two previews, or 100 times what one costs; default 30")
      ->check(CLI::Range(0.0, 86'400.0));
  command->add_flag_callback(
      "--quiet", [options] { options->telling = Telling::nothing; }, "no progress and no headline");
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_run(*options, streams); };
  });
}

}  // namespace flywheel
