#pragma once

#include "outcome/outcome.hpp"

namespace flywheel {

/// What a sink says after each outcome.
enum class Appetite {
  more,
  enough,  ///< the run ends with this outcome; whatever was played beyond it is dropped
};

/// Takes the outcomes of a run: stores them, counts them, decides when there are enough.
///
/// Called in the order of replications, by one thread at a time. Sinks that decorate another (a
/// progress line, a stopping rule) pass each outcome on and answer as it does, or `enough`.
class OutcomeSink {
 public:
  OutcomeSink() = default;
  OutcomeSink(OutcomeSink&&) = delete;
  virtual ~OutcomeSink() = default;

  virtual Appetite take(Outcome outcome) = 0;
};

/// Whether a run should begin no more replications. Those in flight are finished and kept.
class Interrupt {
 public:
  Interrupt() = default;
  Interrupt(Interrupt&&) = delete;
  virtual ~Interrupt() = default;

  /// Asked before each replication, by one thread at a time.
  [[nodiscard]] virtual bool wanted() = 0;
};

}  // namespace flywheel
