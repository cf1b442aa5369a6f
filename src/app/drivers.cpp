#include "app/drivers.hpp"

#include <chrono>
#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <tbb/info.h>

#include "app/faults.hpp"
#include "app/run_interrupt.hpp"
#include "app/run_progress.hpp"
#include "app/terminal.hpp"
#include "app/versions.hpp"
#include "app/whole_option.hpp"
#include "core/error_text.hpp"
#include "plan/read_plan.hpp"
#include "random/copula.hpp"
#include "report/levels_page.hpp"
#include "results/file_error.hpp"
#include "results/publish.hpp"
#include "study/describe_run.hpp"
#include "study/levels_image.hpp"

namespace flywheel {

namespace {

ExitCode tell(const Streams& streams, ExitCode code, const std::string& sentence) {
  streams.messages << "flywheel drivers: " << sentence << '\n';
  return code;
}

/// What was collected, and the signal that cut it short, if one did.
struct Collected {
  LevelDesign design;
  LevelCollector levels{design};
  RunReport report{};
  int signal{0};
};

void play(const DriversOptions& options, const ScenarioSource& source, const Streams& streams,
          Collected& collected) {
  const HeldSignals signals;
  RunInterrupt interrupt{signals, std::nullopt};
  const auto begin = std::chrono::steady_clock::now();
  const StopWatch watch = [begin] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const Terminal terminal = terminal_behind(streams.messages);
  OutcomeSink* sink = &collected.levels;
  std::optional<RunProgress> progress;
  if (!options.quiet) {
    const ProgressSetting setting{.count = options.draws * collected.design.futures(),
                                  .every_seconds = terminal.present ? 0.2 : 10.0,
                                  .rewrites_line = terminal.present};
    sink = &progress.emplace(setting, watch, streams.messages, *sink);
  }
  const int threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency();
  collected.report = play_levels(source, options.seed.value_or(1),
                                 {.count = options.draws, .threads = threads}, *sink, interrupt);
  if (collected.report.end == RunEnd::interrupted) collected.signal = signals.first();
}

ExitCode show(const DriversOptions& options, const RunDescription& run, const Collected& collected,
              const Streams& streams) {
  const std::vector<std::byte> image = levels_image(run, collected.levels.result());
  const LevelsSummary summary = read_levels_summary(read_image(image, "drivers"));
  const Terminal terminal = terminal_behind(streams.results);
  if (options.format == DriversFormat::json) {
    streams.results << levels_json(summary);
  } else {
    streams.results << levels_page(summary,
                                   {.width = terminal.width, .colored = terminal.wants_color});
  }
  if (!options.output.empty()) publish(image, options.output, Existing::keep);
  if (collected.signal != 0) return static_cast<ExitCode>(128 + collected.signal);
  return collected.report.end == RunEnd::too_many_failed ? ExitCode::too_many_failed
                                                         : ExitCode::done;
}

ExitCode run_plan(const DriversOptions& options, const Streams& streams) {
  PlanReading reading = read_plan(options.plan, options.settings);
  if (!reading.plan) return tell_faults(reading.faults, streams);
  if (!options.quiet) tell_warnings(reading.warnings, streams);
  if (!options.output.empty() && std::filesystem::exists(options.output)) {
    throw FileError{
        options.output,
        "exists already and is left as it is: give another file by -o, or remove this one"};
  }
  if (!options.output.empty()) check_publishable(options.output);
  const ScenarioSource source{*std::move(reading.plan)};
  const RunOrigin origin{.reading = std::move(reading),
                         .settings = options.settings,
                         .luck = {.seed = options.seed.value_or(1), .frozen = {}},
                         .versions = library_versions()};
  RunDescription run = describe_run(source, origin);
  Collected collected{.design = level_design(source)};
  play(options, source, streams, collected);
  constexpr std::size_t fewest = 3;
  if (collected.levels.whole_draws() < fewest) {
    if (collected.signal == 0 && collected.report.failed == 0) {
      return tell(streams, ExitCode::failed,
                  "fewer than three draws spend something on media in all their futures: where "
                  "nothing is spent ROAS is undefined, and there is nothing to split");
    }
    const ExitCode code = collected.signal != 0 ? static_cast<ExitCode>(128 + collected.signal)
                                                : ExitCode::too_many_failed;
    return tell(streams, code, "fewer than three draws were finished: there is nothing to split");
  }
  run.identity.complete = collected.report.end == RunEnd::all_played ? 1 : 0;
  return show(options, run, collected, streams);
}

}  // namespace

ExitCode run_drivers(const DriversOptions& options, const Streams& streams) {
  try {
    return run_plan(options, streams);
  } catch (const ImpossibleCorrelations& error) {
    return tell(streams, ExitCode::refused, escape_text(error.what()));
  } catch (const FileError& error) {
    return tell(streams, ExitCode::file, escape_text(error.what()));
  }
}

void add_drivers(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("drivers", "where the uncertainty of a plan comes from");
  const auto options = std::make_shared<DriversOptions>();
  command->add_option("plan", options->plan, "the plan's file")->required();
  command->add_option("-o,--output", options->output, "keep the result in this file");
  add_whole_option(
      *command, options->draws,
      {.name = "--draws",
       .meaning =
           "of the parameters, nine futures each and one for each basis of numbers; default 200",
       .low = 3,
       .high = 1'000'000});
  add_whole_option(*command, options->seed, seed_option());
  add_whole_option(*command, options->threads, threads_option());
  command
      ->add_option("--set", options->settings, "key=value over what the plan says; may be repeated")
      ->allow_extra_args(false);
  command->add_flag_callback(
      "--json", [options] { options->format = DriversFormat::json; }, "as JSON");
  command->add_flag("--quiet", options->quiet, "no progress");
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_drivers(*options, streams); };
  });
}

}  // namespace flywheel
