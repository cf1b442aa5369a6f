#include "simulation/run.hpp"

#include <atomic>
#include <chrono>
#include <limits>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/check.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Keeps what comes; has enough after `enough_at` outcomes.
class Keeper : public OutcomeSink {
 public:
  explicit Keeper(std::size_t enough_at = SIZE_MAX) : enough_at_{enough_at} {}
  Appetite take(Outcome outcome) override {
    kept.push_back(std::move(outcome));
    return kept.size() >= enough_at_ ? Appetite::enough : Appetite::more;
  }
  std::vector<Outcome> kept;

 private:
  std::size_t enough_at_;
};

/// Says stop after it was asked this many times.
class StopAfter : public Interrupt {
 public:
  explicit StopAfter(std::uint64_t asked) : left_{asked} {}
  bool wanted() override { return left_-- == 0; }

 private:
  std::uint64_t left_;
};

class Never : public Interrupt {
 public:
  bool wanted() override { return false; }
};

/// Even replications take long, so that odd ones are finished before them.
Outcome play_unevenly(std::uint64_t replication) {
  if (replication % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{2});
  Outcome outcome;
  outcome.row = {static_cast<double>(replication)};
  outcome.events = 10;
  return outcome;
}

std::vector<std::uint64_t> numbers(const Keeper& keeper) {
  std::vector<std::uint64_t> all;
  for (const Outcome& outcome : keeper.kept) all.push_back(outcome.replication);
  return all;
}

TEST_CASE("outcomes reach the sink in the order of replications on any number of threads",
          "[simulation][run][parallel]") {
  const int threads = GENERATE(1, 2, 3, 8);
  Keeper keeper;
  Never never;
  const RunReport report =
      run_replications({.first = 5, .count = 40, .threads = threads}, play_unevenly, keeper, never);
  REQUIRE(keeper.kept.size() == 40);
  for (std::size_t place = 0; place < 40; ++place) {
    REQUIRE(keeper.kept[place].replication == place + 5);
    REQUIRE(keeper.kept[place].row[0] == static_cast<double>(place + 5));
  }
  REQUIRE(report.end == RunEnd::all_played);
  REQUIRE(report.done == 40);
  REQUIRE(report.events == 400);
}

TEST_CASE("as many replications are in play at once as there are threads",
          "[simulation][run][parallel]") {
  constexpr int threads = 3;
  std::atomic<int> now{0};
  std::atomic<int> most{0};
  // A busy machine may be slow to start a thread, so those that came wait for the others.
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  const PlayReplication play = [&](std::uint64_t) {
    const int count = ++now;
    int seen = most;
    while (seen < count && !most.compare_exchange_weak(seen, count)) {
    }
    do {
      std::this_thread::sleep_for(std::chrono::milliseconds{2});
    } while (most < threads && std::chrono::steady_clock::now() < patience);
    --now;
    return Outcome{};
  };
  Keeper keeper;
  Never never;
  static_cast<void>(run_replications({.count = 60, .threads = threads}, play, keeper, never));
  REQUIRE(most == threads);
}

TEST_CASE("a replication that throws becomes a failed row and the run goes on",
          "[simulation][run]") {
  const PlayReplication play = [](std::uint64_t replication) -> Outcome {
    if (replication == 2) throw ContractBroken{"contract broken: two is odd"};
    if (replication == 4) throw std::bad_alloc{};
    if (replication == 6) throw 6;  // NOLINT(hicpp-exception-baseclass)
    return play_unevenly(replication);
  };
  Keeper keeper;
  Never never;
  const RunReport report = run_replications({.count = 9, .threads = 2}, play, keeper, never);
  REQUIRE(report.end == RunEnd::all_played);
  REQUIRE(report.done == 9);
  REQUIRE(report.failed == 3);
  REQUIRE(keeper.kept[2].failed);
  REQUIRE(keeper.kept[2].replication == 2);
  REQUIRE(keeper.kept[2].failure == "contract broken: two is odd");
  REQUIRE(keeper.kept[4].failure == "out of memory");
  REQUIRE(keeper.kept[6].failure == "failed for an unknown reason");
  REQUIRE_FALSE(keeper.kept[5].failed);
}

TEST_CASE("whatever fails a hundred of a thousand replications, the others are kept",
          "[simulation][run]") {
  constexpr std::uint64_t replications = 1'000;
  const auto is_chosen = [](std::uint64_t replication) { return replication * 7 % 10 == 3; };
  const PlayReplication play = [&](std::uint64_t replication) -> Outcome {
    if (!is_chosen(replication)) return play_unevenly(replication);
    const std::string number = std::to_string(replication);
    if (replication % 3 == 0) throw std::runtime_error{"exception in " + number};
    if (replication % 3 == 1) throw std::bad_alloc{};
    throw ContractBroken{"no finite number in " + number};
  };
  Keeper keeper;
  Never never;
  const RunReport report = run_replications(
      {.count = replications, .threads = 4, .failures_allowed = 100}, play, keeper, never);
  REQUIRE(report.end == RunEnd::all_played);
  REQUIRE(report.failed == 100);
  REQUIRE(keeper.kept.size() == replications);
  for (std::uint64_t number = 0; number < replications; ++number) {
    const Outcome& outcome = keeper.kept[number];
    REQUIRE(outcome.replication == number);
    REQUIRE(outcome.failed == is_chosen(number));
    REQUIRE(outcome.failure.empty() != is_chosen(number));
    if (!outcome.failed) REQUIRE(outcome.row.at(0) == static_cast<double>(number));
  }
}

TEST_CASE("a run bears the failures it is allowed and ends with the next one",
          "[simulation][run][parallel]") {
  const PlayReplication play = [](std::uint64_t replication) -> Outcome {
    if (replication % 10 == 9) throw std::runtime_error{"every tenth"};
    return play_unevenly(replication);
  };
  const int threads = GENERATE(1, 4);
  Keeper keeper;
  Never never;
  const RunReport report = run_replications(
      {.count = 100, .threads = threads, .failures_allowed = 2}, play, keeper, never);
  REQUIRE(report.end == RunEnd::too_many_failed);
  REQUIRE(report.done == 30);  // failures at 9, 19 and 29
  REQUIRE(keeper.kept.size() == 30);
  Keeper patient;
  REQUIRE(run_replications({.count = 100, .threads = threads, .failures_allowed = 10}, play,
                           patient, never)
              .end == RunEnd::all_played);
}

TEST_CASE("a run ends with the outcome at which the sink has enough",
          "[simulation][run][parallel]") {
  const int threads = GENERATE(1, 2, 8);
  Keeper keeper{17};
  Never never;
  const RunReport report =
      run_replications({.count = 1'000, .threads = threads}, play_unevenly, keeper, never);
  REQUIRE(report.end == RunEnd::enough);
  REQUIRE(report.done == 17);
  REQUIRE(numbers(keeper).back() == 16);
}

TEST_CASE("an interrupted run keeps everything that was begun, without gaps",
          "[simulation][run][parallel]") {
  const int threads = GENERATE(1, 3);
  Keeper keeper;
  StopAfter stop{25};
  const RunReport report =
      run_replications({.count = 1'000, .threads = threads}, play_unevenly, keeper, stop);
  REQUIRE(report.end == RunEnd::interrupted);
  REQUIRE(report.done == 25);
  REQUIRE(numbers(keeper).front() == 0);
  REQUIRE(numbers(keeper).back() == 24);
}

TEST_CASE("replications ahead of a slow one are bounded", "[simulation][run][parallel]") {
  constexpr int threads = 2;
  std::atomic<std::uint64_t> furthest{0};
  std::uint64_t ahead = 0;
  const PlayReplication play = [&](std::uint64_t replication) {
    if (replication > furthest) furthest = replication;
    if (replication == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
      ahead = furthest;
    }
    return Outcome{};
  };
  Keeper keeper;
  Never never;
  static_cast<void>(run_replications({.count = 500, .threads = threads}, play, keeper, never));
  REQUIRE(keeper.kept.size() == 500);
  REQUIRE(ahead < 8);  // four for each thread
}

TEST_CASE("a future without media is valid, and no other may be without a ROAS",
          "[simulation][run]") {
  const OutcomeLayout layout{{.channels = 2, .segments = 1, .flows = 0, .rotations = 3}};
  const auto future = [&](double media, double roas, double contribution) {
    Outcome outcome;
    outcome.row.assign(layout.row_size(), 1.0);
    outcome.row[layout.offset(Column::media_spend)] = media;
    outcome.row[layout.offset(Column::cohort_roas_180)] = roas;
    outcome.row[layout.offset(Column::contribution)] = contribution;
    return outcome;
  };
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  REQUIRE_NOTHROW(check_headline(layout, future(10.0, 2.5, -4.0)));
  REQUIRE_NOTHROW(check_headline(layout, future(0.0, nothing, 7.0)));
  REQUIRE_THROWS_AS(check_headline(layout, future(10.0, nothing, 7.0)), ContractBroken);
  REQUIRE_THROWS_AS(check_headline(layout, future(0.0, nothing, nothing)), ContractBroken);
  REQUIRE_THROWS_AS(check_headline(layout, future(nothing, nothing, 7.0)), ContractBroken);
}

TEST_CASE("an exception of the sink ends the run and is passed on", "[simulation][run]") {
  class Thrower : public OutcomeSink {
   public:
    Appetite take(Outcome outcome) override {
      if (outcome.replication == 3) throw std::runtime_error{"full"};
      return Appetite::more;
    }
  };
  Thrower thrower;
  Never never;
  REQUIRE_THROWS_AS(run_replications({.count = 50, .threads = 2}, play_unevenly, thrower, never),
                    std::runtime_error);
}

}  // namespace
}  // namespace flywheel::test
