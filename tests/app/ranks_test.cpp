#include "app/ranks.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "app/rank_leader.hpp"
#include "app/rank_message.hpp"
#include "app/rank_worker.hpp"
#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Where messages lie until they are taken, by receiver.
struct Boxes {
  std::mutex mutex;
  std::map<int, std::deque<RankMessage>> waiting;
};

/// Ranks that are threads of this process.
class ThreadRanks : public Ranks {
 public:
  ThreadRanks(Boxes& boxes, int rank, int count) : boxes_{boxes}, rank_{rank}, count_{count} {}

  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int count() const override { return count_; }
  void send(int to, std::span<const std::byte> bytes) override {
    const std::lock_guard lock{boxes_.mutex};
    boxes_.waiting[to].push_back({rank_, {bytes.begin(), bytes.end()}});
  }
  [[nodiscard]] std::optional<RankMessage> try_receive() override {
    const std::lock_guard lock{boxes_.mutex};
    std::deque<RankMessage>& mine = boxes_.waiting[rank_];
    if (mine.empty()) return std::nullopt;
    RankMessage message = std::move(mine.front());
    mine.pop_front();
    return message;
  }

 private:
  Boxes& boxes_;
  int rank_;
  int count_;
};

Message receive(Ranks& ranks) {
  while (true) {
    if (const auto message = ranks.try_receive()) return to_message(message->bytes);
    std::this_thread::sleep_for(std::chrono::microseconds{50});
  }
}

Outcome doubled(std::uint64_t replication) {
  Outcome outcome;
  outcome.replication = replication;
  outcome.row = {2.0 * static_cast<double>(replication)};
  outcome.events = 2;
  return outcome;
}

/// Answers what it is asked with twice the number, and fails at 13; until it is let go.
void double_numbers(Ranks& ranks, std::uint64_t& answered) {
  while (true) {
    const Message message = receive(ranks);
    if (std::holds_alternative<StopMessage>(message)) return;
    if (std::holds_alternative<JobMessage>(message)) ranks.send(0, to_bytes(ReadyMessage{2}));
    if (const auto* one = std::get_if<PlayMessage>(&message)) {
      Outcome outcome = doubled(one->replication);
      outcome.failed = one->replication == 13;
      outcome.failure = outcome.failed ? "unlucky" : "";
      ++answered;
      ranks.send(0, to_bytes(outcome));
    }
  }
}

class Kept : public OutcomeSink {
 public:
  Appetite take(Outcome outcome) override {
    outcomes.push_back(std::move(outcome));
    return outcomes.size() == enough ? Appetite::enough : Appetite::more;
  }
  std::vector<Outcome> outcomes;
  std::size_t enough{0};
};

class Never : public Interrupt {
 public:
  bool wanted() override { return false; }
};

Outcome play_here(std::uint64_t replication) {
  std::this_thread::sleep_for(std::chrono::microseconds{200});
  if (replication == 13) throw std::runtime_error{"unlucky"};
  return doubled(replication);
}

}  // namespace

TEST_CASE("a message arrives as it was sent", "[app][ranks]") {
  Outcome sent = doubled(7);
  sent.failed = true;
  sent.failure = "a reason";
  sent.events = -3;
  sent.row = {1.5, -0.0, std::numeric_limits<double>::quiet_NaN()};
  sent.parameters = {0.1};
  sent.calendar_roas = {0.5F, 2.0F};
  sent.cash = {-1e30F};
  const auto got = std::get<Outcome>(to_message(to_bytes(sent)));
  CHECK(got.replication == 7);
  CHECK(got.failed);
  CHECK(got.failure == "a reason");
  CHECK(got.events == -3);
  REQUIRE(got.row.size() == 3);
  CHECK(std::signbit(got.row[1]));
  CHECK(std::isnan(got.row[2]));
  CHECK(got.parameters == sent.parameters);
  CHECK(got.calendar_roas == sent.calendar_roas);
  CHECK(got.cash == sent.cash);
  const auto job = std::get<JobMessage>(to_message(to_bytes(JobMessage{"paper", "lines\n"})));
  CHECK(job.paper == "paper");
  CHECK(job.lines == "lines\n");
  std::vector<std::byte> cut = to_bytes(sent);
  cut.pop_back();
  CHECK_THROWS(to_message(cut));
  cut = to_bytes(sent);
  cut.push_back(std::byte{0});
  CHECK_THROWS(to_message(cut));
  CHECK_THROWS(to_message(std::vector{std::byte{99}}));
}

TEST_CASE("replications dealt out to others arrive in order, each once", "[app][ranks][parallel]") {
  Boxes boxes;
  ThreadRanks first{boxes, 0, 3};
  ThreadRanks second{boxes, 1, 3};
  ThreadRanks third{boxes, 2, 3};
  std::array<std::uint64_t, 2> answered{};
  std::thread one{[&] { double_numbers(second, answered[0]); }};
  std::thread two{[&] { double_numbers(third, answered[1]); }};
  Kept kept;
  RunReport report;
  {
    RankLeader leader{first};
    leader.begin({"paper", "lines"});
    CHECK(leader.threads_elsewhere() == 4);
    Never never;
    report = leader.run({.first = 5, .count = 400, .threads = 2}, play_here, kept, never);
  }
  one.join();
  two.join();
  CHECK(report.end == RunEnd::all_played);
  CHECK(report.done == 400);
  CHECK(report.failed == 1);
  CHECK(report.events == 2 * 399 + (kept.outcomes[8].events));
  REQUIRE(kept.outcomes.size() == 400);
  for (std::size_t k = 0; k < kept.outcomes.size(); ++k) {
    const Outcome& outcome = kept.outcomes[k];
    REQUIRE(outcome.replication == 5 + k);
    if (outcome.replication == 13) {
      CHECK(outcome.failure == "unlucky");
    } else {
      REQUIRE(outcome.row == std::vector<double>{2.0 * static_cast<double>(5 + k)});
    }
  }
  CHECK(answered[0] > 0);
  CHECK(answered[1] > 0);
}

TEST_CASE("who cannot take part is named, and all are let go", "[app][ranks][parallel]") {
  Boxes boxes;
  ThreadRanks first{boxes, 0, 2};
  ThreadRanks second{boxes, 1, 2};
  std::thread other{[&] { serve_leader(second, 1); }};
  std::string why;
  {
    RankLeader leader{first};
    try {
      leader.begin({"{}", "lines"});
    } catch (const std::runtime_error& error) {
      why = error.what();
    }
  }
  other.join();
  CHECK(why.starts_with("process 1 cannot take part: "));
}

TEST_CASE("processes started together are counted", "[app][ranks]") {
  const auto count = [](const std::string& name, const std::string& value) {
    return started_together([=](const std::string& asked) -> std::optional<std::string> {
      if (asked == name) return value;
      return std::nullopt;
    });
  };
  CHECK(count("OMPI_COMM_WORLD_SIZE", "4") == 4);
  CHECK(count("PMI_SIZE", "16") == 16);
  CHECK(count("OMPI_COMM_WORLD_SIZE", "none") == 1);
  CHECK(count("HOME", "4") == 1);
}

}  // namespace flywheel::test
