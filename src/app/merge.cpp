#include "app/merge.hpp"

#include <memory>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/existing_result.hpp"
#include "app/faults.hpp"
#include "app/part_folders.hpp"
#include "app/run_disk.hpp"
#include "app/run_end.hpp"
#include "app/run_finish.hpp"
#include "app/run_folder.hpp"
#include "app/versions.hpp"
#include "core/error_text.hpp"
#include "report/figure_text.hpp"
#include "results/file_error.hpp"
#include "study/describe_run.hpp"
#include "study/run_shape.hpp"

namespace flywheel {

namespace {

ExitCode tell(const Streams& streams, ExitCode code, const std::string& sentence) {
  streams.messages << "flywheel merge: " << sentence << '\n';
  return code;
}

ExitCode refuse(const Streams& streams, const std::vector<std::string>& sentences) {
  for (const std::string& sentence : sentences) tell(streams, ExitCode::refused, sentence);
  return ExitCode::refused;
}

/// Where a replication is missing, nothing is played: that is for who plays the part.
RunReport refuse_gap(const RunRequest& gap, const std::filesystem::path& folder) {
  throw FileError{
      folder, fmt::format("replications {} to {} are not there: play the part again by the same "
                          "command, which goes on from what it holds",
                          gap.first, gap.first + gap.count - 1)};
}

/// The parts as one run.
struct Merge {
  const MergeOptions& options;
  const std::vector<PartFolder>& parts;
  const ScenarioSource& source;
  RunDescription run;
};

void write_from(const Merge& merge, PartOutcomes& outcomes, const OutcomeShape& shape,
                const WorkFolder& work) {
  const PlayRange refuse_all = [&](const RunRequest& gap, OutcomeSink&) {
    for (const PartFolder& part : merge.parts) {
      if (gap.first < part.range().end()) return refuse_gap(gap, part.path);
    }
    return refuse_gap(gap, merge.options.output);
  };
  write_whole_run({.plan = merge.source.plan(),
                   .run = merge.run,
                   .shape = shape,
                   .request = {.count = merge.parts.front().paper.replications}},
                  outcomes, refuse_all,
                  {.output = merge.options.output,
                   .scratch = work.path(),
                   .existing = Existing::keep,
                   .temporary = work.path()});
}

void join(const Merge& merge, PartOutcomes& outcomes, const OutcomeShape& shape,
          const Streams& streams) {
  // What is half written lies in the folder of the whole run, where a later start clears it away.
  const RunPlace place{.output = merge.options.output,
                       .folder = work_folder_of(merge.options.output)};
  RunFolder folder{place, merge.run, shape};
  folder.begin();
  try {
    write_from(merge, outcomes, shape, folder.work());
  } catch (const FileError&) {
    if (!folder.has_some()) folder.work().remove();
    throw;
  }
  remove_work(folder, place, merge.parts.front().paper.replications, streams);
}

/// Is the file there already? Then nothing is to be done, or nothing may be.
std::optional<ExitCode> settle_output(const Merge& merge, const Streams& streams) {
  const std::filesystem::path work = work_folder_of(merge.options.output);
  if (std::filesystem::exists(work / "run.id") &&
      !run_differences(run_lines_in(work), merge.run.run_lines).empty()) {
    return tell(streams, ExitCode::refused,
                escape_text(work.string()) +
                    " holds another run and is left as it is: give another "
                    "file by -o, or remove this folder");
  }
  const auto existing = find_existing_result(merge.options.output);
  if (!existing) return std::nullopt;
  const std::string name = escape_text(merge.options.output.string());
  const bool is_same = run_differences(existing->run_lines, merge.run.run_lines).empty() &&
                       existing->complete &&
                       existing->replications == merge.parts.front().paper.replications;
  if (is_same) return tell(streams, ExitCode::done, name + " is already complete");
  return tell(streams, ExitCode::refused,
              name +
                  " holds another run and is left as it is: give another file by -o, or remove "
                  "this one");
}

ExitCode merge_source(const Merge& merge, const Streams& streams) {
  std::vector<std::string> faults;
  for (const std::string& line :
       run_differences(run_lines_of(merge.parts.front()), merge.run.run_lines)) {
    faults.push_back("the parts were played by another program (- theirs, + this one): " +
                     escape_text(line));
  }
  if (!faults.empty()) return refuse(streams, faults);
  if (const auto settled = settle_output(merge, streams)) return *settled;
  check_publishable(merge.options.output);
  const OutcomeShape shape = run_shape(merge.source);
  const double needed = disk_need_bytes(shape, merge.parts.front().paper.replications,
                                        disk_copies - 1);  // the parts have the shards
  if (const auto shortage = disk_shortage(needed, free_disk_bytes(merge.options.output))) {
    return tell(streams, ExitCode::file, *shortage);
  }
  PartOutcomes outcomes{merge.parts, merge.run, shape};
  try {
    join(merge, outcomes, shape, streams);
  } catch (const FileError&) {
    for (const std::string& sentence : outcomes.set_aside()) {
      streams.messages << "warning: " << escape_text(sentence) << '\n';
    }
    throw;
  }
  if (merge.options.quiet) return ExitCode::done;
  tell(streams, ExitCode::done,
       fmt::format(
           "{} of {} parts joined; their folders may go",
           counted(static_cast<double>(merge.parts.front().paper.replications), "replication"),
           merge.parts.size()));
  show_headline(merge.options.output, streams);
  return ExitCode::done;
}

ExitCode merge_parts(const MergeOptions& options, const Streams& streams) {
  std::vector<PartFolder> parts;
  for (const std::filesystem::path& path : options.parts) parts.push_back(read_part_folder(path));
  parts = in_order(std::move(parts));
  if (const auto faults = part_faults(parts); !faults.empty()) return refuse(streams, faults);
  const RunPaper& paper = parts.front().paper;
  if (paper.files.empty()) throw FileError{parts.front().path, "plan.json holds no plan"};
  PlanReading reading = read_plan_of(paper);
  if (!reading.plan) return tell_faults(reading.faults, streams);
  const ScenarioSource source{*std::move(reading.plan)};
  const RunOrigin origin{.reading = std::move(reading),
                         .settings = paper.settings,
                         .luck = {.seed = paper.seed, .frozen = paper.frozen},
                         .versions = library_versions()};
  return merge_source(
      {.options = options, .parts = parts, .source = source, .run = describe_run(source, origin)},
      streams);
}

}  // namespace

ExitCode run_merge(const MergeOptions& options, const Streams& streams) {
  try {
    return merge_parts(options, streams);
  } catch (const ImpossibleCorrelations& error) {
    return tell(streams, ExitCode::refused, escape_text(error.what()));
  } catch (const FileError& error) {
    return tell(streams, ExitCode::file, escape_text(error.what()));
  } catch (const std::filesystem::filesystem_error& error) {
    return tell(streams, ExitCode::file, escape_text(file_error_of(error).what()));
  }
}

void add_merge(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("merge", "join the parts of a run, made by run --shard");
  const auto options = std::make_shared<MergeOptions>();
  command->add_option("parts", options->parts, "the folders of all parts")->required();
  command->add_option("-o,--output", options->output, "the result file")->required();
  command->add_flag("--quiet", options->quiet, "no headline");
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_merge(*options, streams); };
  });
}

}  // namespace flywheel
