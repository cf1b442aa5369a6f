#include "study/resume.hpp"

#include <algorithm>
#include <utility>

namespace flywheel {

namespace {

/// A run that is made of pieces.
class Pieces {
 public:
  Pieces(const RunRequest& request, OutcomeSink& sink)
      : request_{request}, sink_{sink}, next_{request.first} {}

  [[nodiscard]] bool go_on() const {
    return report_.end == RunEnd::all_played && next_ < request_.first + request_.count;
  }
  [[nodiscard]] std::uint64_t next() const { return next_; }
  [[nodiscard]] const RunReport& report() const { return report_; }

  void hand_on(std::vector<Outcome> batch) {
    for (Outcome& outcome : batch) {
      if (!go_on()) return;
      outcome.is_kept = true;
      ++report_.done;
      ++next_;
      report_.events += outcome.events;
      report_.failed += outcome.failed ? 1 : 0;
      if (sink_.take(std::move(outcome)) == Appetite::enough) report_.end = RunEnd::enough;
      if (report_.failed > request_.failures_allowed) report_.end = RunEnd::too_many_failed;
    }
  }

  /// Plays up to where the next batch begins.
  void play(const PlayRange& play, std::optional<std::uint64_t> bound) {
    RunRequest part = request_;
    const std::uint64_t end = request_.first + request_.count;
    part.first = next_;
    part.count = std::min(end, bound.value_or(end)) - next_;
    part.failures_allowed -= report_.failed;
    const RunReport played = play(part, sink_);
    next_ += played.done;
    report_.end = played.end;
    report_.done += played.done;
    report_.failed += played.failed;
    report_.events += played.events;
  }

 private:
  const RunRequest& request_;
  OutcomeSink& sink_;
  std::uint64_t next_;
  RunReport report_;
};

}  // namespace

RunReport play_rest(const RunRequest& request, KeptOutcomes& kept, const PlayRange& play,
                    OutcomeSink& sink) {
  Pieces pieces{request, sink};
  while (pieces.go_on()) {
    if (auto batch = kept.batch_at(pieces.next()); batch && !batch->empty()) {
      pieces.hand_on(*std::move(batch));
    } else {
      pieces.play(play, kept.next_after(pieces.next()));
    }
  }
  return pieces.report();
}

}  // namespace flywheel
