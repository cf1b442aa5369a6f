// What it costs that nothing finished can be lost: shards, looks and the file, against the playing.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <stdexcept>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include "app/run_chain.hpp"
#include "app/run_finish.hpp"
#include "plan/read_plan.hpp"
#include "simulation/run.hpp"
#include "study/describe_run.hpp"
#include "study/run_shape.hpp"

namespace flywheel::test {
namespace {

constexpr std::uint64_t played_futures{16};

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

class Kept : public OutcomeSink {
 public:
  Appetite take(Outcome outcome) override {
    outcomes.push_back(std::move(outcome));
    return Appetite::more;
  }

  std::vector<Outcome> outcomes;
};

class Never : public Interrupt {
 public:
  bool wanted() override { return false; }
};

/// A folder for the files, removed at the end.
struct Folder {
  Folder() : path{std::filesystem::temp_directory_path() / fmt::format("flywheel-{}", ::getpid())} {
    std::filesystem::create_directory(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(Folder&&) = delete;

  std::filesystem::path path;
};

/// Some futures that were played, and what each took on all threads.
struct PlayedSome {
  std::vector<Outcome> outcomes;
  double seconds_each;
};

PlayedSome play_some(const ScenarioSource& source, int threads) {
  Kept kept;
  Never never;
  const double begin = now();
  static_cast<void>(
      run_study(source, {}, {.count = played_futures, .threads = threads}, kept, never));
  return {std::move(kept.outcomes), (now() - begin) / static_cast<double>(played_futures)};
}

RunReport play_none(const RunRequest& /*request*/, OutcomeSink& /*sink*/) {
  throw std::logic_error{"everything is kept"};
}

/// One of those that were played as another future: what is no whole number is changed a little,
/// since the same rows again would be packed too easily.
Outcome as_future(const Outcome& played, std::uint64_t number) {
  Outcome outcome = played;
  outcome.replication = number;
  const double factor = 1.0 + 1e-7 * static_cast<double>(number);
  const auto change = [factor](double& value) {
    if (value != std::floor(value)) value *= factor;
  };
  std::ranges::for_each(outcome.row, change);
  std::ranges::for_each(outcome.parameters, change);
  return outcome;
}

/// Keeps as many futures as a run of these threads has, with shards and previews at the times when
/// such a run writes them, and makes the file.
void write_run(const ScenarioSource& source, const RunDescription& run, const PlayedSome& played,
               std::uint64_t futures) {
  const Folder folder;
  const OutcomeShape shape = run_shape(source);
  RunFolder work{{.output = folder.path / "x.h5", .folder = folder.path / "x.h5.run"}, run, shape};
  work.begin();
  double played_seconds = 0;  // as if the futures were played, which are only kept
  const double begin = now();
  RunChain chain{{.preview = {.folder = work.work().path(), .started = "", .count = futures},
                  .keep = {},
                  .precision = {}},
                 {source.plan(), run, work},
                 [&] { return played_seconds + now() - begin; }};
  for (std::uint64_t number = 0; number < futures; ++number) {
    played_seconds += played.seconds_each;
    static_cast<void>(
        chain.first().take(as_future(played.outcomes[number % played_futures], number)));
  }
  chain.flush();
  work.look();
  write_whole_run(
      {.plan = source.plan(), .run = run, .shape = shape, .request = {.count = futures}}, work,
      play_none,
      {.output = folder.path / "x.h5",
       .scratch = work.work().path(),
       .temporary = work.work().path()});
}

/// `writing_share`: seconds of writing for each second of playing on two threads.
void write_plan_run(benchmark::State& state, const std::string& path) {
  const auto futures = static_cast<std::uint64_t>(state.range(0));
  PlanReading reading = read_plan(std::filesystem::path{FLYWHEEL_SOURCE_DIR} / path);
  const ScenarioSource source{reading.plan.value()};
  RunDescription run = describe_run(
      source, {.reading = std::move(reading), .settings = {}, .luck = {}, .versions = ""});
  run.identity.complete = 1;
  const PlayedSome played = play_some(source, 2);
  double writing = 0;
  for (auto _ : state) {
    const double begin = now();
    write_run(source, run, played, futures);
    writing += now() - begin;
  }
  const double playing = played.seconds_each * static_cast<double>(futures);
  state.counters["writing_share"] = writing / (static_cast<double>(state.iterations()) * playing);
}
BENCHMARK_CAPTURE(write_plan_run, b1, "configs/b1.toml")
    ->ArgName("futures")
    ->Arg(1'000)
    ->Arg(100'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_plan_run, three_to_one, "configs/three_to_one.toml")
    ->ArgName("futures")
    ->Arg(1'000)
    ->Arg(10'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace flywheel::test
