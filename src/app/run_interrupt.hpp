#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>
#include <thread>

#include "outcome/outcome_sink.hpp"

namespace flywheel {

/// Holds SIGINT, SIGTERM and SIGHUP back and hands them to one waiting thread.
///
/// The first is remembered; the second ends the program at once, as if there were no such object.
/// Must be made before the first other thread, since threads inherit what is held back. A signal
/// that was ignored when the program began (nohup) stays ignored.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(HeldSignals&&) = delete;

  /// The first signal that came, or 0.
  [[nodiscard]] int first() const { return first_; }

 private:
  void wait();

  sigset_t held_{};
  sigset_t before_{};
  std::atomic<int> first_{0};
  std::thread waiting_;
};

/// Ends a run at a signal or when its time is over.
class RunInterrupt : public Interrupt {
 public:
  RunInterrupt(const HeldSignals& signals, std::optional<std::chrono::duration<double>> time);

  [[nodiscard]] bool wanted() override;

  /// True once the time, and no signal, was why the run should end.
  [[nodiscard]] bool time_is_over() const { return time_is_over_; }

 private:
  const HeldSignals& signals_;
  std::optional<std::chrono::steady_clock::time_point> end_;
  std::atomic<bool> time_is_over_{false};
};

}  // namespace flywheel
