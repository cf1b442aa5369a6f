#pragma once

#include <functional>
#include <optional>

#include "app/run_folder.hpp"
#include "app/run_preview.hpp"
#include "results/shard_keeper.hpp"
#include "study/precision_stop.hpp"

namespace flywheel {

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
};

/// Where the outcomes of a run go, one after the other: precision, count, disk, preview.
class RunChain {
 public:
  /// `seconds`: since the run began.
  RunChain(const ChainSetting& setting, const ChainParts& parts,
           const std::function<double()>& seconds);

  [[nodiscard]] OutcomeSink& first();
  /// Keeps what waits.
  void flush() { keeper_.flush(); }
  [[nodiscard]] const RunCounter& counter() const { return counter_; }
  [[nodiscard]] std::optional<Look> last_look() const;
  [[nodiscard]] RunPreview& preview() { return preview_; }

 private:
  ThinnedOutcomes outcomes_;
  ShardKeeper keeper_;
  RunCounter counter_;
  RunPreview preview_;
  std::optional<PrecisionStop> precision_;
};

}  // namespace flywheel
