#include "app/run_interrupt.hpp"

#include <array>

#include <pthread.h>
#include <unistd.h>

namespace flywheel {

namespace {

constexpr std::array<int, 3> ending_signals{SIGINT, SIGTERM, SIGHUP};

/// Wakes the waiting thread at the end; nobody else sends it.
int wake_signal() { return SIGRTMIN; }

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

void die_of(int signal) {
  ::signal(signal, SIG_DFL);
  sigset_t only{};
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
  ::raise(signal);
}

}  // namespace

HeldSignals::HeldSignals() {
  sigemptyset(&held_);
  for (const int signal : ending_signals) {
    if (!is_ignored(signal)) sigaddset(&held_, signal);
  }
  sigaddset(&held_, wake_signal());
  pthread_sigmask(SIG_BLOCK, &held_, &before_);
  waiting_ = std::thread{[this] { wait(); }};
}

HeldSignals::~HeldSignals() {
  pthread_kill(waiting_.native_handle(), wake_signal());
  waiting_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void HeldSignals::wait() {
  for (;;) {
    int signal = 0;
    if (sigwait(&held_, &signal) != 0) continue;
    if (signal == wake_signal()) return;
    if (first_ != 0) die_of(signal);
    first_ = signal;
  }
}

RunInterrupt::RunInterrupt(const HeldSignals& signals,
                           std::optional<std::chrono::duration<double>> time)
    : signals_{signals} {
  if (!time) return;
  using Clock = std::chrono::steady_clock;
  end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(*time);
}

bool RunInterrupt::wanted() {
  if (signals_.first() != 0) return true;
  time_is_over_ = end_.has_value() && std::chrono::steady_clock::now() >= *end_;
  return time_is_over_;
}

}  // namespace flywheel
