#pragma once

#include <functional>
#include <optional>

#include "app/run_folder.hpp"
#include "app/run_preview.hpp"
#include "results/shard_keeper.hpp"
#include "study/precision_stop.hpp"

namespace flywheel {

/// Counts outcomes that an earlier process played.
class KeptCounter : public OutcomeSink {
 public:
  explicit KeptCounter(OutcomeSink& next) : next_{next} {}

  Appetite take(Outcome outcome) override {
    count_ += outcome.is_kept ? 1 : 0;
    return next_.take(std::move(outcome));
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  OutcomeSink& next_;
  std::uint64_t count_{0};
};

/// What a run is kept and told by.
struct ChainSetting {
  PreviewSetting preview;
  KeepRule keep;
  std::optional<double> precision;  ///< half-width at which there is enough
};

/// What the chain works on; all of it must live as long.
struct ChainParts {
  const Plan& plan;
  const RunDescription& run;
  RunFolder& folder;
  OutcomeTable& table;
};

/// Where the outcomes of a run go, one after the other: precision, count, table, disk, preview.
class RunChain {
 public:
  /// `seconds`: since the run began.
  RunChain(const ChainSetting& setting, const ChainParts& parts,
           const std::function<double()>& seconds);

  [[nodiscard]] OutcomeSink& first();
  /// Keeps what waits.
  void flush() { keeper_.flush(); }
  [[nodiscard]] std::uint64_t kept() const { return counter_.count(); }
  [[nodiscard]] std::optional<Look> last_look() const;
  [[nodiscard]] RunPreview& preview() { return preview_; }

 private:
  RunPreview preview_;
  ShardKeeper keeper_;
  KeptCounter counter_;
  std::optional<PrecisionStop> precision_;
};

}  // namespace flywheel
