#include "app/rank_worker.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "app/rank_message.hpp"
#include "app/run_paper.hpp"
#include "app/versions.hpp"
#include "simulation/run.hpp"
#include "study/describe_run.hpp"

namespace flywheel {

namespace {

/// What is played at present.
struct Job {
  Job(ScenarioSource of, const RunLuck& with) : source{std::move(of)}, luck{with} {}

  ScenarioSource source;
  RunLuck luck;
  FuturePlayer player{source};

  [[nodiscard]] Outcome play(std::uint64_t replication) {
    return play_safely(play_by(player, luck), replication);
  }
};

/// The job of a paper, if it is the run of these lines here too. Throws std::exception that says
/// why it is not.
std::unique_ptr<Job> make_job(const JobMessage& message) {
  const RunPaper paper = paper_in(message.paper);
  PlanReading reading = read_plan_of(paper);
  if (!reading.plan) throw std::runtime_error{"its program does not take the plan"};
  const RunLuck luck{.seed = paper.seed, .frozen = paper.frozen};
  auto job = std::make_unique<Job>(ScenarioSource{*std::move(reading.plan)}, luck);
  const RunOrigin origin{.reading = std::move(reading),
                         .settings = paper.settings,
                         .luck = luck,
                         .versions = library_versions()};
  if (joined(describe_run(job->source, origin).run_lines) != message.lines) {
    throw std::runtime_error{"it is another program, or computes otherwise"};
  }
  return job;
}

/// Finished outcomes on their way from the threads that play to the one that sends.
class Finished {
 public:
  void add(Outcome outcome) {
    const std::lock_guard lock{mutex_};
    outcomes_.push_back(std::move(outcome));
  }
  [[nodiscard]] std::deque<Outcome> take() {
    const std::lock_guard lock{mutex_};
    return std::exchange(outcomes_, {});
  }

 private:
  std::mutex mutex_;
  std::deque<Outcome> outcomes_;
};

class Worker {
 public:
  Worker(Ranks& ranks, int threads)
      : ranks_{ranks},
        threads_{threads},
        limit_{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads) + 1},
        arena_{threads, 0} {}

  /// Until the leader says that nothing more comes.
  void serve() {
    using namespace std::chrono_literals;
    auto pause = 20us;
    while (!is_over_) {
      const bool has_sent = send_finished();
      const auto message = ranks_.try_receive();
      if (message) obey(to_message(message->bytes));
      pause = has_sent || message ? 20us : std::min(2 * pause, 500us);
      std::this_thread::sleep_for(pause);
    }
  }

 private:
  void obey(const Message& message) {
    if (const auto* job = std::get_if<JobMessage>(&message)) return begin(*job);
    if (const auto* one = std::get_if<PlayMessage>(&message)) return play(one->replication);
    is_over_ = std::holds_alternative<StopMessage>(message);
  }

  void begin(const JobMessage& message) {
    try {
      job_ = make_job(message);
      send(ReadyMessage{static_cast<std::uint64_t>(threads_)});
    } catch (const std::exception& error) {
      send(RefusalMessage{error.what()});
    }
  }

  void play(std::uint64_t replication) {
    arena_.enqueue([this, replication] { finished_.add(job_->play(replication)); });
  }

  bool send_finished() {
    std::deque<Outcome> outcomes = finished_.take();
    const bool has_any = !outcomes.empty();
    for (Outcome& outcome : outcomes) send(std::move(outcome));
    return has_any;
  }

  void send(const Message& message) { ranks_.send(0, to_bytes(message)); }

  Ranks& ranks_;
  int threads_;
  std::unique_ptr<Job> job_{};
  Finished finished_{};
  bool is_over_{false};
  tbb::global_control limit_;
  tbb::task_arena arena_;
};

}  // namespace

void serve_leader(Ranks& ranks, int threads) { Worker{ranks, threads}.serve(); }

}  // namespace flywheel
