#include "app/run_progress.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "report/figure_text.hpp"

namespace flywheel {

std::string duration_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.0f} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

RunProgress::RunProgress(const ProgressSetting& setting, StopWatch watch, std::ostream& messages,
                         OutcomeSink& next)
    : setting_{setting},
      watch_{std::move(watch)},
      messages_{messages},
      next_{next},
      next_line_{setting.every_seconds} {}

RunProgress::~RunProgress() {
  if (shown_ > 0) messages_ << '\r' << std::string(shown_, ' ') << '\r' << std::flush;
}

Appetite RunProgress::take(Outcome outcome) {
  const bool reached = !outcome.failed && setting_.target_roas.has_value() &&
                       outcome.row.at(0) >= *setting_.target_roas;
  if (outcome.failed) {
    ++failed_;
  } else if (std::isnan(outcome.row.at(0))) {
    ++undefined_;
  } else {
    ++tries_.trials;
    if (reached) ++tries_.successes;
  }
  if (outcome.is_kept) ++kept_;
  const Appetite appetite = next_.take(std::move(outcome));
  if (watch_() >= next_line_) tell();
  return appetite;
}

void RunProgress::tell() {
  next_line_ = watch_() + setting_.every_seconds;
  const std::string text = line();
  if (!setting_.rewrites_line) {
    messages_ << text << '\n' << std::flush;
    return;
  }
  const std::size_t before = std::exchange(shown_, text.size());
  messages_ << '\r' << text << std::string(before > shown_ ? before - shown_ : 0, ' ')
            << std::flush;
}

std::string RunProgress::line() const {
  const double seconds = std::max(watch_(), 1e-9);
  const double done = static_cast<double>(tries_.trials + undefined_ + failed_);
  const double rate = (done - static_cast<double>(kept_)) / seconds;
  std::string text = grouped(done);
  if (setting_.count > 0) text += "/" + grouped(static_cast<double>(setting_.count));
  text += fmt::format("  {:.3g} a second", rate);
  if (setting_.count > 0 && rate > 0) {
    text += fmt::format("  {} left",
                        duration_text((static_cast<double>(setting_.count) - done) / rate));
  }
  if (tries_.trials > 0 && setting_.target_roas) {
    const ProbabilityEstimate chance = estimate_probability(tries_);
    text += fmt::format("  P(ROAS >= {:g}) {:.1f} % ({:.1f} to {:.1f} %)", *setting_.target_roas,
                        100 * chance.value, 100 * chance.wilson.low, 100 * chance.wilson.high);
  }
  if (failed_ > 0) text += fmt::format("  {} failed", failed_);
  return text;
}

}  // namespace flywheel
