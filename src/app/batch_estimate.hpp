#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "app/batch_members.hpp"
#include "app/run_goal.hpp"
#include "app/run_interrupt.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// What a member of a batch costs.
struct MemberCost {
  double seconds{0};     ///< for one replication, with all threads at work; 0: it cannot run
  double bytes{0};       ///< of disk at most for all replications asked for; 0: not known
  bool is_there{false};  ///< its result is there already
};

/// How the members are played.
struct BatchPlay {
  RunLuck luck;
  int threads{1};
  const HeldSignals& signals;  ///< the first of which ends the estimate too
};

/// Plays some replications of each plan, a third of a second or one for each thread, and takes the
/// cases of a sweep by the people that they keep in memory.
[[nodiscard]] std::vector<MemberCost> estimate_costs(std::span<const BatchMember> members,
                                                     const RunGoal& goal, const BatchPlay& play);

/// Seconds that all members need which are not there yet; 0 where replications have no limit.
[[nodiscard]] double total_seconds(std::span<const MemberCost> costs, const RunGoal& goal);

/// Bytes of disk at most: the results of all, and what one needs beside while it is going.
[[nodiscard]] double total_bytes(std::span<const MemberCost> costs);

/// What is left of the time of a batch.
struct TimeLeft {
  double seconds;    ///< all together
  double beside{0};  ///< of it, for each member, what reading and writing take
};

/// The time that the first of these members gets to play, so that all would play the same number of
/// replications; what it leaves goes to the others.
[[nodiscard]] double time_share(const TimeLeft& left, std::span<const MemberCost> costs);

}  // namespace flywheel
