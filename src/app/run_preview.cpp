#include "app/run_preview.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/run_log.hpp"
#include "results/file_error.hpp"
#include "results/publish.hpp"
#include "study/run_image.hpp"

namespace flywheel {

RunPreview::RunPreview(PreviewSetting setting, const Plan& plan, RunDescription run,
                       const OutcomeTable& table, std::function<double()> seconds)
    : setting_{std::move(setting)},
      plan_{plan},
      run_{std::move(run)},
      table_{table},
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
  const nlohmann::ordered_json page{{"state", state},
                                    {"replications", table_.rows()},
                                    {"failed", table_.failed_rows()},
                                    {"wanted", setting_.count},
                                    {"process", ::getpid()},
                                    {"threads", setting_.threads},
                                    {"started", setting_.started},
                                    {"updated", utc_now()},
                                    {"seconds", seconds_()}};
  const std::string text = page.dump(2) + '\n';
  try {
    publish(std::as_bytes(std::span{text}), setting_.folder / "status.json", Existing::replace);
    trouble_.clear();
  } catch (const FileError& error) {
    trouble_ = error.what();
  }
}

void RunPreview::write_preview() {
  if (table_.rows() == table_.failed_rows()) return;
  const double begin = seconds_();
  try {
    publish(run_image(plan_, run_, table_), setting_.folder / "preview.h5", Existing::replace);
    trouble_.clear();
  } catch (const FileError& error) {
    trouble_ = error.what();
  }
  const double cost = seconds_() - begin;
  next_preview_ = seconds_() + std::max(setting_.every_seconds, 50.0 * cost);
}

}  // namespace flywheel
