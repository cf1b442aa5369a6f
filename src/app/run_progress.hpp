#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "analysis/probability.hpp"
#include "app/streams.hpp"
#include "outcome/outcome_sink.hpp"

namespace flywheel {

/// How a run tells of itself while it is going.
struct ProgressSetting {
  std::uint64_t count{0};  ///< replications wanted; 0: until something else ends the run
  std::optional<double> target_roas{};  ///< whose chance is shown
  double every_seconds{10};             ///< between two lines
  bool rewrites_line{false};            ///< on a terminal: one line, written over again and again
};

/// Seconds since the run began.
using StopWatch = std::function<double()>;

/// "320/1,000  12.3 a second  55 s left  P(ROAS >= 3) 12.3 % (10.4 to 14.5 %)", now and then.
class RunProgress : public OutcomeSink {
 public:
  RunProgress(const ProgressSetting& setting, StopWatch watch, std::ostream& messages,
              OutcomeSink& next);
  ~RunProgress() override;

  Appetite take(Outcome outcome) override;

  /// What the line says now.
  [[nodiscard]] std::string line() const;

 private:
  void tell();

  ProgressSetting setting_;
  StopWatch watch_;
  std::ostream& messages_;
  OutcomeSink& next_;
  Tries tries_{0, 0};
  std::size_t failed_{0};
  std::size_t undefined_{0};  ///< without media, hence without ROAS
  std::size_t kept_{0};       ///< of all, those that an earlier process played
  double next_line_{0};
  std::size_t shown_{0};  ///< characters of the line that stands on the terminal
};

/// "55 s", "12 min", "3.4 h".
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace flywheel
