#include <array>
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

#include "benchmark/shared_plan.hpp"
#include "simulation/run.hpp"

namespace flywheel::test {
namespace {

class NothingKept : public OutcomeSink {
 public:
  Appetite take(Outcome outcome) override {
    benchmark::DoNotOptimize(outcome.row.data());
    return Appetite::more;
  }
};

class Never : public Interrupt {
 public:
  bool wanted() override { return false; }
};

/// What a future costs before anybody is played: parameters, market path, base rates solved.
void draw_scenario(benchmark::State& state) {
  const ScenarioSource source = shared_plan("configs/three_to_one.toml");
  std::uint64_t replication = 0;
  for (auto _ : state) benchmark::DoNotOptimize(source.draw(future_of(1, replication++)));
}
BENCHMARK(draw_scenario)->Unit(benchmark::kMillisecond);

/// Once for a run: tables of traits and the futures' common ground.
void prepare_run(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(shared_plan("configs/three_to_one.toml"));
}
BENCHMARK(prepare_run)->Unit(benchmark::kMillisecond);

/// How many futures one iteration plays, and on how many threads.
struct Measure {
  std::uint64_t replications;
  int threads;
};

/// Whole runs but for the file: every iteration plays the same futures. `seconds_each` is real time
/// for each replication, `ns_per_event` that for each click, session step, message, order ...
void play(benchmark::State& state, const ScenarioSource& source, const Measure& measure) {
  NothingKept sink;
  Never never;
  std::int64_t events = 0;
  std::uint64_t done = 0;
  for (auto _ : state) {
    const RunReport report = run_study(
        source, {}, {.count = measure.replications, .threads = measure.threads}, sink, never);
    if (report.failed > 0) state.SkipWithError("a replication failed");
    events += report.events;
    done += report.done;
  }
  using benchmark::Counter;
  state.counters["seconds_each"] =
      Counter{static_cast<double>(done), Counter::kIsRate | Counter::kInvert};
  state.counters["ns_per_event"] =
      Counter{static_cast<double>(events) * 1e-9, Counter::kIsRate | Counter::kInvert};
}

void play_plan(benchmark::State& state, const std::string& path, std::uint64_t replications) {
  const ScenarioSource source = shared_plan(path);
  play(state, source, {.replications = replications, .threads = static_cast<int>(state.range(0))});
}
BENCHMARK_CAPTURE(play_plan, b1, "configs/b1.toml", 64)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(play_plan, three_to_one, "configs/three_to_one.toml", 24)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(play_plan, starter, "configs/starter.toml", 24)
    ->ArgName("threads")
    ->Arg(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// A crowd of so many million, with as many visits in all and the same money: the same events.
void play_crowd(benchmark::State& state) {
  const std::int64_t million = state.range(0);
  const std::array<std::string, 2> settings{
      "segment.everybody.size=" + std::to_string(million * 1'000'000),
      "organic.visits_per_day=" + std::to_string(0.5 / static_cast<double>(million))};
  const ScenarioSource source = shared_plan("tests/verification/crowd.toml", settings);
  play(state, source, {.replications = 64, .threads = 1});
}
BENCHMARK(play_crowd)
    ->ArgName("million")
    ->Arg(2)
    ->Arg(20)
    ->Arg(200)
    ->Arg(2000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The starter plan in rotations of so many days.
void play_rotations(benchmark::State& state) {
  const std::array<std::string, 1> settings{"campaign.rotation_days=" +
                                            std::to_string(state.range(0))};
  const ScenarioSource source = shared_plan("configs/starter.toml", settings);
  play(state, source, {.replications = 24, .threads = 1});
}
BENCHMARK(play_rotations)
    ->ArgName("days")
    ->Arg(8)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace flywheel::test
