#include "app/batch.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <tbb/info.h>

#include "app/batch_estimate.hpp"
#include "app/batch_index.hpp"
#include "app/faults.hpp"
#include "app/run_disk.hpp"
#include "app/run_end.hpp"
#include "app/run_job.hpp"
#include "app/run_progress.hpp"
#include "app/terminal.hpp"
#include "core/error_text.hpp"
#include "report/figure_text.hpp"
#include "results/file_error.hpp"
#include "results/result.hpp"

namespace flywheel {

namespace {

/// A batch on its way.
struct PlanBatch {
  const RunOptions& options;
  const RunGoal& goal;
  int threads;
  const HeldSignals& signals;
  RunCompany company;
  std::chrono::steady_clock::time_point begin{std::chrono::steady_clock::now()};
  std::vector<BatchMember> members{};
  std::vector<MemberCost> costs{};
  std::vector<BatchRow> rows{};  ///< likewise
  ExitCode worst{ExitCode::done};
  double beside{0};        ///< seconds that members took beyond their shares of the time
  double members_over{0};  ///< how many had a share

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  [[nodiscard]] bool is_quiet() const { return options.telling == Telling::nothing; }
};

std::string folder_text(const PlanBatch& batch) {
  return escape_text(batch.options.output.string());
}

BatchRow row_of(const BatchMember& member) {
  BatchRow row{.name = member.name,
               .plan = member.plan.string(),
               .values = {},
               .status = member.can_run() ? "waiting" : "plan refused",
               .reaches_target = {},
               .cohort_expected_shortfall = {}};
  for (const CaseValue& one : member.reading.case_values) {
    row.values.emplace_back(one.key, one.value);
  }
  return row;
}

/// Tells what is wrong with plans, each fault once; how many can run.
std::size_t tell_refused(PlanBatch& batch, const Streams& streams) {
  std::size_t sound = 0;
  Faults faults;
  std::vector<std::string> lines;
  for (const BatchMember& member : batch.members) {
    if (member.can_run()) ++sound;
    for (const Fault& fault : member.reading.faults) {
      if (std::ranges::find(lines, to_line(fault)) != lines.end()) continue;
      lines.push_back(to_line(fault));
      faults.push_back(fault);
    }
  }
  if (!faults.empty()) batch.worst = tell_faults(faults, streams);
  return sound;
}

/// The folder of the results, made if it is not there.
ExitCode make_folder(const PlanBatch& batch, const Streams& streams) {
  std::error_code failure;
  std::filesystem::create_directories(batch.options.output, failure);
  if (!failure && std::filesystem::is_directory(batch.options.output, failure)) {
    return ExitCode::done;
  }
  return tell_run(
      streams, ExitCode::file,
      fmt::format("{}: no folder for the results of a batch can be made here ({}): give "
                  "another by -o",
                  folder_text(batch), failure ? failure.message() : "there is a file"));
}

/// What the night takes, in time and on the disk.
ExitCode tell_estimate(const PlanBatch& batch, const Streams& streams) {
  const RunGoal& goal = batch.goal;
  const double seconds = total_seconds(batch.costs, goal);
  const double bytes = total_bytes(batch.costs);
  const auto there = std::ranges::count_if(batch.costs, &MemberCost::is_there);
  std::string text =
      fmt::format("{} into {} on {}", counted(static_cast<double>(batch.members.size()), "run"),
                  folder_text(batch), counted(batch.threads, "thread"));
  if (there > 0) text += fmt::format(", {} there already", there);
  if (goal.bounded) {
    text += fmt::format("; {} each take about {}{} and at most {} of disk",
                        counted(static_cast<double>(goal.range.count), "future"),
                        duration_text(seconds), goal.precision ? " at most" : "", size_text(bytes));
  }
  if (goal.seconds) {
    text += fmt::format("; {} are shared out", duration_text(*goal.seconds));
    if (seconds > *goal.seconds) {
      text += fmt::format(", for about {:.0f} % of the futures", 100 * *goal.seconds / seconds);
    }
  }
  if (!batch.is_quiet()) streams.messages << text << '\n';
  const auto shortage = disk_shortage(bytes, free_disk_bytes(batch.options.output / "index.csv"));
  return shortage ? tell_run(streams, ExitCode::file, *shortage) : ExitCode::done;
}

std::string status_of(ExitCode code, const RunGoal& goal) {
  switch (code) {
    case ExitCode::done:
      return goal.part.is_whole() ? "done" : "part " + goal.part.text() + " done";
    case ExitCode::refused:
      return "refused";
    case ExitCode::file:
      return "file or disk failed";
    case ExitCode::too_many_failed:
      return "too many futures failed";
    case ExitCode::failed:
    case ExitCode::usage:
      return "failed";
  }
  return "interrupted";
}

/// Plays one of them as if it were alone, with its share of the time.
ExitCode play_member(PlanBatch& batch, std::size_t index, const Streams& streams) {
  BatchMember& member = batch.members[index];
  RunOptions options = batch.options;
  options.telling = std::min(options.telling, Telling::progress);
  if (index > 0 && !options.seed) options.seed = 1;  // told once
  RunGoal goal = batch.goal;
  if (goal.seconds) {
    constexpr double least = 1e-3;  // so that each plays a few futures, however late it is
    const TimeLeft left{.seconds = *goal.seconds - batch.seconds(),
                        .beside = batch.beside / std::max(1.0, batch.members_over)};
    goal.seconds = std::max(least, time_share(left, std::span{batch.costs}.subspan(index)));
  }
  const double begin = batch.seconds();
  if (!batch.is_quiet()) {
    streams.messages << fmt::format("[{}/{}] {}\n", index + 1, batch.members.size(),
                                    escape_text(member.name));
  }
  const ExitCode code =
      play_job({.options = options,
                .output = member.output,
                .goal = goal,
                .reading = std::move(member.reading),
                .sweep_case = member.sweep_case,
                .company = {.signals = &batch.signals, .ranks = batch.company.ranks}},
               streams);
  if (goal.seconds) {
    batch.beside += std::max(0.0, batch.seconds() - begin - *goal.seconds);
    ++batch.members_over;
  }
  return code;
}

/// Fills the row of a run that has ended.
void note_end(PlanBatch& batch, std::size_t index, ExitCode code, const Streams& streams) {
  BatchRow& row = batch.rows[index];
  row.status = status_of(code, batch.goal);
  if (code != ExitCode::done || !batch.goal.part.is_whole()) return;
  try {
    row = with_result(std::move(row), read_run_summary(read_result(batch.members[index].output)));
  } catch (const FileError& error) {
    batch.rows[index].status = "result cannot be read";
    batch.worst = ExitCode::too_many_failed;
    tell_run(streams, ExitCode::file, escape_text(error.what()));
  }
}

void write_index(PlanBatch& batch, const Streams& streams) {
  try {
    write_batch_index(batch.rows, batch.options.output);
  } catch (const FileError& error) {
    batch.worst = ExitCode::too_many_failed;
    tell_run(streams, ExitCode::file, escape_text(error.what()));
  }
}

/// Plays all that can run, up to a signal.
void play_members(PlanBatch& batch, const Streams& streams) {
  for (std::size_t index = 0; index < batch.members.size(); ++index) {
    if (batch.signals.first() != 0) return;
    if (!batch.members[index].can_run()) continue;
    const ExitCode code = play_member(batch, index, streams);
    note_end(batch, index, code, streams);
    write_index(batch, streams);
    if (code != ExitCode::done) batch.worst = ExitCode::too_many_failed;
  }
}

void tell_batch_end(const PlanBatch& batch, const Streams& streams) {
  if (batch.is_quiet()) return;
  const auto done = std::ranges::count_if(batch.rows, [](const BatchRow& row) {
    return row.has_result || row.status.ends_with("done");
  });
  const Terminal terminal = terminal_behind(streams.results);
  streams.results << batch_table(batch.rows,
                                 {.width = terminal.width, .colored = terminal.wants_color});
  streams.messages << fmt::format("{} of {} are done, in {}; index: {}\n", done,
                                  counted(static_cast<double>(batch.rows.size()), "run"),
                                  duration_text(batch.seconds()),
                                  escape_text(batch_index_of(batch.options.output).string()));
}

}  // namespace

ExitCode run_batch(const RunOptions& options, const RunGoal& goal, const RunCompany& company,
                   const Streams& streams) {
  std::optional<HeldSignals> own;
  const HeldSignals& signals = company.signals != nullptr ? *company.signals : own.emplace();
  PlanBatch batch{
      .options = options,
      .goal = goal,
      .threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency(),
      .signals = signals,
      .company = company};
  auto members = read_members(options);
  if (const auto* wrong = std::get_if<std::string>(&members)) {
    return tell_run(streams, ExitCode::usage, *wrong);
  }
  batch.members = std::get<std::vector<BatchMember>>(std::move(members));
  if (tell_refused(batch, streams) == 0) return batch.worst;
  if (const ExitCode code = make_folder(batch, streams); code != ExitCode::done) return code;
  for (const BatchMember& member : batch.members) batch.rows.push_back(row_of(member));
  batch.costs = estimate_costs(batch.members, goal,
                               {.luck = {.seed = options.seed.value_or(1), .frozen = goal.frozen},
                                .threads = batch.threads,
                                .signals = signals});
  if (const ExitCode code = tell_estimate(batch, streams); code != ExitCode::done) return code;
  play_members(batch, streams);
  tell_batch_end(batch, streams);
  if (signals.first() != 0) {
    return tell_run(streams, static_cast<ExitCode>(128 + signals.first()),
                    "the same command goes on from what is finished");
  }
  return batch.worst == ExitCode::done ? ExitCode::done : ExitCode::too_many_failed;
}

}  // namespace flywheel
