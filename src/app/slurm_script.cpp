#include "app/slurm_script.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/faults.hpp"
#include "app/run_goal.hpp"
#include "app/run_part.hpp"
#include "app/whole_option.hpp"
#include "core/error_text.hpp"
#include "core/version.hpp"
#include "plan/read_plan.hpp"

namespace flywheel {

namespace {

constexpr std::uint64_t default_replications = 1'000;

/// Options of run, as words of the shell, each behind a blank.
std::string run_words(const RunOptions& options) {
  std::string words;
  const auto add = [&](const std::string& name, const std::string& value) {
    words += fmt::format(" {} {}", name, shell_word(value));
  };
  add("--replications", std::to_string(options.replications.value_or(default_replications)));
  add("--threads", std::to_string(std::max(1, options.threads)));
  add("--failures", std::to_string(options.failures_allowed));
  if (options.seed) add("--seed", std::to_string(*options.seed));
  if (!options.sweep_case.empty()) add("--case", options.sweep_case);
  for (const std::string& level : options.freeze) add("--freeze", level);
  for (const std::string& setting : options.settings) add("--set", setting);
  if (!options.loops.without.empty()) {
    add("--without", fmt::format("{}", fmt::join(options.loops.without, ",")));
  }
  if (!options.loops.only.empty()) {
    add("--only", fmt::format("{}", fmt::join(options.loops.only, ",")));
  }
  return words;
}

/// Options of sbatch that both jobs have.
std::string shared_words(const SlurmOptions& options) {
  const std::filesystem::path folder = options.run.output.parent_path();
  std::string words =
      fmt::format("--job-name=flywheel --chdir={} --open-mode=append", shell_word(folder.string()));
  for (const std::string& argument : options.arguments) words += " " + shell_word(argument);
  return words;
}

/// A minute before Slurm ends a task it is told, and keeps what is finished.
std::string array_words(const SlurmOptions& options) {
  return fmt::format("--array=1-{} --cpus-per-task={} --requeue --signal=B:TERM@60", options.parts,
                     std::max(1, options.run.threads));
}

}  // namespace

std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char letter : text)
    word += letter == '\'' ? std::string{"'\\''"} : std::string{letter};
  return word + "'";
}

std::string slurm_script(const SlurmOptions& options, const std::string& program) {
  const std::string plan = shell_word(options.run.plans.front().string());
  const std::string output = shell_word(options.run.output.string());
  return fmt::format(
      R"(#!/bin/sh
# Plays a plan in {parts} parts, an array job of Slurm, and joins them: give this file to sh where
# sbatch is. Given to sh once more after a failure, it finishes what is left.
# Written by flywheel {version}.
set -eu
array=$(sbatch --parsable {array} \
  {shared} <<'END_OF_PART'
#!/bin/sh
exec {program} run {plan} --output {output} --shard slurm/{parts} \
 {words}
END_OF_PART
)
array=${{array%%;*}}
merge=$(sbatch --parsable --dependency=afterany:"$array" \
  {shared} <<'END_OF_MERGE'
#!/bin/sh
set --
part=1
while [ "$part" -le {parts} ]; do
  set -- "$@" {stem}."$part"-of-{parts}.run
  part=$((part + 1))
done
exec {program} merge "$@" --output {output}
END_OF_MERGE
)
echo "array job $array plays {parts} parts, job ${{merge%%;*}} joins them"
)",
      fmt::arg("parts", options.parts), fmt::arg("version", program_version),
      fmt::arg("array", array_words(options)), fmt::arg("shared", shared_words(options)),
      fmt::arg("program", shell_word(program)), fmt::arg("plan", plan), fmt::arg("output", output),
      fmt::arg("words", run_words(options.run)),
      fmt::arg("stem", shell_word(part_stem(options.run.output).string())));
}

namespace {

ExitCode tell(const Streams& streams, ExitCode code, const std::string& sentence) {
  streams.messages << "flywheel slurm-script: " << sentence << '\n';
  return code;
}

/// The program as it was started here, which must be the same file where the parts are played.
std::string own_path() {
  std::error_code unknown;
  const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", unknown);
  return unknown ? "flywheel" : path.string();
}

/// Line breaks end comments and documents of a script.
bool has_control(const std::string& text) {
  return std::ranges::any_of(
      text, [](char letter) { return static_cast<unsigned char>(letter) < 0x20U; });
}

/// A sentence about what cannot stand in a script, or nothing.
std::string control_fault(const SlurmOptions& options) {
  std::vector<std::string> texts{own_path(), options.run.plans.front().string(),
                                 options.run.output.string(), run_words(options.run)};
  texts.insert(texts.end(), options.arguments.begin(), options.arguments.end());
  const auto found = std::ranges::find_if(texts, has_control);
  if (found == texts.end()) return {};
  return escape_text(*found) + ": text with control characters cannot stand in a script";
}

/// What is wrong with the options, or nothing.
std::string fault_of(const SlurmOptions& options) {
  RunOptions last = options.run;
  last.replications = last.replications.value_or(default_replications);
  last.part = fmt::format("{0}/{0}", options.parts);
  const auto goal = read_goal(last);
  if (const auto* wrong = std::get_if<std::string>(&goal)) return *wrong;
  if (options.run.sweep_case.empty() &&
      !list_cases(options.run.plans.front(), options.run.settings).cases.empty()) {
    return "the plan has a [sweep]: choose one of its cases by --case";
  }
  for (const std::string& argument : options.arguments) {
    if (!argument.starts_with("--")) {
      return fmt::format("--sbatch {}: options of sbatch begin with --", escape_text(argument));
    }
  }
  return control_fault(options);
}

}  // namespace

ExitCode run_slurm_script(const SlurmOptions& options, const Streams& streams) {
  SlurmOptions absolute = options;
  absolute.run.plans.front() =
      std::filesystem::absolute(options.run.plans.front()).lexically_normal();
  absolute.run.output = std::filesystem::absolute(options.run.output).lexically_normal();
  if (const std::string wrong = fault_of(absolute); !wrong.empty()) {
    return tell(streams, ExitCode::usage, wrong);
  }
  const PlanReading reading =
      read_plan(absolute.run.plans.front(), with_loops(absolute.run.settings, absolute.run.loops),
                absolute.run.sweep_case);
  tell_warnings(reading.warnings, streams);
  if (!reading.plan) return tell_faults(reading.faults, streams);
  streams.results << slurm_script(absolute, own_path());
  return ExitCode::done;
}

void add_slurm_script(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "slurm-script", "a script that plays a plan on a cluster: an array job of Slurm and a merge");
  const auto options = std::make_shared<SlurmOptions>();
  command->add_option("plan", options->run.plans, "the plan's file")->required()->expected(1);
  command->add_option("-o,--output", options->run.output, "the result file")->required();
  add_whole_option(*command, options->parts,
                   {.name = "--parts",
                    .meaning = "tasks of the array, each a part of the run",
                    .low = 2,
                    .high = most_parts});
  command->get_option("--parts")->required();
  add_future_options(*command, options->run);
  command
      ->add_option("--sbatch", options->arguments,
                   "an option of sbatch for both jobs, --sbatch=--partition=long say; may be "
                   "repeated")
      ->allow_extra_args(false);
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_slurm_script(*options, streams); };
  });
}

}  // namespace flywheel
