#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "outcome/outcome_sink.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// What earlier processes finished of a run.
class KeptOutcomes {
 public:
  KeptOutcomes() = default;
  KeptOutcomes(KeptOutcomes&&) = delete;
  virtual ~KeptOutcomes() = default;

  /// The batch that begins with this replication, without gaps; nothing if there is none.
  [[nodiscard]] virtual std::optional<std::vector<Outcome>> batch_at(std::uint64_t first) = 0;
  /// Where a later batch may begin; nothing if none does.
  [[nodiscard]] virtual std::optional<std::uint64_t> next_after(std::uint64_t first) const = 0;
};

/// Plays replications of these numbers into the sink.
using PlayRange = std::function<RunReport(const RunRequest& request, OutcomeSink& sink)>;

/// Hands the sink every replication that the request asks for, in order: what is kept as it is
/// (Outcome::is_kept), what is missing played by `play`. The report counts both.
[[nodiscard]] RunReport play_rest(const RunRequest& request, KeptOutcomes& kept,
                                  const PlayRange& play, OutcomeSink& sink);

}  // namespace flywheel
