#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "analysis/stopping.hpp"
#include "simulation/run.hpp"

namespace flywheel {

/// What was asked of a run with a precision, and what it has come to.
struct PrecisionReached {
  double half_width;           ///< asked for
  double target;               ///< ROAS
  RunEnd end;                  ///< why no more was played
  std::uint64_t replications;  ///< played, futures without a ROAS among them
  std::optional<Look> look;    ///< at those with a ROAS; nothing where there is none
};

/// A sentence on the half-width reached, and what would help, when a run met its limit of
/// replications or time before its precision; empty when it is precise, or ended otherwise.
[[nodiscard]] std::string precision_gap(const PrecisionReached& reached);

/// The look that ended a run of these values by its precision, else the one its limit ended it
/// with. Values as in ExistingResult::headline.
[[nodiscard]] std::optional<Look> look_at_run(const PrecisionRule& rule,
                                              std::span<const double> headline, double target);

}  // namespace flywheel
