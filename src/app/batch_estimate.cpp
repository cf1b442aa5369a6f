#include "app/batch_estimate.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "app/run_disk.hpp"
#include "plan/expected_journeys.hpp"
#include "random/copula.hpp"
#include "study/run_shape.hpp"

namespace flywheel {

namespace {

/// Takes everything and keeps nothing.
class NoSink : public OutcomeSink {
 public:
  Appetite take(Outcome /*outcome*/) override { return Appetite::more; }
};

double pilot_seconds(const ScenarioSource& source, const BatchPlay& play) {
  constexpr double long_enough = 1.0 / 3.0;
  const auto begin = std::chrono::steady_clock::now();
  std::uint64_t done = 0;
  double seconds = 0;
  for (auto count = static_cast<std::uint64_t>(play.threads);
       seconds < long_enough && play.signals.first() == 0; count *= 2) {
    NoSink sink;
    RunInterrupt interrupt{play.signals, std::nullopt};
    const RunRequest request{
        .first = done, .count = count, .threads = play.threads, .failures_allowed = count};
    static_cast<void>(run_study(source, play.luck, request, sink, interrupt));
    done += count;
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  return seconds / static_cast<double>(done);
}

/// What a replication costs for each person in it, and a thousand for what is not about people.
double people_of(const Plan& plan) { return 1'000.0 + expect_journeys(plan).total(); }

}  // namespace

std::vector<MemberCost> estimate_costs(std::span<const BatchMember> members, const RunGoal& goal,
                                       const BatchPlay& play) {
  std::map<std::filesystem::path, double> per_person;
  std::vector<MemberCost> costs;
  for (const BatchMember& member : members) {
    MemberCost& cost = costs.emplace_back();
    std::error_code unknown;
    cost.is_there = std::filesystem::exists(member.output, unknown);
    if (!member.can_run()) continue;
    const Plan& plan = *member.reading.plan;
    try {
      const ScenarioSource source{plan};
      const auto [there, is_new] = per_person.emplace(member.plan, 0.0);
      if (is_new) there->second = pilot_seconds(source, play) / people_of(plan);
      cost.seconds = there->second * people_of(plan);
      if (goal.bounded) cost.bytes = disk_need_bytes(run_shape(source), goal.range.count);
    } catch (const ImpossibleCorrelations&) {
      cost = {};  // told when its turn comes
    }
  }
  return costs;
}

double total_seconds(std::span<const MemberCost> costs, const RunGoal& goal) {
  if (!goal.bounded) return 0;
  double seconds = 0;
  for (const MemberCost& cost : costs) {
    if (!cost.is_there) seconds += cost.seconds * static_cast<double>(goal.range.count);
  }
  return seconds;
}

double total_bytes(std::span<const MemberCost> costs) {
  double kept = 0;
  double most = 0;
  for (const MemberCost& cost : costs) {
    if (cost.is_there) continue;
    kept += cost.bytes / disk_copies;
    most = std::max(most, cost.bytes);
  }
  return kept + most;
}

double time_share(const TimeLeft& left, std::span<const MemberCost> costs) {
  double all = 0;
  double seconds = left.seconds;
  for (const MemberCost& cost : costs) {
    all += cost.seconds;
    if (cost.seconds > 0) seconds -= left.beside;
  }
  if (all <= 0 || seconds <= 0) return 0;
  return seconds * costs.front().seconds / all;
}

}  // namespace flywheel
