#include "study/resume.hpp"

#include <map>

#include "support/catch.hpp"

namespace flywheel::test {
namespace {

/// Batches by their first replication.
class Kept : public KeptOutcomes {
 public:
  std::optional<std::vector<Outcome>> batch_at(std::uint64_t first) override {
    const auto found = sizes.find(first);
    if (found == sizes.end()) return std::nullopt;
    std::vector<Outcome> batch(found->second);
    for (std::size_t k = 0; k < batch.size(); ++k) {
      batch[k].replication = first + k;
      batch[k].failed = fails;
    }
    return batch;
  }
  [[nodiscard]] std::optional<std::uint64_t> next_after(std::uint64_t first) const override {
    const auto next = sizes.upper_bound(first);
    return next == sizes.end() ? std::nullopt : std::optional{next->first};
  }
  std::map<std::uint64_t, std::size_t> sizes;  ///< 0: a batch that turns out to be damaged
  bool fails{false};
};

class Numbers : public OutcomeSink {
 public:
  Appetite take(Outcome outcome) override {
    REQUIRE(outcome.replication == all.size());
    all.push_back(outcome.is_kept);
    return all.size() == enough ? Appetite::enough : Appetite::more;
  }
  std::vector<bool> all;  ///< kept?
  std::size_t enough{1'000'000};
};

/// Plays by counting; `played` are the ranges that were asked for.
struct Player {
  RunReport operator()(const RunRequest& request, OutcomeSink& sink) {
    played.emplace_back(request.first, request.count);
    RunReport report;
    for (std::uint64_t k = 0; k < request.count; ++k) {
      Outcome outcome;
      outcome.replication = request.first + k;
      ++report.done;
      if (sink.take(outcome) == Appetite::enough) {
        report.end = RunEnd::enough;
        return report;
      }
      if (report.done == interrupted_after) {
        report.end = RunEnd::interrupted;
        return report;
      }
    }
    return report;
  }
  std::vector<std::pair<std::uint64_t, std::uint64_t>> played;
  std::uint64_t interrupted_after{0};
};

using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

}  // namespace

TEST_CASE("what is missing between kept batches is played", "[study][resume]") {
  Kept kept;
  kept.sizes = {{2, 3}, {5, 0}, {7, 2}};  // 2, 3, 4; damaged; 7, 8
  Numbers numbers;
  Player player;
  const RunReport report = play_rest({.count = 12}, kept, std::ref(player), numbers);
  CHECK(player.played == Ranges{{0, 2}, {5, 2}, {9, 3}});
  CHECK(report.end == RunEnd::all_played);
  CHECK(report.done == 12);
  CHECK(numbers.all == std::vector<bool>{false, false, true, true, true, false, false, true, true,
                                         false, false, false});
}

TEST_CASE("a kept batch may hold more than is asked for, or more than is enough",
          "[study][resume]") {
  Kept kept;
  kept.sizes = {{0, 10}};
  Numbers numbers;
  Player player;
  CHECK(play_rest({.count = 4}, kept, std::ref(player), numbers).done == 4);
  CHECK(player.played.empty());
  Numbers few;
  few.enough = 3;
  const RunReport report = play_rest({.count = 20}, kept, std::ref(player), few);
  CHECK(report.end == RunEnd::enough);
  CHECK(report.done == 3);
}

TEST_CASE("an interrupt and too many failures end a run that goes on, too", "[study][resume]") {
  Kept kept;
  kept.sizes = {{3, 4}};
  Numbers numbers;
  Player player;
  player.interrupted_after = 2;
  CHECK(play_rest({.count = 9}, kept, std::ref(player), numbers).end == RunEnd::interrupted);
  CHECK(numbers.all.size() == 2);
  kept.fails = true;
  Numbers others;
  Player whole;
  const RunReport report =
      play_rest({.count = 9, .failures_allowed = 1}, kept, std::ref(whole), others);
  CHECK(report.end == RunEnd::too_many_failed);
  CHECK(report.failed == 2);
  CHECK(others.all.size() == 5);
}

}  // namespace flywheel::test
