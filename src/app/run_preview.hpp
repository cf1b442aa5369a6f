#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "app/run_counter.hpp"
#include "plan/plan.hpp"
#include "results/run_description.hpp"
#include "study/thinned_outcomes.hpp"

namespace flywheel {

/// What a run says of itself in its work folder while it is going.
struct PreviewSetting {
  std::filesystem::path folder;
  std::string started;     ///< UTC
  std::uint64_t count{0};  ///< replications wanted; 0: until something else ends the run
  std::string part{};      ///< "2/4" where a run is played in parts
  int threads{1};
  double every_seconds{30};  ///< between two previews, or 100 times what one costs
};

/// What is told of.
struct PreviewParts {
  const Plan& plan;
  const RunCounter& counter;
  const ThinnedOutcomes& outcomes;
};

/// Writes `status.json` (how far the run is) and now and then `preview.h5` (the result so far, of a
/// sample where the run is long; complete = 0), each atomically. Where they cannot be written the
/// run goes on without them.
class RunPreview {
 public:
  /// What `parts` refer to outlives it.
  RunPreview(PreviewSetting setting, const PreviewParts& parts, RunDescription run,
             std::function<double()> seconds);

  /// After some replications were kept.
  void update();
  /// When the run ends before it is complete: the preview of all that is kept.
  void finish(const std::string& end);

  /// Why the last file could not be written; empty: it was.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  void write_status(const std::string& state);
  void write_preview();

  PreviewSetting setting_;
  PreviewParts parts_;
  RunDescription run_;
  std::function<double()> seconds_;
  double next_preview_;
  std::string trouble_;
};

}  // namespace flywheel
