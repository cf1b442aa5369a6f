#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "plan/plan.hpp"
#include "results/outcome_table.hpp"
#include "results/run_description.hpp"

namespace flywheel {

/// What a run says of itself in its work folder while it is going.
struct PreviewSetting {
  std::filesystem::path folder;
  std::string started;     ///< UTC
  std::uint64_t count{0};  ///< replications wanted; 0: until something else ends the run
  int threads{1};
  double every_seconds{30};  ///< between two previews, or 50 times what one costs
};

/// Writes `status.json` (how far the run is) and now and then `preview.h5` (the result so far,
/// complete = 0), each atomically. Where they cannot be written the run goes on without them.
class RunPreview {
 public:
  RunPreview(PreviewSetting setting, const Plan& plan, RunDescription run,
             const OutcomeTable& table, std::function<double()> seconds);

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
  const Plan& plan_;
  RunDescription run_;
  const OutcomeTable& table_;
  std::function<double()> seconds_;
  double next_preview_;
  std::string trouble_;
};

}  // namespace flywheel
