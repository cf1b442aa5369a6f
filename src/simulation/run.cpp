#include "simulation/run.hpp"

#include <array>
#include <atomic>
#include <cmath>
#include <exception>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include "core/check.hpp"
#include "simulation/replication.hpp"

namespace flywheel {

namespace {

Outcome failed_outcome(std::uint64_t replication, std::string why) {
  Outcome outcome;
  outcome.replication = replication;
  outcome.failed = true;
  outcome.failure = std::move(why);
  return outcome;
}

}  // namespace

Outcome play_safely(const PlayReplication& play, std::uint64_t replication) {
  try {
    // A thread that waits for blocks of this replication must not begin another: that would pile
    // replications up in memory and keep this one waiting.
    Outcome outcome = tbb::this_task_arena::isolate([&] { return play(replication); });
    outcome.replication = replication;
    return outcome;
  } catch (const std::bad_alloc&) {
    return failed_outcome(replication, "out of memory");
  } catch (const std::exception& error) {
    return failed_outcome(replication, error.what());
  } catch (...) {
    return failed_outcome(replication, "failed for an unknown reason");
  }
}

namespace {

/// The two ends of the pipeline, each used by one thread at a time.
class Line {
 public:
  Line(const RunRequest& request, OutcomeSink& sink, Interrupt& interrupt)
      : request_{request}, sink_{sink}, interrupt_{interrupt} {}

  /// The number of the next replication; stops the pipeline when there is none.
  std::uint64_t next(tbb::flow_control& control) {
    if (begun_ == request_.count || closed_) {
      control.stop();
      return 0;
    }
    if (interrupt_.wanted()) {
      interrupted_ = true;
      control.stop();
      return 0;
    }
    return request_.first + begun_++;
  }

  void take(Outcome outcome) {
    if (closed_) return;
    ++report_.done;
    report_.events += outcome.events;
    if (outcome.failed) ++report_.failed;
    if (sink_.take(std::move(outcome)) == Appetite::enough) close(RunEnd::enough);
    if (report_.failed > request_.failures_allowed) close(RunEnd::too_many_failed);
  }

  [[nodiscard]] RunReport report() const {
    RunReport report = report_;
    // Interrupted only if that left something out.
    if (interrupted_ && !closed_) report.end = RunEnd::interrupted;
    return report;
  }

 private:
  void close(RunEnd end) {
    report_.end = end;
    closed_ = true;
  }

  const RunRequest& request_;
  OutcomeSink& sink_;
  Interrupt& interrupt_;
  std::uint64_t begun_{0};
  bool interrupted_{false};
  std::atomic<bool> closed_{false};
  RunReport report_;
};

void expect_finite(const OutcomeLayout& layout, const Outcome& outcome,
                   std::span<const Column> columns) {
  for (const Column column : columns) {
    if (std::isfinite(outcome.row[layout.offset(column)])) continue;
    throw ContractBroken{std::string{spec_of(column).name} + " is not a finite number"};
  }
}

}  // namespace

void check_headline(const OutcomeLayout& layout, const Outcome& outcome) {
  constexpr std::array money{Column::media_spend, Column::contribution, Column::deepest_cash};
  constexpr std::array ratios{Column::cohort_roas_180, Column::cohort_roas_180_gross,
                              Column::cohort_roas_180_open};
  expect_finite(layout, outcome, money);
  if (outcome.row[layout.offset(Column::media_spend)] > 0.0) {
    expect_finite(layout, outcome, ratios);
  }
}

RunReport run_replications(const RunRequest& request, const PlayReplication& play,
                           OutcomeSink& sink, Interrupt& interrupt) {
  expect(request.threads >= 1, "a run has at least one thread");
  const auto threads = static_cast<std::size_t>(request.threads);
  const tbb::global_control limit{tbb::global_control::max_allowed_parallelism, threads};
  tbb::task_arena arena{request.threads};
  Line line{request, sink, interrupt};
  // The pipeline passes numbers, since it loses objects that it passes when a sink throws. There
  // are never more replications in play than places, and they leave in order: each has its own.
  std::vector<Outcome> in_play(4 * threads);
  const auto place_of = [&](std::uint64_t replication) -> Outcome& {
    return in_play[replication % in_play.size()];
  };
  arena.execute([&] {
    tbb::parallel_pipeline(
        in_play.size(),
        tbb::make_filter<void, std::uint64_t>(
            tbb::filter_mode::serial_in_order,
            [&](tbb::flow_control& control) { return line.next(control); }) &
            tbb::make_filter<std::uint64_t, std::uint64_t>(tbb::filter_mode::parallel,
                                                           [&](std::uint64_t replication) {
                                                             place_of(replication) =
                                                                 play_safely(play, replication);
                                                             return replication;
                                                           }) &
            tbb::make_filter<std::uint64_t, void>(
                tbb::filter_mode::serial_in_order,
                [&](std::uint64_t replication) { line.take(std::move(place_of(replication))); }));
  });
  return line.report();
}

OutcomeLayout outcome_layout(const ScenarioSource& source) {
  const Frozen all{.parameters = true, .market = true, .shoppers = true};
  return OutcomeLayout{dimension_sizes(source.draw(future_of(0, 0, all)))};
}

Outcome FuturePlayer::play(const Future& future) {
  Outcome outcome = run_replication(source_->draw(future), layout_, memories_.local());
  outcome.parameters = source_->drawn(future);
  check_headline(layout_, outcome);
  return outcome;
}

PlayReplication play_by(FuturePlayer& player, const RunLuck& luck) {
  return [&player, luck](std::uint64_t replication) {
    return player.play(future_of(luck.seed, replication, luck.frozen));
  };
}

RunReport run_study(const ScenarioSource& source, const RunLuck& luck, const RunRequest& request,
                    OutcomeSink& sink, Interrupt& interrupt) {
  FuturePlayer player{source};
  return run_replications(request, play_by(player, luck), sink, interrupt);
}

}  // namespace flywheel
