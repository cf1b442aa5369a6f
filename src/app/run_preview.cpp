#include "app/run_preview.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/run_log.hpp"
#include "results/file_error.hpp"
#include "results/outcome_table.hpp"
#include "results/publish.hpp"
#include "study/run_image.hpp"

namespace flywheel {

namespace {

// Pages are not made from braces, which end the program where memory does (nlohmann-json 3.11).

/// P(ROAS >= target) so far, or nulls.
nlohmann::ordered_json chance_so_far(const RunCounter& counter) {
  nlohmann::ordered_json page;
  page["target_roas"] = counter.target_roas();
  page["probability_of_target"] = nullptr;
  page["probability_low"] = nullptr;
  page["probability_high"] = nullptr;
  if (counter.tries().trials == 0) return page;
  const ProbabilityEstimate chance = estimate_probability(counter.tries());
  page["probability_of_target"] = chance.value;
  page["probability_low"] = chance.wilson.low;
  page["probability_high"] = chance.wilson.high;
  return page;
}

}  // namespace

RunPreview::RunPreview(PreviewSetting setting, const PreviewParts& parts, RunDescription run,
                       std::function<double()> seconds)
    : setting_{std::move(setting)},
      parts_{parts},
      run_{std::move(run)},
      seconds_{std::move(seconds)},
      next_preview_{setting_.every_seconds} {
  run_.identity.complete = 0;
}

void RunPreview::update() {
  write_status("running");
  if (seconds_() >= next_preview_) write_preview();
}

void RunPreview::finish(const std::string& end) {
  write_preview();
  write_status(end);
}

void RunPreview::write_status(const std::string& state) {
  nlohmann::ordered_json page;
  page["state"] = state;
  page["replications"] = parts_.counter.done();
  page["kept_before"] = parts_.counter.kept();
  page["failed"] = parts_.counter.failed();
  page["wanted"] = setting_.count;
  page["part"] = setting_.part;
  page["process"] = ::getpid();
  page["threads"] = setting_.threads;
  page["started"] = setting_.started;
  page["updated"] = utc_now();
  page["seconds"] = seconds_();
  page.update(chance_so_far(parts_.counter));
  const std::string text = page.dump(2) + '\n';
  try {
    publish(std::as_bytes(std::span{text}), setting_.folder / "status.json", Existing::replace);
    trouble_.clear();
  } catch (const FileError& error) {
    trouble_ = error.what();
  }
}

void RunPreview::write_preview() {
  const double begin = seconds_();
  OutcomeTable table{parts_.outcomes.shape()};
  for (const Outcome& outcome : parts_.outcomes.outcomes()) {
    static_cast<void>(table.take(outcome));
  }
  if (table.rows() == table.failed_rows()) return;
  run_.step = parts_.outcomes.step();
  try {
    publish(run_image(parts_.plan, run_, table), setting_.folder / "preview.h5", Existing::replace);
    trouble_.clear();
  } catch (const FileError& error) {
    trouble_ = error.what();
  }
  const double cost = seconds_() - begin;
  next_preview_ = seconds_() + std::max(setting_.every_seconds, 100.0 * cost);
}

}  // namespace flywheel
