#pragma once

#include <memory>
#include <vector>

#include "journey/block.hpp"
#include "journey/candidates.hpp"
#include "journey/day_zero.hpp"
#include "journey/media_totals.hpp"
#include "scenario/scenario.hpp"

namespace flywheel {

/// Memory of one segment's run, handed from one replication to the next.
struct RunMemory {
  BlockMemory block;
  CandidateParts candidates;
};

/// Whether something of a Snapshot can differ from one rotation to the next.
[[nodiscard]] bool snapshot_changes(const Scenario& scenario);

/// Days that are played with one Snapshot: a rotation, or all of them.
[[nodiscard]] int stretch_days(const Scenario& scenario);

/// One segment of a replication in play: its people, their candidates, its block.
class BlockRun {
 public:
  BlockRun(const Scenario& scenario, const BandSet& bands, std::size_t segment, RunMemory& memory);

  /// Existing customers of this segment enter.
  void admit(const DayZeroPart& customers);
  /// Plays the days of a snapshot.
  void play(const Snapshot& snapshot);
  /// After the last rotation: what was only expected becomes counts; repeat rates.
  void close();
  /// Gives the memory back, when the outcome is made.
  void give_back();

  [[nodiscard]] const Block& block() const { return *block_; }
  [[nodiscard]] std::size_t customer_count() const { return block_->crowd.customers().size(); }
  [[nodiscard]] double open_windows() const;
  /// By detractors so far.
  [[nodiscard]] double people_put_off() const {
    return static_cast<double>(block_->tally.of(Count::people_put_off));
  }

 private:
  void append_candidates(const Snapshot& snapshot);
  /// By day: organic visits of the mean shopper over organic_base.
  [[nodiscard]] std::vector<double> organic_levels(const Snapshot& snapshot) const;

  const Scenario* scenario_;
  RunMemory* memory_;
  std::unique_ptr<SegmentPeople> people_;  ///< candidates point to it, so it must not move
  std::unique_ptr<Block> block_;
  std::vector<ChannelCandidates> channels_;
  std::unique_ptr<OrganicCandidates> organic_;
  std::unique_ptr<MediaTotals> totals_;
};

}  // namespace flywheel
